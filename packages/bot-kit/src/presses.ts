/**
 * A double click arrives as two presses with different ids. So a bot identifies a press by the person, the place and
 * the button, and drops the second press while the first is being handled.
 */
export class Presses {
  readonly #now = new Set<string>()

  /**
   * Returns undefined while the same press is already being handled; otherwise a function that marks this press as
   * done.
   */
  begin(press: string): (() => void) | undefined {
    if (this.#now.has(press)) return undefined
    this.#now.add(press)
    return () => void this.#now.delete(press)
  }
}
