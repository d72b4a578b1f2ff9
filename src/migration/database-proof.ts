/** Proof that a task migrates the database that it was launched for. Three runs once migrated the wrong one because nobody looked. */
import type { ContainerDefinition, Task } from '@aws-sdk/client-ecs'
import type { Launch } from '../model.ts'
import { containerOf, isOver, type Outcome } from './outcome.ts'

/** The first difference between what was asked and what ECS answered about a variable, or undefined. */
export function wrongDatabase(
  expected: { readonly container: string; readonly variable: string; readonly database: string },
  answered: readonly {
    readonly name?: string | undefined
    readonly environment?: readonly { name?: string | undefined; value?: string | undefined }[] | undefined
  }[],
): string | undefined {
  if (expected.variable === '') return undefined
  const container = answered.find(({ name }) => name === expected.container)
  const values =
    container?.environment?.filter(({ name }) => name === expected.variable).map(({ value }) => value) ?? []
  // guard: echo-check
  if (values.length === 1 && values[0] === expected.database) return undefined
  return `asked for ${expected.variable}=${expected.database} in ${expected.container}, ECS shows ${values.length === 0 ? 'no such variable' : values.join(', ')}`
}

/**
 * The first secret of the container that ECS did not register as it was asked to, or undefined: a secret of each
 * database decides, as its name does, which one is migrated.
 */
export function wrongSecret(
  container: string,
  asked: { readonly containerDefinitions?: readonly ContainerDefinition[] | undefined },
  answered: readonly ContainerDefinition[],
): string | undefined {
  const secretsOf = (containers: readonly ContainerDefinition[]) =>
    containers.find(({ name }) => name === container)?.secrets ?? []
  const shown = new Map(secretsOf(answered).map(({ name, valueFrom }) => [name, valueFrom]))
  const wrong = secretsOf(asked.containerDefinitions ?? []).find(({ name, valueFrom }) => shown.get(name) !== valueFrom)
  return wrong === undefined
    ? undefined
    : `asked for the secret ${wrong.name} from ${wrong.valueFrom} in ${container}, ECS shows ${shown.get(wrong.name) ?? 'no such secret'}`
}

/** What a task must show. */
export interface AskedTask {
  readonly launch: Launch
  readonly container: string
  /** The variable that carries the database; empty: none. */
  readonly databaseVariable: string
}

/** The overrides that ECS shows must be those that were asked for, all of them. @returns the first difference */
function wrongOverrides({ launch, container, databaseVariable }: AskedTask, task: Task): string | undefined {
  const [asked] = launch.request.overrides?.containerOverrides ?? []
  if (asked === undefined) return undefined
  if (task.overrides === undefined) return `ECS shows no overrides for ${container}`
  const answered = task.overrides.containerOverrides ?? []
  const shown = answered.find(({ name }) => name === container)
  if (asked.command !== undefined && JSON.stringify(shown?.command) !== JSON.stringify(asked.command))
    return `ECS does not show the command of ${container} as it was asked for`
  for (const { name: variable = '', value = '' } of asked.environment ?? []) {
    const evidence = wrongDatabase({ container, variable, database: value }, answered)
    if (evidence === undefined) continue
    // Another variable that names the database may carry a password: by name only.
    return variable === databaseVariable
      ? evidence
      : `ECS does not show ${variable} in ${container} as it was asked for`
  }
  return undefined
}

/** The same of the answer to RunTask. About a task that has stopped it may show no overrides (docs/platform-facts.md#client-token); a description will. */
export function wrongAnswer(asked: AskedTask, task: Task): string | undefined {
  const isBareReplay = task.overrides === undefined && (isOver(task) || task.desiredStatus === 'STOPPED')
  return isBareReplay ? undefined : wrongOverrides(asked, task)
}

/**
 * What ECS confirms, in words: the clone of one database was proved when it was registered; of several, each task's
 * override is.
 */
export function confirmation(
  { launch, container, databaseVariable }: AskedTask,
  { overrides }: Task,
): string | undefined {
  const overridden = launch.request.overrides?.containerOverrides?.[0]?.environment !== undefined
  if (databaseVariable === '' || (overridden && overrides === undefined)) return undefined
  return `ECS confirms that container ${container} was given ${databaseVariable}=${launch.database}; whether the program reads it, ECS cannot know`
}

/** Of a task of another database this is the verdict, however it ends. */
export function wrongDatabaseOutcome(evidence: string, task: Task, container: string): Outcome {
  const exitCode = containerOf(task, container)?.exitCode
  return { kind: 'failed', cause: 'wrong-database', evidence, ...(exitCode !== undefined && { exitCode }) }
}

/** A success on another database does not count as one. */
export function proved(outcome: Outcome, asked: AskedTask, task: Task): Outcome {
  const evidence = outcome.kind === 'succeeded' ? wrongOverrides(asked, task) : undefined
  return evidence === undefined ? outcome : wrongDatabaseOutcome(evidence, task, asked.container)
}
