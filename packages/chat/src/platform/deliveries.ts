/**
 * The number of deliveries that are remembered. Platforms retry within minutes, and each delivery takes a few bytes.
 */
const REMEMBERED = 2000

/**
 * Avoids a second answer if a platform delivers a payload twice. (The engine ensures that nothing is done twice.) A
 * delivery whose handling failed is handled again. This class also knows which deliveries are still being handled.
 */
export class Deliveries {
  readonly #known = new Map<string, Promise<boolean>>()
  readonly #running = new Set<Promise<unknown>>()

  /** Runs `work` unless it already succeeded for this delivery. Rejects as `work` does. */
  async once(delivery: string, work: () => Promise<void>): Promise<void> {
    const earlier = this.#known.get(delivery)
    if (earlier !== undefined && (await earlier)) return
    const running = work()
    const settled = running.then(
      () => true,
      () => false,
    )
    this.#known.set(delivery, settled)
    this.#running.add(settled)
    void settled.finally(() => this.#running.delete(settled))
    this.#forget()
    await running
  }

  /** Resolves when no delivery is being handled. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  #forget(): void {
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= REMEMBERED) return
      this.#known.delete(oldest)
    }
  }
}
