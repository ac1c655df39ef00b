/**
 * The number of deliveries that are remembered. Platforms retry within minutes, and each delivery takes a few bytes.
 */
const REMEMBERED = 2000

/**
 * Answers a payload once, even if a platform delivers it twice. (The engine makes sure that nothing is done twice.) If
 * the handling of a delivery failed, a repeated delivery is handled again. This class also knows which deliveries are
 * still being handled.
 */
export class Deliveries {
  readonly #known = new Map<string, Promise<boolean>>()
  readonly #running = new Set<Promise<unknown>>()

  /** Runs `work` unless it has already succeeded for this delivery. Rejects if `work` rejects. */
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
