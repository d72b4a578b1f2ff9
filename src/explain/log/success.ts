import { anyOccurs, sameSpelling, wordingsOf } from '../wording.ts'
import type { KnownLine } from './line-kinds.ts'
import { ANSWERED_WORDS, DOING_NOTHING, ENDED_WELL, LOOKING_ONLY, NOTHING_TO_DO, WORK_DONE } from './success-words.ts'

const WORK = wordingsOf([{ patterns: WORK_DONE }])
const NOTHING = wordingsOf([{ patterns: NOTHING_TO_DO }])
const SUCCESS = wordingsOf([{ patterns: [...WORK_DONE, ...NOTHING_TO_DO, ...ENDED_WELL] }])
const ANSWERED = wordingsOf([{ patterns: ANSWERED_WORDS }])

/** The line in which a tool says that it had nothing to do; undefined where it did any work. */
export function nothingToDo(lines: readonly KnownLine[]): string | undefined {
  return lines.some((line) => says(WORK, line)) ? undefined : lines.findLast((line) => says(NOTHING, line))?.text
}

/** The last line that says anything; psql says only what statement it was. */
export function lastWord(lines: readonly KnownLine[]): string | undefined {
  return (lines.findLast(({ kind }) => kind === 'message') ?? lines.findLast(({ kind }) => kind !== 'noise'))?.text
}

export function saysSuccess(line: KnownLine): boolean {
  return says(SUCCESS, line)
}

export function saysThatServerAnswers(line: KnownLine): boolean {
  return says(ANSWERED, line)
}

function says(wordings: ReturnType<typeof wordingsOf>, { text }: KnownLine): boolean {
  return anyOccurs(wordings, sameSpelling(text.trim()))
}

/** Does each program that does anything only show a plan or the state? */
export function looksOnly(programs: readonly (readonly string[])[]): boolean {
  const acting = programs.filter(([program = '']) => !DOING_NOTHING.has(program.split('/').at(-1) ?? ''))
  return acting.length > 0 && acting.every((words) => words.some((word) => LOOKING_ONLY.has(word.toLowerCase())))
}
