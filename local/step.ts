/** `npm run step`: runs the built action by hand, as one step of a job on the stand-in for the GitHub runner. */
import { parseArgs } from 'node:util'
import { interruptible } from './interruptible.ts'
import { repositoryRoot } from './repository.ts'
import { logPrinter } from './runner/print.ts'
import { runAction, type StepRun } from './runner/run-action.ts'
import { summaryText } from './runner/summary-text.ts'
import { nameAndValue, UsageError } from './usage.ts'

/** Of the shell's variables, those that an earlier step of a job would have set. */
const PASSED_ON = /^(AWS_.*|(HTTPS?|NO)_PROXY)$/i

const SECRET_NAMES = /SECRET|TOKEN|PASSWORD/

const OPTIONS = {
  verbose: { type: 'boolean' },
  debug: { type: 'boolean' },
} as const

process.exitCode = await main(process.argv.slice(2))

async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: OPTIONS })
  const inputs = positionals.map((word) => nameAndValue(word, 'Inputs are given as INPUT=VALUE'))
  if (inputs.length === 0) throw new UsageError('Which inputs? They are given as INPUT=VALUE')
  const env = Object.entries(process.env).flatMap(([name, value]) =>
    value !== undefined && PASSED_ON.test(name) ? [[name, value] as const] : [],
  )
  const print = logPrinter({
    write: (line) => process.stdout.write(`${line}\n`),
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
    unfolded: values.verbose ?? false,
  })
  return interruptible(async (cancel) => {
    const step = await runAction({
      root: repositoryRoot(),
      uses: 'org/run-ecs-migration@v1',
      inputs: Object.fromEntries(inputs),
      env: Object.fromEntries(env),
      secrets: env.flatMap(([name, value]) => (SECRET_NAMES.test(name) ? [value] : [])),
      debug: values.debug ?? false,
      cancel,
      onLine: print,
    })
    show(step)
    return step.conclusion === 'success' ? 0 : 1
  })
}

function show(step: StepRun): void {
  const outputs = Object.entries(step.outputs).map(([name, value]) => `  ${name}: ${value}\n`)
  if (outputs.length > 0) process.stdout.write(`\nOutputs:\n${outputs.join('')}`)
  if (step.summary !== undefined) process.stdout.write(`\nJob summary:\n\n${summaryText(step.summary)}\n`)
  process.stdout.write(`\nThe step: ${step.conclusion}\n`)
}
