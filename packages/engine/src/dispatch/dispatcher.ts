import type { Capability } from '@embargo/core'
import type { Dispatcher, DispatcherOptions } from './context.ts'
import { BEGUN_BY_CLAIM } from './begun-by-claim.ts'
import { CROWD, LEASE_MS, MAX_AT_ONCE, POLL_MS, SHORTEST_PAUSE_MS } from './limits.ts'
import { Pace } from './pace.ts'
import { performEffect } from './attempt.ts'
import { reportDamage } from './damage-report.ts'
import { RateLimits } from './rate-limits.ts'
import { safeError } from '../shared/safe-error.ts'
import type { ClaimedEffect } from '../ports/outbox.ts'
import { CircuitBreaker } from './circuit-breaker.ts'
import { Lru } from '../shared/lru.ts'
import { createNotifier, firstOf, realSleep } from '../shared/signal.ts'

/** For how many cards, at most, we remember which version they show. */
const MAX_SHOWN = 5000

/**
 * Takes effects from the outbox and performs them. Effects of one lane are performed one after another, and several
 * lanes of each capability at the same time.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { capabilities, worker, monotonic, sleep = realSleep } = options
  const { outbox, log } = options.engine.deps
  const notifier = createNotifier()
  const running = new Map<Promise<void>, Capability>()
  const runningEffects = new Set<string>()
  const rateLimits = new RateLimits()
  const shown = new Lru<string, number>(MAX_SHOWN)
  const pace = new Pace()
  const breaker = new CircuitBreaker(options.random)

  function start(claimed: ClaimedEffect): void {
    const attempt = performEffect({ ...options, sleep, shown, rateLimits, breaker }, claimed)
      .catch((error: unknown) => {
        // The row stays leased. When the lease ends, the effect is tried again.
        log.error('an effect could not be finished', {
          effect: claimed.effect.id,
          kind: claimed.effect.kind,
          ...safeError(error),
        })
      })
      .finally(() => {
        running.delete(attempt)
        runningEffects.delete(claimed.effect.id)
        breaker.ended(claimed.effect)
        notifier.notify()
      })
    running.set(attempt, claimed.effect.capability)
    runningEffects.add(claimed.effect.id)
    breaker.claimed(claimed.effect)
  }

  function roomOf(capability: Capability): number {
    const taken = [...running.values()].filter((each) => each === capability).length
    return breaker.room(capability, { nowMs: monotonic(), room: MAX_AT_ONCE - taken })
  }
  const withRoom = (): readonly Capability[] => capabilities.filter((each) => roomOf(each) > 0)

  async function claim(): Promise<number> {
    const free = withRoom()
    const there = free.filter((each) => !breaker.isOpen(each))
    let found = there.length === 0 ? 0 : await claimOf(there, Math.min(...there.map(roomOf)))
    for (const away of free) if (breaker.isOpen(away)) found += await claimOf([away], 1)
    return found
  }

  async function claimOf(of: readonly Capability[], limit: number): Promise<number> {
    const nowMs = monotonic()
    const except = rateLimits.at(nowMs)
    const from = performance.now()
    const untriedFirst = of.some((each) => breaker.isOpen(each))
    const claimed = await outbox.claim({
      capabilities: of,
      worker,
      nowMs,
      leaseMs: LEASE_MS,
      limit,
      except,
      untriedFirst,
      beginning: BEGUN_BY_CLAIM,
    })
    pace.claimed(from, performance.now())
    // If the clock jumps, as when the machine sleeps, the lease of a running attempt ends and this worker claims the
    // effect again. In that case no second attempt is started, because it could send a mail twice.
    for (const each of claimed) if (!runningEffects.has(each.effect.id)) start(each)
    return claimed.length
  }

  /**
   * Pauses if many effects run. After the pause, a single claim gets the next effects of all lanes that became free in
   * the meantime. A pause ends early when a platform's rate limit ends or all effects have ended.
   */
  async function rest(signal: AbortSignal): Promise<void> {
    const limited = (rateLimits.nextEndMs() ?? Number.POSITIVE_INFINITY) - monotonic()
    const ms = Math.min(pace.restMs(performance.now()), limited)
    if (running.size < CROWD || ms <= 0) return
    await firstOf(
      signal,
      (stop) => realSleep(ms, stop),
      async () => void (await Promise.all(running.keys())),
    )
  }

  async function pauseMs(): Promise<number> {
    // A notification that has already come ends the pause at once. So there is no need to ask the database for the
    // time of the next effect.
    const free = withRoom()
    if (notifier.isPending) return POLL_MS
    const nowMs = monotonic()
    const next = Math.min(
      breaker.nextProbeMs(),
      (free.length === 0 ? undefined : await outbox.nextAt(free, rateLimits.at(nowMs))) ?? Number.POSITIVE_INFINITY,
      rateLimits.nextEndMs() ?? Number.POSITIVE_INFINITY,
    )
    return Math.min(POLL_MS, Math.max(SHORTEST_PAUSE_MS, next - nowMs))
  }

  return {
    async run(signal) {
      const unsubscribe = outbox.onAppend(() => notifier.notify())
      const subscription = outbox.onDamage((damage) => void reportDamage(options.engine.deps, damage, options.random))
      try {
        while (!signal.aborted) {
          const pause = await claimOrWait()
          if (pause > 0)
            await firstOf(
              signal,
              (stop) => notifier.wait(stop),
              (stop) => sleep(pause, stop),
            )
          await rest(signal)
        }
      } finally {
        unsubscribe()
        subscription()
        await Promise.allSettled(running.keys())
      }
    },
  }

  async function claimOrWait(): Promise<number> {
    try {
      return (await claim()) > 0 ? 0 : await pauseMs()
    } catch (error) {
      log.error('the outbox could not be read', safeError(error))
      return POLL_MS
    }
  }
}
