import type { SkipCause } from './outcome.ts'

/**
 * Where a tag could not be resolved before the launch, it may be moved while several databases are migrated: then two
 * of them would get different migrations.
 */
export class ImageDigests {
  private first: { readonly database: string; readonly digest: string } | undefined
  private difference: string | undefined

  /** @param digest as ECS shows it for the task's container */
  saw(database: string, digest: string): void {
    this.first ??= { database, digest }
    if (digest === this.first.digest) return
    this.difference ??= `${this.first.database} ran ${this.first.digest}, ${database} ${digest}`
  }

  /** Why nothing more may be launched; undefined while all tasks ran the same image. */
  get mixed(): SkipCause | undefined {
    return this.difference === undefined ? undefined : { kind: 'mixed-images', difference: this.difference }
  }
}
