import { type Evidence, type StepEvidence, worldTime } from './stage.ts'

/** Everything a step printed and asked for, in order, with seconds since its start: to find out why a cell is red. */
export function accountOf(step: StepEvidence, { journal, containers }: Evidence): string {
  const stages = [step.run, ...(step.run.post ? [step.run.post] : [])]
  const lines = stages.flatMap((stage) =>
    stage.lines.map(({ text, at, stage: name }) => ({
      at: worldTime(step.pace, at),
      text: `${name.padEnd(4)} | ${text}`,
    })),
  )
  const calls = journal.map(({ at, operation, outcome }) => {
    const answer = outcome?.status ?? `no answer (${outcome?.fault ?? 'under way'})`
    const error = outcome?.error === undefined ? '' : ` ${outcome.error.code}`
    return { at, text: `${operation} → ${answer}${error}, ${outcome === undefined ? '?' : outcome.at - at} ms` }
  })
  const lives = containers.flatMap(({ startedAt, exitedAt, exitCode, name }) => [
    { at: startedAt, text: `container ${name} starts` },
    ...(exitedAt === undefined ? [] : [{ at: exitedAt, text: `container ${name} exits with ${exitCode}` }]),
  ])
  const signals = step.signalledAt === undefined ? [] : [{ at: step.signalledAt, text: `${step.signal}!` }]
  return [...lines, ...calls, ...lives, ...signals]
    .sort((one, other) => one.at - other.at)
    .map(({ at, text }) => `${((at - step.startedAt) / 1_000).toFixed(2).padStart(9)}  ${text}`)
    .join('\n')
}
