import type { RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { AwsError, type Clock, type RegisteredRevision } from '../model.ts'
import { isOwn, type Owned } from './cleanup.ts'
import type { Definitions } from './ports.ts'

/** ECS makes a revision each time: two more are the most that may be left behind, and the nonce in their tags finds them. */
const MOST_REPEATS = 2
/** Until a revision whose answer was lost shows in the listing. */
const LISTED_AFTER_MS = 3_000
/** Our revision is among the newest; others register in this family at the same time. */
const MOST_LOOKED_AT = 20

/**
 * Registers the clone. Where RegisterTaskDefinition was not answered, a revision with this run's nonce is looked for
 * before it is asked again, and what is found is used.
 * @throws AwsError when ECS refuses, or does not answer for the third time
 */
export async function registerOnce(
  { definitions, clock, signal }: RegisterPorts,
  clone: RegisterTaskDefinitionCommandInput,
  owned: Owned,
): Promise<RegisteredRevision> {
  for (let repeats = 0; ; repeats++) {
    try {
      const revision = await definitions.register(clone, signal)
      return { ...revision, attempts: repeats + 1 }
    } catch (error) {
      if (!(error instanceof AwsError) || !error.mayBeDone) throw error
      // Without a look into the family it is not repeated.
      const found = await findOwn({ definitions, clock, signal }, owned).catch(() => Promise.reject(error))
      if (found !== undefined) return { ...found, attempts: repeats + 1 }
      if (repeats === MOST_REPEATS || signal.aborted) throw error
    }
  }
}

interface RegisterPorts {
  readonly definitions: Definitions
  readonly clock: Clock
  readonly signal: AbortSignal
}

async function findOwn(
  { definitions, clock, signal }: RegisterPorts,
  owned: Owned,
): Promise<Omit<RegisteredRevision, 'attempts'> | undefined> {
  await clock.sleep(LISTED_AFTER_MS, signal)
  const newest = (await definitions.listActive(owned.family, signal)).slice(0, MOST_LOOKED_AT)
  for (const arn of newest) {
    const described = await definitions.describe(arn, signal)
    // guard: register-search
    if (isOwn(described, owned)) return { arn, definition: described.definition }
  }
  return undefined
}
