/**
 * A double click comes as two presses with ids of their own; the second is dropped while the first is being handled.
 */
export class Presses {
  readonly #now = new Set<string>()

  /** Undefined while the same press is being handled; otherwise the function that ends this one. */
  begin(press: string): (() => void) | undefined {
    if (this.#now.has(press)) return undefined
    this.#now.add(press)
    return () => void this.#now.delete(press)
  }
}
