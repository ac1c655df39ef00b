/**
 * Callbacks for changes made in this process. A callback runs after the change is durable and after the code that made
 * the change.
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
