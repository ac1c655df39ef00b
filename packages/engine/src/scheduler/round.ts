import { earliest, later } from '@embargo/core'
import type { Instant, StreamId } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import type { StalledClocks } from '../health/stalled-clocks.ts'
import { refreshRow } from '../projections/refresh.ts'
import type { DueClock } from './due-clocks.ts'
import { FailingCases } from './failing-cases.ts'
import { guardCase } from './guard-case.ts'
import type { CaseGuard } from './guard-case.ts'
import { dueIn, fire, LOOK_AGAIN_MS, MISSED_AFTER_MS } from './due-clocks.ts'

/** Points at which a test may stop the program: right before a due deadline is announced, and right after. */
export type SchedulerCrashPoint = 'clock-due-before-told' | 'clock-told'

export type SchedulerOptions = {
  readonly engine: RunningEngine
  readonly crashPoint?: (name: SchedulerCrashPoint) => Promise<void>
  /** The scheduler keeps this list of the cases whose deadlines have stalled, so people are told about them. */
  readonly stalledClocks?: StalledClocks
}

/**
 * Announces in each pass what is due. A deadline counts as missed if it became due while nothing could be announced.
 */
export class ClockRounds {
  readonly #deps: RunningEngine['deps']
  readonly #crashPoint: SchedulerOptions['crashPoint']
  readonly #failing: FailingCases
  /** Since when deadlines can be handled; undefined while the database is unreachable. */
  #upSince: Instant | undefined
  /** When the program was last seen to run. */
  #awakeAt: Instant | undefined

  constructor({ engine, crashPoint, stalledClocks }: SchedulerOptions) {
    this.#deps = engine.deps
    this.#crashPoint = crashPoint
    this.#failing = new FailingCases(engine.deps, stalledClocks)
  }

  /**
   * To be called when the database is unreachable. A deadline that becomes due before the database can be reached again
   * counts as missed.
   */
  interrupted(): void {
    this.#upSince = undefined
  }

  /**
   * Announces what is due, and returns when to look again. Everything that is due is collected first, because after a
   * long stop the most urgent deadline may be found last.
   */
  async run(signal: AbortSignal): Promise<Instant> {
    const now = this.#awake()
    const since = (this.#upSince ??= now)
    const failed = new Set<StreamId>()
    const guard = (stream: StreamId): CaseGuard => guardCase(this.#deps, stream, () => failed.add(stream))
    const streams = await this.#deps.readModels.due(now)
    const due: DueClock[] = []
    for (const stream of streams) {
      if (signal.aborted) return now
      due.push(...((await guard(stream)(() => dueIn(this.#deps, stream, now))) ?? []))
      this.#awake()
    }
    let count = 0
    for (const one of due.toSorted((a, b) => a.priority - b.priority)) {
      if (signal.aborted) return now
      const { stream } = one
      const heardSince = this.#failing.has(stream) ? now : since
      const missed = one.at < heardSince && now - one.at > MISSED_AFTER_MS
      await this.#crashPoint?.('clock-due-before-told')
      if ((await guard(stream)(() => fire(this.#deps, one, missed))) === true) count += 1
      await this.#crashPoint?.('clock-told')
      this.#awake()
    }
    // Corrects the rows whose due time is wrong under today's policy. Without this, such a row would stay due although
    // nothing is to be announced.
    if (count === 0)
      for (const stream of streams) {
        if (signal.aborted) return now
        if (!failed.has(stream)) await guard(stream)(() => refreshRow(this.#deps, stream))
      }
    this.#failing.update(failed, now)
    if (count > 0) return now
    const next = await this.#deps.readModels.nextDue()
    const again = later(now, LOOK_AGAIN_MS)
    // If a case is still due after this round, it is checked again later. Checking at once would be a loop without end.
    return next === undefined || next <= now ? again : earliest(next, again)
  }

  /**
   * When a machine wakes up, the program continues without a restart. So a long gap since the last call is taken as a
   * sign that the machine slept.
   */
  #awake(): Instant {
    const now = this.#deps.clock.now()
    if (this.#awakeAt !== undefined && now - this.#awakeAt > MISSED_AFTER_MS) this.#upSince = undefined
    this.#awakeAt = now
    return now
  }
}
