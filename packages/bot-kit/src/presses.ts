/** A double click comes as two presses with ids of their own; the second is dropped while the first is worked on. */
export class Presses {
  readonly #now = new Set<string>()

  /** Undefined where the same is worked on; else what ends this one. */
  begin(press: string): (() => void) | undefined {
    if (this.#now.has(press)) return undefined
    this.#now.add(press)
    return () => void this.#now.delete(press)
  }
}
