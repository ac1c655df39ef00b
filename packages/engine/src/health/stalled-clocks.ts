import type { StreamId } from '@embargo/core'

/**
 * The cases whose deadlines have stalled in this process: the case cannot be read, or what is due in it cannot be
 * handled.
 */
export class StalledClocks {
  readonly #cases = new Set<StreamId>()
  readonly #listeners = new Set<() => void>()

  /** Adds a case. If it is on the list already, nobody is told again. */
  add(stream: StreamId): void {
    if (this.#cases.has(stream)) return
    this.#cases.add(stream)
    this.#tell()
  }

  delete(stream: StreamId): void {
    if (this.#cases.delete(stream)) this.#tell()
  }

  get all(): readonly StreamId[] {
    return [...this.#cases]
  }

  /** Calls the listener after each change. Returns a function that unsubscribes. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
