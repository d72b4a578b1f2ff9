/**
 * Outputs and state as the runner keeps them: names that differ only in case are one, written as first seen.
 * Without a prototype, so that a name like `__proto__` is only a name.
 */
export class NamedValues {
  private readonly names = new Map<string, string>()
  readonly all: Record<string, string> = Object.create(null)

  set(name: string, value: string): void {
    const key = name.toUpperCase()
    const known = this.names.get(key) ?? name
    this.names.set(key, known)
    this.all[known] = value
  }
}
