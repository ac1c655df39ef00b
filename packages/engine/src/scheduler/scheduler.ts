import { later } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { refreshReadModels } from '../projections/refresh.ts'
import { safeError } from '../shared/safe-error.ts'
import { createNotifier, firstOf } from '../shared/signal.ts'
import { LOOK_AGAIN_MS } from './due-clocks.ts'
import { ClockRounds } from './round.ts'
import type { SchedulerOptions } from './round.ts'
import { refreshOpen, refreshOrphaned } from './row-refresh.ts'

export type Scheduler = { run(signal: AbortSignal): Promise<void> }

/**
 * Announces deadlines that are due. It needs no lock: a second scheduler makes commands with the same ids, which change
 * nothing. A case that cannot be read, or in which a command fails, does not stop the others and is tried again in each
 * pass.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { deps } = options.engine
  const { clock, log, onCommit } = deps
  const notifier = createNotifier()
  const rounds = new ClockRounds(options)
  let waitingFor: Instant | undefined

  return {
    async run(signal) {
      const unsubscribe = onCommit((rows) => {
        if (rows.some(({ nextDue }) => nextDue !== undefined && (waitingFor === undefined || nextDue < waitingFor)))
          notifier.notify()
      })
      let refreshing = Promise.resolve()
      const refresh = (work: () => Promise<void>): void => {
        refreshing = refreshing.then(work).catch((error: unknown) => {
          log.error('the list of cases could not be refreshed', safeError(error))
        })
      }
      // If people's accounts or groups change, a case may get another coordinator or other readers, so the rows are
      // computed again.
      const unsubscribePeople = deps.people.onChange(() =>
        refresh(async () => {
          await refreshOpen(deps, signal)
          notifier.notify()
        }),
      )
      try {
        await refreshOrphaned(deps).catch((error: unknown) => {
          log.error('the cases of people who left the policy could not be checked', safeError(error))
        })
        // Deadlines must not wait until the rows are refreshed: with many cases this takes a while.
        refresh(() => refreshReadModels(deps, signal))
        while (!signal.aborted) {
          const until = await rounds.run(signal).catch((error: unknown) => {
            log.error('the deadlines could not be checked', safeError(error))
            rounds.interrupted()
            return later(clock.now(), LOOK_AGAIN_MS)
          })
          waitingFor = until
          await firstOf(
            signal,
            (stop) => clock.wait(until, stop),
            (stop) => notifier.wait(stop),
          )
          waitingFor = undefined
        }
      } finally {
        unsubscribe()
        unsubscribePeople()
        // The caller closes the database as soon as this function has ended, so the refresh must end first.
        await refreshing
      }
    },
  }
}
