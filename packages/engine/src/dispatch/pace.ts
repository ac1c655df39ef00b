import { MOST_REST_MS, REST_TIMES } from './limits.ts'

/** When the outbox may be asked again, in milliseconds of any clock that goes on. */
export class Pace {
  #restsUntil = 0

  /** A claim took from then to then. */
  claimed(from: number, until: number): void {
    this.#restsUntil = until + Math.min((until - from) * REST_TIMES, MOST_REST_MS)
  }

  /** For how much longer it is left alone: 0 where it may be asked. */
  restMs(now: number): number {
    return Math.max(0, this.#restsUntil - now)
  }
}
