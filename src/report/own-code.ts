/**
 * What our own sentences have between backticks. It is known by its words: whatever else stands between backticks may be
 * a part of a secret, which GitHub hides only as long as it is whole.
 */
import { API_ERRORS, ERROR_KINDS } from '../explain/api-errors.ts'
import { EXIT_CODES } from '../explain/exit-codes.ts'
import { QUIET_FAILURES } from '../explain/log/quiet-table.ts'
import { SIGNATURES } from '../explain/log/table.ts'
import { HOW_TO_END } from '../explain/next-steps.ts'
import { STOP_REASONS } from '../explain/stop-reasons.ts'
import { escapedForRegExp } from '../text.ts'

const tables = [
  ...SIGNATURES,
  ...QUIET_FAILURES,
  ...STOP_REASONS,
  ...EXIT_CODES,
  ...API_ERRORS,
  ...Object.values(ERROR_KINDS),
]
const sentences = [HOW_TO_END, ...tables.map(({ cause, remedy }) => `${cause} ${remedy}`)]
const texts = sentences.flatMap((text) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code))

/** Commands with names in them: their first and last words are ours, and what stands between is not touched. */
const commands = [
  /aws ecs [^`]* (?:RUNNING|arn:aws[\w-]*:ecs:[\w-]+:\d{12}:task\/[\w/-]+)/,
  /SELECT [^`]*pg_backend_pid\(\);/,
  /\{"Effect":"Allow","Action":"[\w:-]+","Resource":"[^\s"`]+"(?:,"Condition":\{[^\s`]+\})?\}/,
  /set -\w+(?: pipefail)?/,
  /\|\| true/,
  /\*/,
]

const all = [...new Set(texts.map(escapedForRegExp)), ...commands.map(({ source }) => source)]

/** Finds each; its only group is without the backticks. What is torn off, punctuation too, stands beside our words alone. */
export const OWN_CODE = new RegExp(`(?<=(?:^|\\s)\\(?)\`(${all.join('|')})\`(?=[.,:;)]*(?!\\S))`)
