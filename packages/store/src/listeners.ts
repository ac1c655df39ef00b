/**
 * Callbacks for changes that this process makes. A callback runs when the change is durable and the code that made it
 * has finished.
 */
export class Listeners {
  readonly #all = new Set<() => void>()

  add(listener: () => void): () => void {
    this.#all.add(listener)
    return () => void this.#all.delete(listener)
  }

  tell(): void {
    for (const listener of [...this.#all]) queueMicrotask(listener)
  }
}
