// npm run check-docs [-- --extract folder]
//
// Checks what README.md, docs/ and the example workflows tell people to copy: YAML parses, JSON parses, inputs of the
// action and of the reusable workflow exist and the required ones are there, links lead somewhere, files that are named
// exist, and generated parts are what their commands make. With --extract it writes each snippet as a file, workflows made
// whole where only a part is shown, for actionlint and shellcheck.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse, stringify } from 'yaml'
import { anchorOf, staleIn } from './generated.ts'
import { readmePages } from './readme.ts'
import { settledPages } from './settled.ts'
import { troubleshootingPages } from './troubleshooting.ts'

/** A fenced block of a Markdown page. */
interface Snippet {
  readonly file: string
  /** Of its first line of text, from 1. */
  readonly line: number
  readonly language: string
  readonly text: string
}

interface Input {
  readonly required?: boolean
  readonly default?: unknown
}

export interface Published {
  /** Inputs of action.yml. */
  readonly action: Readonly<Record<string, Input>>
  /** Inputs of .github/workflows/migrate.yml. */
  readonly workflow: Readonly<Record<string, Input>>
}

const ACTION = /^(?:org\/run-ecs-migration@.+|\.\/)$/
const WORKFLOW = /(?:^org\/run-ecs-migration|^\.)\/\.github\/workflows\/migrate\.yml(?:@.+)?$/

/** A job that others can need, with the outputs that snippets speak of. */
const NEIGHBOUR = {
  'runs-on': 'ubuntu-latest',
  outputs: { tag: 'x', digest: 'x', outcome: 'x' },
  steps: [{ run: 'true' }],
}

const MIGRATE_STEP = { id: 'migrate', uses: 'org/run-ecs-migration@v1' }

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = main(process.argv.slice(2))

function main([option, folder]: readonly string[]): number {
  const problems = allProblems()
  for (const problem of problems) console.error(problem)
  if (option === '--extract' && folder !== undefined) extract(folder)
  return problems.length === 0 ? 0 : 1
}

/** All problems of this repository, a line each. */
export function allProblems(): readonly string[] {
  const published = readPublished()
  const names = new Set(sources().map((file) => basename(file)))
  return [
    ...pages().flatMap((file) => {
      const page = readFileSync(file, 'utf8')
      return [
        ...brokenLinks(file, page),
        ...brokenPaths(file, page, names),
        ...snippetsIn(file, page).flatMap((snippet) => problemsOfSnippet(snippet, published)),
      ]
    }),
    ...sources().flatMap((file) => brokenReferences(file, readFileSync(file, 'utf8'))),
    ...workflows().flatMap((file) =>
      problemsOfUse(parse(readFileSync(file, 'utf8')), published).map((problem) => `${file}: ${problem}`),
    ),
    ...staleIn('readme', readmePages()),
    ...staleIn('troubleshooting', troubleshootingPages()),
    ...staleIn('settled', settledPages()),
  ]
}

export function readPublished(): Published {
  return {
    action: inputsIn('action.yml', ['inputs']),
    workflow: inputsIn('.github/workflows/migrate.yml', ['on', 'workflow_call', 'inputs']),
  }
}

function inputsIn(file: string, path: readonly string[]): Published['action'] {
  return path.reduce(
    (node: unknown, key) => (isNode(node) ? node[key] : undefined),
    parse(readFileSync(file, 'utf8')),
  ) as Published['action']
}

type Node = Readonly<Record<string, unknown>>

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function pages(): readonly string[] {
  return ['.', 'docs', 'scripts/infra'].flatMap((folder) => filesIn(folder, '.md'))
}

function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => (folder === '.' ? name : `${folder}/${name}`))
}

/** Relative links of a page that lead to no file, or to no heading of it. */
export function brokenLinks(file: string, page: string): readonly string[] {
  return [...page.replace(/```[\s\S]*?```/g, '').matchAll(/(?:\]\(|\bsrc(?:set)?=")([^)"\s]+)[)"]/g)].flatMap(
    ([, link = '']) => {
      if (/^[a-z]+:/.test(link)) return []
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? file : normalize(join(dirname(file), path))
      if (!existsSync(target)) return [`${file}: the link to ${link} leads nowhere`]
      if (anchor === undefined || !target.endsWith('.md')) return []
      const known = anchorsIn(readFileSync(target, 'utf8'))
      return known.includes(anchor) ? [] : [`${file}: ${target} has no heading #${anchor}`]
    },
  )
}

/** Files of this repository that a page names as code and that are not there; a bare `name.ts` may be anywhere. */
export function brokenPaths(file: string, page: string, names: ReadonlySet<string>): readonly string[] {
  return [...page.matchAll(/`((?:src|local|scripts|infra|examples|__tests__)\/[\w./-]+|[\w-]+\.ts)`/g)].flatMap(
    ([, path = '']) => (existsSync(path) || names.has(path) ? [] : [`${file}: there is no ${path}`]),
  )
}

/** References to a page in the comments of source files that lead nowhere. */
export function brokenReferences(file: string, source: string): readonly string[] {
  return [...source.matchAll(/\b(docs\/[\w-]+\.md)(?:#([\w-]+))?/g)].flatMap(([reference, page = '', anchor]) => {
    if (!existsSync(page)) return [`${file}: ${reference} leads nowhere`]
    const leads = anchor === undefined || anchorsIn(readFileSync(page, 'utf8')).includes(anchor)
    return leads ? [] : [`${file}: ${page} has no heading #${anchor}`]
  })
}

function sources(): readonly string[] {
  return ['src', 'local', 'scripts', 'acceptance'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
      .map((name) => `${folder}/${name}`),
  )
}

function anchorsIn(page: string): readonly string[] {
  return [...page.replace(/```[\s\S]*?```/g, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))
}

/** Fenced blocks, also those indented in a list. */
export function snippetsIn(file: string, page: string): readonly Snippet[] {
  const snippets: Snippet[] = []
  let open: { readonly indent: string; readonly language: string; readonly line: number } | undefined
  let lines: string[] = []
  for (const [index, line] of page.split('\n').entries()) {
    const [, indent = '', language = ''] = /^( *)```(\S*)/.exec(line) ?? []
    if (open === undefined && line.trimStart().startsWith('```')) {
      open = { indent, language, line: index + 2 }
      lines = []
    } else if (open !== undefined && line.trim() === '```') {
      snippets.push({ file, line: open.line, language: open.language, text: `${lines.join('\n')}\n` })
      open = undefined
    } else if (open !== undefined) lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line)
  }
  return snippets
}

/** What is wrong with one snippet, each with file and line. */
export function problemsOfSnippet({ file, line, language, text }: Snippet, published: Published): readonly string[] {
  const at = (problem: string): string => `${file}:${line}: ${problem}`
  try {
    if (language === 'json') JSON.parse(text)
    if (language === 'yaml' || language === 'yml') return problemsOfUse(parse(text), published).map(at)
    return []
  } catch (error) {
    return [at(`the ${language} does not parse: ${error instanceof Error ? error.message : error}`)]
  }
}

/** Inputs that do not exist and required ones that are missing, at each use of the action or the reusable workflow. */
export function problemsOfUse(document: unknown, published: Published): readonly string[] {
  return nodesIn(document).flatMap((node) => {
    const inputs = inputsOf(node.uses, published)
    if (inputs === undefined) return []
    const given = isNode(node.with) ? Object.keys(node.with) : []
    const required = Object.keys(inputs).filter((name) => inputs[name]?.required === true)
    return [
      ...given.filter((name) => !(name in inputs)).map((name) => `${node.uses} has no input ${name}`),
      ...required.filter((name) => !given.includes(name)).map((name) => `${node.uses} needs the input ${name}`),
    ]
  })
}

/** Every mapping in a parsed document, the outermost first. */
function nodesIn(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn)
  return isNode(value) ? [value, ...Object.values(value).flatMap(nodesIn)] : []
}

function inputsOf(uses: unknown, published: Published): Published['action'] | undefined {
  if (ACTION.test(String(uses))) return published.action
  return WORKFLOW.test(String(uses)) ? published.workflow : undefined
}

export function workflows(): readonly string[] {
  return ['.github/workflows', 'examples/workflows'].flatMap((folder) => filesIn(folder, '.yml'))
}

/** Writes each workflow named after page and line, and the commands of each page, which share a shell, as one script. */
function extract(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const page of pages()) {
    const name = join(folder, page.replaceAll(/[/\\]/g, '-'))
    const snippets = snippetsIn(page, readFileSync(page, 'utf8'))
    const commands = snippets.filter(({ language }) => language === 'sh').map(({ text }) => text)
    if (commands.length > 0) writeFileSync(`${name}.sh`, commands.join('\n'))
    for (const { language, line, text } of snippets) {
      const workflow = language === 'yaml' ? wholeWorkflow(text) : undefined
      if (workflow !== undefined) writeFileSync(`${name}-${line}.yml`, workflow)
    }
  }
}

/**
 * A snippet of steps or of jobs made into a workflow that a linter accepts, by putting around it what it leaves out.
 * @returns undefined for YAML that is no part of a workflow
 */
export function wholeWorkflow(text: string): string | undefined {
  const part: unknown = parse(text)
  if (isNode(part) && 'on' in part && 'jobs' in part) return text
  const start = {
    on: { workflow_dispatch: { inputs: { database: { type: 'string' }, 'skip-tests': { type: 'boolean' } } } },
  }
  const neighbours = { test: NEIGHBOUR, build: NEIGHBOUR, migrate: NEIGHBOUR }
  if (Array.isArray(part)) {
    const steps = part.some((step) => isNode(step) && step.id === 'migrate') ? part : [MIGRATE_STEP, ...part]
    const job = { needs: Object.keys(neighbours), 'runs-on': 'ubuntu-latest', steps }
    return stringify({ ...start, jobs: { ...neighbours, snippet: job } })
  }
  const isJobs = isNode(part) && Object.values(part).every((job) => isNode(job) && ('steps' in job || 'uses' in job))
  return isJobs ? stringify({ ...start, jobs: { ...neighbours, ...part } }) : undefined
}
