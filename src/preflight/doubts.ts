import type { Doubt, DoubtId, PreflightResult } from '../model.ts'

/** Warnings of the checks are about the network except for these. */
const IDS: Readonly<Record<string, DoubtId>> = {
  'cluster-not-active': 'doubt-cluster',
  'image-not-cached-yet': 'doubt-image',
  'log-class': 'log-class',
}

/** What the checks found that proves nothing, by the ids that the input `accept` takes. */
export function doubtsOf({ warnings, missingPermissions }: PreflightResult): readonly Doubt[] {
  const found = warnings.map(
    (problem): Doubt => ({ ...problem, id: IDS[problem.code] ?? 'doubt-network', weight: 'warning' }),
  )
  return missingPermissions.length === 0 ? found : [...found, permissionsMissing(missingPermissions)]
}

function permissionsMissing(actions: readonly string[]): Doubt {
  return {
    id: 'unchecked',
    weight: 'notice',
    code: 'permissions-missing',
    reason: `Not everything was checked before the launch: this role lacks ${actions.join(', ')}.`,
    remedy: 'Allow them to the role of this job.',
  }
}
