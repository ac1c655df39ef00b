/** Callbacks for changes made in this process. They run once a change is durable, after the code that made it. */
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
