import fc from 'fast-check'
import { WORKFLOW_COMMANDS } from '../../local/runner/commands.ts'

const command = fc.constantFrom(...WORKFLOW_COMMANDS, 'SET-OUTPUT', 'Stop-Commands', 'pause-logging')
const opener = fc.constantFrom('::', '::', '##[', '##[', '#', '[', ':', ':\u200b:', '##\u200b[', '#\u200d#[', ':\0:')
/** What the runner takes for white space, and what it passes over when it compares text. */
const invisible = fc.constantFrom(
  ...' \t\u00a0\u1680\u2003\u202f\u205f\u3000\ufeff\u200b\u200c\u200d\u2060\u00ad\u034f\ufe0f\u180e\0\u001b\u007f\u0085',
)
const lineEnd = fc.constantFrom('\n', '\r', '\r\n', '\n\r', '\v', '\f', '\u2028', '\u2029')
const properties = fc.constantFrom('', ' name=a', ' name=a,b=c', ' title=x::y', ' ;=', ']', '::')
const nothing = fc.constant('')
const few = fc
  .array(fc.oneof(invisible, fc.constantFrom(...' \t\u00a0\u3000\ufeff')), { maxLength: 3 })
  .map((parts) => parts.join(''))
const whole = fc
  .tuple(
    fc.oneof(nothing, few),
    opener,
    fc.oneof({ arbitrary: nothing, weight: 4 }, { arbitrary: invisible, weight: 1 }),
    command,
    properties,
    fc.constantFrom('::', ']', ''),
    fc.string(),
  )
  .map((parts) => parts.join(''))
const long = fc.tuple(fc.nat(9_000), whole).map(([length, tail]) => 'x'.repeat(length) + tail)

/** Text that would like to be obeyed. */
export const hostileText = fc
  .array(fc.oneof(whole, long, command, opener, invisible, lineEnd, properties, fc.string({ unit: 'binary' })), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''))
