/** How long one mail waits for its domain checks, in milliseconds. Most answers come within half a second. */
const MOST_MS = 3_000

/**
 * All mails share one budget of time in which they wait for the DNS. `TOGETHER_MS`: the whole budget, in milliseconds.
 * `REGAINED`: how much of it comes back in each millisecond. So even if junk with slow domains has used the budget, the
 * intake spends at most half of its time waiting.
 */
const TOGETHER_MS = 5_000
const REGAINED = 0.5

/**
 * The most checks that run at once, and the most bytes of their mails together. When a mail no longer waits for its
 * check, the check goes on in the background. Without these limits, a flood of mail could fill the memory.
 */
const MOST_CHECKS = 16
const MOST_BYTES = 32 * 1024 * 1024

/** Limits how long the intake waits for domain checks, over all mails. */
export type Patience = {
  /** The result of `check`; undefined if it takes too long, or too many checks are running. */
  wait<T>(bytes: number, check: () => Promise<T>): Promise<T | undefined>
  /** How many milliseconds are left of the budget that all mails share. */
  left(): number
}

/** `now`: any steady clock, milliseconds. */
export function createPatience(
  limits: { readonly mostMs?: number; readonly togetherMs?: number } = {},
  now: () => number = () => performance.now(),
): Patience {
  const { mostMs = MOST_MS, togetherMs = TOGETHER_MS } = limits
  let left = togetherMs
  let since = now()
  let waiting = 0
  const underWay = { checks: 0, bytes: 0 }

  const current = (): number => {
    const passed = now() - since
    since = now()
    left = waiting > 0 ? left - passed : Math.min(togetherMs, left + passed * REGAINED)
    return left
  }

  return {
    left: current,
    async wait(bytes, check) {
      const isFull = underWay.checks >= MOST_CHECKS || underWay.bytes + bytes > MOST_BYTES
      if (isFull && underWay.checks > 0) return undefined
      underWay.checks += 1
      underWay.bytes += bytes
      const allowed = current()
      waiting += 1
      const checking = check().finally(() => {
        underWay.checks -= 1
        underWay.bytes -= bytes
      })
      // If the check fails after the mail has stopped waiting for it, nobody handles the error. This line ignores it.
      checking.catch(() => undefined)
      const { promise: late, resolve: stop } = Promise.withResolvers<undefined>()
      const timer = setTimeout(stop, Math.min(mostMs, Math.max(0, allowed)), undefined)
      try {
        return await Promise.race([checking, late])
      } finally {
        clearTimeout(timer)
        current()
        waiting -= 1
      }
    },
  }
}
