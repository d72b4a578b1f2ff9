/**
 * Writes the tables of inputs and outputs in README.md from action.yml; with --check it only compares.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'

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

const metadata = parse(readFileSync('action.yml', 'utf8')) as Metadata
const current = readFileSync(README, 'utf8')
const wanted = replaced(
  replaced(current, 'inputs', inputsTable(metadata.inputs)),
  'outputs',
  outputsTable(metadata.outputs),
)
if (!process.argv.includes('--check')) writeFileSync(README, wanted)
else if (wanted !== current) {
  console.error(`${README} does not match action.yml. Run: npm run readme`)
  process.exitCode = 1
}

function cell(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|')
}

function inputsTable(inputs: Metadata['inputs']): string {
  const rows = Object.entries(inputs).map(([name, field]) => {
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

/** @throws Error when the markers of the section are missing */
function replaced(text: string, section: string, table: string): string {
  const begin = `<!-- ${section}: made by npm run readme -->`
  const end = `<!-- end of ${section} -->`
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined)
    throw new Error(`${README} has no section between "${begin}" and "${end}"`)
  return `${before}${begin}\n\n${table}\n\n${end}${after}`
}
