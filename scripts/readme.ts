/**
 * `npm run readme`: writes the tables of inputs and outputs in README.md from action.yml; with --check it only compares.
 */
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'
import { type Pages, withSection, writePages } from './generated.ts'

interface Field {
  readonly description: string
  readonly default?: string
  readonly required?: boolean
}

interface Metadata {
  readonly inputs: Readonly<Record<string, Field>>
  readonly outputs: Readonly<Record<string, Field>>
}

const README = 'README.md'

const USUAL_INPUTS = [
  'image-uri',
  'database-name',
  'task-definition',
  'cluster',
  'subnets',
  'security-groups',
  'aws-region',
  'role-to-assume',
]

/** By what people come for. */
const MORE_INPUTS: Readonly<Record<string, readonly string[]>> = {
  'What runs': ['command', 'entrypoint', 'container-name', 'sidecars'],
  'What it is given': ['database-variable', 'environment-variables', 'secrets', 'cpu', 'memory', 'log-group', 'tags'],
  'The network of a service': ['network-from-service', 'assign-public-ip'],
  'Limits and order': [
    'task-timeout-minutes',
    'on-timeout',
    'on-cancel',
    'if-running',
    'max-parallel',
    'canary',
    'fail-fast',
  ],
  'Checks and log': ['dry-run', 'preflight', 'accept', 'stream-logs'],
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = writePages('readme', readmePages())

/** @throws Error when an input is in no group */
export function readmePages(): Pages {
  const { inputs, outputs } = parse(readFileSync('action.yml', 'utf8')) as Metadata
  const current = readFileSync(README, 'utf8')
  const withInputs = withSection(current, 'inputs', 'readme', inputsTables(inputs))
  return { [README]: withSection(withInputs, 'outputs', 'readme', outputsTable(outputs)) }
}

function cell(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|')
}

/** First what everybody gives, as in the quick start; then the rest, folded. @throws Error when an input is in no group */
function inputsTables(inputs: Metadata['inputs']): string {
  const grouped = [USUAL_INPUTS, ...Object.values(MORE_INPUTS)].flat()
  const lost = Object.keys(inputs).filter((name) => !grouped.includes(name))
  if (lost.length > 0) throw new Error(`${lost.join(', ')}: in no group of scripts/readme.ts`)
  const folded = Object.entries(MORE_INPUTS).map(
    ([title, names]) =>
      `<details>\n<summary>${title}: ${names.map((name) => `<code>${name}</code>`).join(', ')}</summary>\n\n${inputsTable(inputs, names)}\n\n</details>`,
  )
  return [inputsTable(inputs, USUAL_INPUTS), ...folded].join('\n\n')
}

function inputsTable(inputs: Metadata['inputs'], names: readonly string[]): string {
  const rows = names.map((name) => {
    const field = inputs[name]
    if (field === undefined) throw new Error(`action.yml has no input ${name}, which scripts/readme.ts names`)
    const fallback =
      field.required === true ? '**required**' : field.default === undefined ? '' : `\`${field.default}\``
    return `| \`${name}\` | ${fallback} | ${cell(field.description)} |`
  })
  return ['| input | default | meaning |', '|---|---|---|', ...rows].join('\n')
}

function outputsTable(outputs: Metadata['outputs']): string {
  const rows = Object.entries(outputs).map(([name, field]) => `| \`${name}\` | ${cell(field.description)} |`)
  return ['| output | meaning |', '|---|---|', ...rows].join('\n')
}
