/** Who wants to know of a change in this process. They are told when it is durable, and after whoever made it. */
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
