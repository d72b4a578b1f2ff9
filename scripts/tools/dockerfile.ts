import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import type { Image } from '../../local/aws/index.ts'

interface Instruction {
  readonly name: string
  readonly rest: string
}

/** What needs root, and a machine of its own: here it is left out. */
const NEEDS_A_MACHINE = /^useradd /

/**
 * Builds a stage of a Python project's Dockerfile without Docker: COPY puts only what the stage names, and what
 * .dockerignore lets in, into a folder; RUN runs there, with a virtual environment in place of the image's Python.
 *
 * @param out folder of the stage; what it holds already is used again, except for the copies
 * @throws where a command fails
 */
export function buildPythonStage(project: string, stage: string, out: string): Image {
  const instructions = chainOf(readFileSync(join(project, 'Dockerfile'), 'utf8'), stage)
  const folder = join(out, 'app')
  const venv = join(out, 'venv')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  if (!existsSync(venv)) run('python3', ['-m', 'venv', venv], out, process.env)
  const environment: Record<string, string> = {
    PATH: [join(venv, 'bin'), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
  }
  let command: readonly string[] = []
  for (const { name, rest } of instructions) {
    if (name === 'ENV') Object.assign(environment, Object.fromEntries(rest.split(/\s+/).map((pair) => pair.split('='))))
    if (name === 'COPY') copy(project, folder, rest.split(/\s+/))
    if (name === 'RUN' && !NEEDS_A_MACHINE.test(rest))
      run('sh', ['-ec', rest], folder, { ...process.env, ...environment, PIP_QUIET: '1' })
    if (name === 'CMD') command = JSON.parse(rest) as readonly string[]
  }
  return { folder, command, environment }
}

/** The instructions of a stage and of those that it is made from, in order. */
function chainOf(dockerfile: string, stage: string): readonly Instruction[] {
  const text = dockerfile.replace(/^#.*\n/gm, '').replace(/\\\n\s*/g, '')
  const stages = text.split(/^(?=FROM )/m).flatMap((part) => {
    const [, from = '', name = ''] = /^FROM (\S+) AS (\S+)/.exec(part) ?? []
    const lines = part.split('\n').slice(1)
    const found = lines.flatMap((line) => {
      const [, word = '', rest = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? []
      return word === '' ? [] : [{ name: word, rest }]
    })
    return name === '' ? [] : [{ from, name, found }]
  })
  const chain = (name: string): readonly Instruction[] => {
    const own = stages.find((one) => one.name === name)
    return own === undefined ? [] : [...chain(own.from), ...own.found]
  }
  const instructions = chain(stage)
  if (instructions.length === 0) throw new Error(`The Dockerfile has no stage ${stage}`)
  return instructions
}

function copy(project: string, folder: string, words: readonly string[]): void {
  const target = join(folder, words.at(-1) ?? '')
  for (const source of words.slice(0, -1)) {
    const sources = source === '.' ? readdirSync(project) : [source]
    for (const name of sources.filter((one) => isLetIn(project, one))) {
      const to = source !== '.' && !words.at(-1)?.endsWith('/') ? target : join(target, name)
      mkdirSync(dirname(to), { recursive: true })
      cpSync(join(project, name), to, { recursive: true, filter: (path) => !path.includes('__pycache__') })
    }
  }
}

/** `.dockerignore` refuses all, and lets in what it names. */
function isLetIn(project: string, name: string): boolean {
  const let_in = readFileSync(join(project, '.dockerignore'), 'utf8').match(/(?<=^!).*$/gm) ?? []
  return let_in.some((pattern) => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(name))
}

function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): void {
  const { status, error } = spawnSync(command, args, { cwd, env, stdio: ['ignore', 2, 2] })
  if (error || status !== 0) throw new Error(`${command} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}`)
}
