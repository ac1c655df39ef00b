import { MINUTE } from '@embargo/core'

/**
 * Resolves after this many milliseconds of machine time, or as soon as the signal aborts. Tests replace this function,
 * so that they need not wait.
 */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>

export const realSleep: Sleep = async (milliseconds, signal) => {
  if (signal.aborted) return
  // Does not use `timers/promises`, which makes an error with a stack for each sleep that ends early.
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal.addEventListener('abort', end)
  })
}

/**
 * The reason that is passed to `abort` if the abort only ends a wait. Without a reason, Node would make an error with a
 * stack for each abort.
 */
export const OVER = 'over'

/** Wakes one waiter. A notification that comes while nobody waits is kept for the next waiter. */
export type Notifier = { notify(): void; wait(signal: AbortSignal): Promise<void>; readonly isPending: boolean }

export function createNotifier(): Notifier {
  let pending = false
  let wake: (() => void) | undefined
  return {
    get isPending() {
      return pending
    },
    notify() {
      pending = true
      wake?.()
    },
    async wait(signal) {
      if (!pending && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve
          signal.addEventListener('abort', () => resolve(), { once: true })
        })
        wake = undefined
      }
      pending = false
    },
  }
}

/** Waits until the first of several waits ends, and stops the others. If the signal aborts, all of them end. */
export async function firstOf(
  signal: AbortSignal,
  ...waits: readonly ((signal: AbortSignal) => Promise<void>)[]
): Promise<void> {
  if (signal.aborted) return
  const over = new AbortController()
  const stop = AbortSignal.any([signal, over.signal])
  try {
    await Promise.race(waits.map((wait) => wait(stop)))
  } finally {
    over.abort(OVER)
  }
}

/** If `look` returned false, it is called again after this time. */
const AGAIN_MS = MINUTE

type PollOptions = {
  /** Does the work that is due. Returns false if some of it remains. */
  look(): Promise<boolean>
  /** Calls the listener after each change. Returns a function that unsubscribes. */
  onChange(listener: () => void): () => void
  readonly sleep: Sleep
  /**
   * After `look` returned true, it is called again after this time, even if nothing changes. Without `restMs`, `look`
   * is called again only after a change.
   */
  readonly restMs?: number
}

/**
 * Calls `look` at once and after each change, until the signal aborts. If `look` returned false, it is called again
 * after a minute at the latest.
 */
export async function pollUntilAborted(
  signal: AbortSignal,
  { look, onChange, sleep, restMs }: PollOptions,
): Promise<void> {
  const notifier = createNotifier()
  const unsubscribe = onChange(() => notifier.notify())
  try {
    while (!signal.aborted) {
      const pauseMs = (await look()) ? restMs : AGAIN_MS
      await firstOf(
        signal,
        (stop) => notifier.wait(stop),
        ...(pauseMs === undefined ? [] : [(stop: AbortSignal) => sleep(pauseMs, stop)]),
      )
    }
  } finally {
    unsubscribe()
  }
}
