import { AwsError, type AwsErrorKind } from '../../src/model.ts'

interface FailureOptions {
  readonly action?: string
  /** AWS's own words. */
  readonly message?: string
  readonly resourceIds?: readonly string[]
  /** An earlier attempt of the same call had no answer. */
  readonly unanswered?: boolean
  /** No connection was made. */
  readonly unsent?: boolean
}

/** A failed AWS call as the adapters tell it. */
export function failure(kind: AwsErrorKind, options: FailureOptions = {}): AwsError {
  const { action = 'ecs:DescribeTasks', message = `AWS says: ${kind}`, ...more } = options
  return new AwsError(message, { kind, code: `${kind}Exception`, action, region: 'eu-central-1', ...more })
}

/** Never answers; rejects as the SDK does when the signal aborts. */
export function unanswered<T>(signal?: AbortSignal): Promise<T> {
  return new Promise((_, reject) => {
    if (signal?.aborted === true) reject(failure('aborted'))
    signal?.addEventListener('abort', () => reject(failure('aborted')), { once: true })
  })
}
