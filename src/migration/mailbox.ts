/** A queue with one reader: what is put in comes out in order, as an async iterable. */
export class Mailbox<T> {
  private readonly items: T[] = []
  private wake: (() => void) | undefined

  put(item: T): void {
    this.items.push(item)
    this.wake?.()
  }

  /** Ends when the signal aborts; what was put in before is not delivered after that. */
  async *read(signal: AbortSignal): AsyncGenerator<T, void, undefined> {
    const wake = (): void => this.wake?.()
    signal.addEventListener('abort', wake)
    try {
      while (!signal.aborted) {
        const item = this.items.shift()
        if (item !== undefined) yield item
        else await this.somethingNew()
      }
    } finally {
      signal.removeEventListener('abort', wake)
    }
  }

  private somethingNew(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve
    })
  }
}
