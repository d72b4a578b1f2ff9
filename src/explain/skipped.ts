import type { OutcomeKind, SkipCause } from '../migration/outcome.ts'
import type { Problem } from '../model.ts'
import type { Case } from './case.ts'

/** Not attempted, for what became of another database. */
export function skipped({ record, outcome }: Case<'skipped'>): Problem {
  return {
    code: 'skipped',
    reason: `The migration of ${record.database} was not attempted, because ${skipReason(outcome.because)}.`,
    remedy: SKIP_REMEDIES[outcome.because.kind],
  }
}

const ENDED: Readonly<Record<OutcomeKind, string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  'not-started': 'did not start',
  'timed-out': 'timed out',
  cancelled: 'was cancelled',
  refused: 'was refused',
  unknown: 'can no longer be observed',
  skipped: 'was skipped',
  'dry-run': 'was a dry run',
}

/** Ends the sentence "it was not attempted, because …". */
export function skipReason(because: SkipCause): string {
  switch (because.kind) {
    case 'failure':
      return `${because.database} ${ENDED[because.ended]}`
    case 'cancelled':
      return 'the step was cancelled'
    case 'no-place':
      return 'as many tasks as may run at once (max-parallel) may still be running'
    case 'mixed-images':
      return `the image's tag moved meanwhile: ${because.difference}`
    case 'our-mistake':
      return `the action itself failed while it migrated ${because.database}`
  }
}

const SKIP_REMEDIES: Readonly<Record<SkipCause['kind'], string>> = {
  failure: 'Fix what failed, then run it for this database.',
  cancelled: 'Run it for this database.',
  'no-place': 'Look at the tasks that may still be running, then run it again.',
  'mixed-images': 'Name the image by its digest, and run it again.',
  'our-mistake': 'Report it with the log of this step, and run it again.',
}
