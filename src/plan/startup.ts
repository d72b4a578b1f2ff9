/** What the container will start: entry point and command joined as Docker joins them, and judged as they are joined. */
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { giveCommand } from '../example-command.ts'
import type { Inputs } from '../inputs.ts'
import { type Doubt, Refusal, type Startup } from '../model.ts'
import {
  argumentsRead,
  asShellText,
  isShell,
  programName,
  readShellCall,
  readShellText,
  type ShellCall,
} from '../shell.ts'
import { shownWords } from '../shown-words.ts'
import { innermost, innermostInScript, isAssignment, isBareInterpreter, isServer } from './programs.ts'

type Given = Pick<Inputs, 'command' | 'entrypoint'>
type Words = readonly string[]
type Joined = Pick<Startup, 'entryPoint' | 'command'>

/** @param container of the definition, unchanged */
export function startupOf(container: ContainerDefinition, given: Given): Startup {
  const own = notEmpty(container.command)
  const entryPoint = given.entrypoint ?? notEmpty(container.entryPoint)
  const dropped = given.entrypoint !== undefined && given.command === undefined ? own : undefined
  const command = given.command ?? (dropped === undefined ? own : undefined) ?? (entryPoint && [])
  const words = { ...(entryPoint && { entryPoint }), ...(command && { command }) }
  const programs = programsOf(joined(words))
  const [only] = programs
  const unsplit = programs.map(([program = '']) => program).find((program) => /\s/.test(program.trim()))
  return {
    ...words,
    programs,
    isBare: programs.length === 1 && only !== undefined && isBare(only),
    ...(dropped && { dropped }),
    ...(unsplit !== undefined && { unsplit }),
    ...(container.workingDirectory && { workingDirectory: container.workingDirectory }),
    ...(container.user && { user: container.user }),
  }
}

function notEmpty(words: Words | undefined): Words | undefined {
  return words?.length ? words : undefined
}

/** As Docker joins them; an entry point of one empty word counts as no entry point. */
function joined({ entryPoint = [], command = [] }: Joined): Words {
  return entryPoint.length === 1 && entryPoint[0] === '' ? command : [...entryPoint, ...command]
}

/**
 * @returns doubts about what runs
 * @throws Refusal when they cannot do what they say
 */
export function judgeStartup(startup: Startup, given: Given): readonly Doubt[] {
  const words = joined(startup)
  requireEveryWordRead(startup, words)
  requireAProgram(startup, words)
  const isGiven = given.command !== undefined || given.entrypoint !== undefined
  return isGiven ? [] : serverDoubt(words)
}

/** Programs that only start another one, such as tini and `sh -c 'exec "$@"'`, with none to start. */
function requireAProgram({ entryPoint, command }: Startup, words: Words): void {
  const last = programsOf(words).at(-1) ?? []
  const isImages = words.length === 0 && entryPoint === undefined
  // By itself it prints the variables, as people want it to.
  const isEnv = command?.length !== 0 && programName(words.at(-1) ?? '') === 'env'
  if (last.length > 0 || isImages || isEnv || mayMakeUpArguments(words)) return
  const why = command?.length === 0 ? ": an entry point that is set makes Docker drop the image's own command" : ''
  throw new Refusal({
    code: 'nothing-to-run',
    reason: `${shownWords(words)} starts the program that its arguments name, and they name none${why}.`,
    remedy: giveCommand(words.join(' ')),
  })
}

/** `[ $# -gt 0 ] || set -- php artisan migrate; exec "$@"` */
function mayMakeUpArguments(words: Words): boolean {
  return words.some((word) => /\$#|\$\{[1-9@*#]|\bset\s/.test(word))
}

function requireNoAssignment([first = '']: Words): void {
  if (!isAssignment(first)) return
  const name = first.slice(0, first.indexOf('='))
  throw new Refusal({
    code: 'assignment-as-program',
    reason: `The container would look for a program whose name begins with "${name}=": only a shell takes that for a variable, and ECS starts the words without one.`,
    remedy: `Set ${name} in the input environment-variables, and begin with the program. For a value that a variable of the container completes, a shell: ["sh","-ec","${name}=… exec program"]`,
  })
}

/** `sh -c` with words that its script does not read: they would do nothing, and the exit code would be that of the script. */
function requireEveryWordRead(startup: Joined, words: Words, depth = 0): void {
  const inner = innermost(words)
  requireNoAssignment(inner)
  const call = readShellCall(inner)
  if (call?.hasC !== true || depth > DEEPEST) return
  if (call.script === undefined) throw withoutScript(inner)
  const dropped = droppedWord(call.script, call.rest, startup)
  if (dropped !== undefined) throw unread(startup, words, call, dropped)
  for (const command of commandsOf(call.script, call.rest)) requireEveryWordRead({ command }, command, depth + 1)
}

/** `exec "$@"`: its arguments are the program. */
function passesOn(script: string): boolean {
  return simpleCommands(script).some((words) => {
    const [only = '', ...more] = innermostInScript(words)
    return isAllArguments(only) && more.length === 0
  })
}

/** Words that people put where a shell expects the name of the script; `sh -c` there is a program with its option. */
function isPlaceholder(word: string, next: string | undefined): boolean {
  return /^[-_]{0,2}$/.test(word) || (isShell(word) && !next?.startsWith('-'))
}

/** @returns the first word that the script does not read */
function droppedWord(
  script: string,
  [zeroth, ...others]: Words,
  { entryPoint = [], command = [] }: Joined,
): string | undefined {
  if (zeroth === undefined) return undefined
  const reads = argumentsRead(script)
  const [first] = others
  if (first !== undefined && !reads.others) return reads.zero || isPlaceholder(zeroth, first) ? first : zeroth
  if (reads.zero || isPlaceholder(zeroth, first)) return undefined
  // Beside its script, a first word can be meant as the script's name; what another list begins with cannot.
  const isFirstOfCommand = entryPoint.length > 0 && command.length === others.length + 1
  const isAlone = first === undefined && (!reads.others || passesOn(script))
  return isFirstOfCommand || isAlone ? zeroth : undefined
}

function withoutScript(words: Words): Refusal {
  return new Refusal({
    code: 'shell-without-script',
    reason: `${shownWords(words)} is a shell with -c and without a script: it would end with an error at once.`,
    remedy: 'Give the script as one word of the input command, such as ["alembic upgrade head && ./seed"].',
  })
}

function unread(startup: Joined, words: Words, { script = '', rest }: ShellCall, dropped: string): Refusal {
  return new Refusal({
    code: 'shell-ignores-words',
    reason: `The container would run ${shownWords(words)}, of which the shell takes ${shownWords([script])} alone for its script. The script does not read ${shownWords([dropped])}${rest.length > 1 ? ' and what follows it' : ''}, which would do nothing.`,
    remedy: oneWordForm(startup, words, script, rest),
  })
}

/** How to say what was most likely meant. */
function oneWordForm({ command = [] }: Joined, words: Words, script: string, rest: Words): string {
  const before = words.slice(0, words.length - rest.length - 1)
  const oneWord = asShellText([script, ...rest])
  if (command.length === 0)
    return `Give the script as one word, by the input entrypoint: ${shownWords([...before, oneWord])}`
  if (command.length <= rest.length)
    return `Let the script pass its arguments on, by the input entrypoint: ${shownWords([...before, passingOn(script), '--'])}`
  const head = command.slice(0, command.length - rest.length - 1)
  return `Give the script as one word, by the input command: ${shownWords([...head, oneWord])}`
}

function passingOn(script: string): string {
  return argumentsRead(script).others ? script : `${script.replace(/[\s;]+$/, '')} && exec "$@"`
}

/** Servers end only when they are stopped. */
function serverDoubt(words: Words): readonly Doubt[] {
  const server = programsOf(words).find(isServer)
  if (server === undefined) return []
  return [
    {
      id: 'server',
      weight: 'refusal',
      code: 'server-as-migration',
      reason: `The task definition's own words run ${shownWords(server)}, a server or worker that does not end by itself, and neither command nor entrypoint is given.`,
      remedy: giveCommand(server.join(' ')),
    },
  ]
}

/** Scripts in scripts are followed that far. */
const DEEPEST = 8

/** The programs that words start in the end, in order; a script's each. An empty one is a program that nothing names. */
function programsOf(words: Words, depth = 0): readonly Words[] {
  if (words.length === 0 || depth > DEEPEST) return []
  const inner = innermost(words)
  const call = readShellCall(inner)
  if (call?.hasC !== true || call.script === undefined) return [inner]
  const { script, rest } = call
  return commandsOf(script, rest).flatMap((command) =>
    command.length > 0 ? programsOf(command, depth + 1) : [command],
  )
}

/**
 * The commands of a script as the shell runs them. Of what it replaces, its arguments alone are known.
 * @returns an empty one where arguments are to be the program, and there are none
 */
function commandsOf(script: string, args: Words): readonly Words[] {
  return simpleCommands(script).flatMap((words) => {
    const own = innermostInScript(words)
    return own.length > 0
      ? [
          evaluated(
            own.flatMap((word) => filledIn(word, args)),
            args,
          ),
        ]
      : []
  })
}

/** @param args from `$0` on */
function filledIn(word: string, args: Words): Words {
  if (word === '$0') return args.slice(0, 1)
  if (word === '$@') return args.slice(1)
  return word === '$*' ? args.slice(1).flatMap((arg) => arg.split(/\s+/)) : [word]
}

/** `eval` reads its words once more, as one text. */
function evaluated(words: Words, args: Words): Words {
  if (words[0] !== 'eval') return words
  const [command = []] = simpleCommands(words.slice(1).join(' '))
  return innermostInScript(command).flatMap((word) => filledIn(word, args))
}

function isAllArguments(word: string): boolean {
  return word === '$@' || word === '$*'
}

/** The commands of a script, without what joins them. Without quotes `$@` is as `$*`: its words are split at white space. */
function simpleCommands(script: string): readonly Words[] {
  const commands: string[][] = [[]]
  for (const token of readShellText(script)) {
    if (token.kind === 'word') commands.at(-1)?.push(token.splits && token.text === '$@' ? '$*' : token.text)
    else if (commands.at(-1)?.length !== 0) commands.push([])
  }
  return commands.filter((words) => words.length > 0)
}

function isBare(words: Words): boolean {
  const call = readShellCall(words)
  return call ? call.script === undefined && !call.hasC : isBareInterpreter(words)
}
