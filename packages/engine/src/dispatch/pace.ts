import { MAX_REST_MS, REST_TIMES } from './limits.ts'

/** Says how long to wait before the outbox is asked again. All times are milliseconds of one monotonic clock. */
export class Pace {
  #restsUntil = 0

  /** Records when a claim began and ended. */
  claimed(from: number, until: number): void {
    this.#restsUntil = until + Math.min((until - from) * REST_TIMES, MAX_REST_MS)
  }

  /** How long to wait before the outbox is asked again; 0 if it can be asked now. */
  restMs(now: number): number {
    return Math.max(0, this.#restsUntil - now)
  }
}
