// npm run mutations [-- NAME …]
//
// Takes one guard at a time out of a copy of the source, builds that, and shows that a named test turns red. A guard
// whose removal nobody notices is not guarded.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '../local/repository.ts'

interface Mutation {
  readonly name: string
  /** What the source does because of the guard. */
  readonly guard: string
  readonly file: string
  readonly from: string | RegExp
  readonly to: string
  /** The test that must turn red, run against the copy's dist/. */
  readonly test: { readonly file: string; readonly title: string }
}

const mutations: readonly Mutation[] = [
  {
    name: 'stop-commands',
    guard: 'commands are switched off while a container speaks',
    file: 'src/github/command-switch.ts',
    from: /this\.write\(`::stop-commands::\$\{this\.token\}\\n`\)/,
    to: 'void 0',
    test: { file: '__tests__/scenarios/hostile.test.ts', title: 'commands are off while a container speaks' },
  },
  {
    name: 'neutral-text',
    guard: 'what looks like a command is broken',
    file: 'src/github/neutral-text.ts',
    from: /^function neutral\(line: string\): string \{\n {2}return line\n[\s\S]*?^}/m,
    to: 'function neutral(line: string): string {\n  return line\n}',
    test: { file: '__tests__/scenarios/hostile.test.ts', title: 'a hostile stop reason' },
  },
  {
    name: 'token-chain',
    guard: 'the client token is made of the newest known task',
    file: 'src/migration/chain.ts',
    from: /after\?\.taskArn \?\? 'none', refused, \.\.\.own/,
    to: "after?.taskArn ?? 'none', refused, Math.random()",
    test: { file: '__tests__/scenarios/launching.test.ts', title: 'two launchers at the same instant' },
  },
  {
    name: 'allow-mark',
    guard: 'a task that was allowed to run beside others is never a link of the chain',
    file: 'src/plan/plan.ts',
    from: "inputs.ifRunning === 'allow' ? marks.allowed : marks.chained",
    to: 'marks.chained',
    test: { file: '__tests__/faults/chain.test.ts', title: 'that has ended lets one of two at once begin' },
  },
  {
    name: 'echo-check',
    guard: 'what ECS answers must name the database that was asked for',
    file: 'src/migration/database-proof.ts',
    from: "if (expected.variable === '') return undefined",
    to: 'if (expected.variable.length >= 0) return undefined',
    test: { file: '__tests__/scenarios/databases.test.ts', title: 'ECS starts a task for another database' },
  },
  {
    name: 'drain',
    guard: 'the log is read on after the exit',
    file: 'src/migration/tail.ts',
    from: /success: 5_000, failure: 12_000/,
    to: 'success: 0, failure: 0',
    test: { file: '__tests__/scenarios/observing.test.ts', title: 'lines that arrive long after the exit' },
  },
  {
    name: 'save-before-launch',
    guard: 'what must be known to clean up is saved before RunTask',
    file: 'src/migration/launch.ts',
    from: /^ {2}runState\.launching\(database\)\n/m,
    to: '',
    test: { file: '__tests__/scenarios/cancelling.test.ts', title: 'killed after the answer of RunTask was lost' },
  },
  {
    name: 'both-listings',
    guard: 'tasks that are being stopped are looked for as well',
    file: 'src/migration/task-history.ts',
    from: /this\.tasks\.list\(this\.cluster, this\.family, 'STOPPED', signal\)/,
    to: "this.tasks.list(this.cluster, this.family, 'RUNNING', signal)",
    test: { file: '__tests__/scenarios/launching.test.ts', title: 'a predecessor that is being stopped still runs' },
  },
  {
    name: 'answer-shape',
    guard: 'only what has the shape of its operation is an answer',
    file: 'src/aws/answers.ts',
    from: 'return isObject(output) && shape(',
    to: 'return true || shape(',
    test: { file: '__tests__/scenarios/answers.test.ts', title: 'RunTask is never answered as RunTask' },
  },
  {
    name: 'register-search',
    guard: 'a revision whose answer was lost is looked for before another is registered',
    file: 'src/migration/register.ts',
    from: 'if (isOwn(described, owned)) return',
    to: 'if (described === undefined) return',
    test: {
      file: '__tests__/scenarios/answers.test.ts',
      title: 'RegisterTaskDefinition is never answered as RegisterTaskDefinition',
    },
  },
  {
    name: 'token-masked-by-us',
    guard: 'the OIDC token is hidden with commands switched on',
    file: 'src/github/step-log.ts',
    from: /private command\(([\s\S]*?)this\.commands\.on\(\)\n/,
    to: 'private command($1',
    test: { file: '__tests__/scenarios/access.test.ts', title: 'a role that is assumed, and renewed' },
  },
  {
    name: 'mask-unescaped',
    guard: 'text in the summary stands as GitHub knows it, so that it finds a secret there',
    file: 'src/report/markdown.ts',
    from: /return \/\[&<>\]\/\.test\(line\).*\n/,
    to: "return (part) => line && part.replace(/[&<>_.:-]/g, (mark) => '&#' + mark.charCodeAt(0) + ';')\\n",
    test: { file: '__tests__/scenarios/hostile.test.ts', title: 'secrets that GitHub knows' },
  },
  {
    name: 'mask-untorn',
    guard: 'lines are broken and texts are cut at white space alone',
    file: 'src/text.ts',
    from: /^(function breakAfter\(.*\n)/m,
    to: '$1  if (text.length > most) return start + most\n',
    test: { file: '__tests__/scenarios/hostile.test.ts', title: 'secrets that GitHub knows' },
  },
  {
    name: 'starred-reports',
    guard: 'passwords and known values are starred on the way into outputs and summary',
    file: 'src/step/publish.ts',
    from: 'redact(plain(text))',
    to: 'plain(text) || redact(text)',
    test: { file: '__tests__/scenarios/hostile.test.ts', title: 'a value that AWS quotes' },
  },
]

const root = repositoryRoot()

/** A copy in which `npm run build` works; packages are shared. */
function copySource(): string {
  const copy = mkdtempSync(join(tmpdir(), 'mutation-'))
  for (const part of ['src', 'scripts', 'package.json', 'tsconfig.json', 'action.yml'])
    cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  // What only the guard used is left over without it.
  const config = join(copy, 'tsconfig.json')
  const strict = readFileSync(config, 'utf8')
  writeFileSync(config, strict.replace(/"noUnused(Locals|Parameters)": true/g, '"noUnused$1": false'))
  return copy
}

/** @returns whether the test passes against the copy's dist/ */
function passes(copy: string, { file, title }: Mutation['test']): boolean {
  const jest = join(root, 'node_modules/jest/bin/jest.js')
  const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest, file, '-t', title]
  const { status, stderr } = spawnSync(process.execPath, options, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ACTION_ROOT: copy },
  })
  if (!/Tests:.*[1-9]\d* (passed|failed)/.test(stderr))
    throw new Error(`No test was run: ${file} -t '${title}'\n${stderr}`)
  return status === 0
}

function build(copy: string): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: copy, encoding: 'utf8' })
  if (status !== 0) throw new Error(`The copy does not build:\n${stdout}${stderr}`)
}

/** @throws when the guard is no longer where it was: then this script must follow */
function removeGuard(copy: string, { name, file, from, to }: Mutation): void {
  const path = join(copy, file)
  const text = readFileSync(path, 'utf8')
  const without = text.replace(from, to)
  if (without === text)
    throw new Error(`The guard ${name} was not found in ${file}: scripts/mutations.ts must follow it`)
  writeFileSync(path, without)
}

/** @returns whether the test is green with the guard and red without it */
function tryMutation(mutation: Mutation): boolean {
  const { name, guard, test } = mutation
  const copy = copySource()
  try {
    build(copy)
    const green = passes(copy, test)
    removeGuard(copy, mutation)
    build(copy)
    const red = !passes(copy, test)
    const verdict = green && red ? 'ok  ' : 'FAIL'
    console.log(`${verdict}  ${name}: ${guard}`)
    console.log(
      `      "${test.title}" is ${green ? 'green' : 'RED'} with it and ${red ? 'red' : 'STILL GREEN'} without`,
    )
    return green && red
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

const wanted = process.argv.slice(2)
const chosen = mutations.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
const results = chosen.map(tryMutation)
console.log(`${results.filter(Boolean).length} of ${results.length} guards are guarded`)
process.exitCode = results.length > 0 && results.every(Boolean) ? 0 : 1
