import type { Instant, StreamId } from '@embargo/core'
import type { Deps } from '../deps.ts'
import type { StalledClocks } from '../health/stalled-clocks.ts'
import { LOOK_AGAIN_MS } from './due-clocks.ts'

/** The cases in which no deadline could be handled in the last pass, and since when. */
export class FailingCases {
  readonly #log: Deps['log']
  readonly #stalledClocks: StalledClocks | undefined
  readonly #since = new Map<StreamId, Instant>()

  constructor({ log }: Pick<Deps, 'log'>, stalledClocks: StalledClocks | undefined) {
    this.#log = log
    this.#stalledClocks = stalledClocks
  }

  has(stream: StreamId): boolean {
    return this.#since.has(stream)
  }

  /** Records a pass of the scheduler. `failed`: all cases that failed in this pass. */
  update(failed: ReadonlySet<StreamId>, now: Instant): void {
    for (const stream of this.#since.keys()) {
      if (failed.has(stream)) continue
      this.#since.delete(stream)
      this.#stalledClocks?.delete(stream)
      this.#log.info('the deadlines of a case run again', { stream })
    }
    for (const stream of failed) {
      const first = this.#since.get(stream) ?? now
      this.#since.set(stream, first)
      // A short failure of the database is not reported.
      if (now - first >= LOOK_AGAIN_MS) this.#stalledClocks?.add(stream)
    }
  }
}
