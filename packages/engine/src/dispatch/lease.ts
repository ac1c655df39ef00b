import type { Effect } from '@embargo/core'
import { safeError } from '../shared/safe-error.ts'
import type { DispatchContext } from './context.ts'
import { LEASE_MS, RENEW_MS } from './limits.ts'

/** Renews the lease while the attempt runs. A renewal that fails once is tried again before the lease ends. */
export async function renewLease(
  { engine, worker, monotonic, sleep }: DispatchContext,
  effect: Effect,
  over: AbortSignal,
): Promise<void> {
  const { outbox, log } = engine.deps
  for (;;) {
    await sleep(RENEW_MS, over)
    if (over.aborted) return
    try {
      if (!(await outbox.renew(effect.id, worker, monotonic(), LEASE_MS))) {
        log.warn('a lease was lost while its effect was running', { effect: effect.id, kind: effect.kind })
        return
      }
    } catch (error) {
      log.warn('a lease could not be renewed', { effect: effect.id, ...safeError(error) })
    }
  }
}
