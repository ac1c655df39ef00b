import { setTimeout as sleepFor } from 'node:timers/promises'

/** Resolves after so many milliseconds of machine time, or as soon as the signal aborts. Injected, so that no test waits. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>

export const realSleep: Sleep = async (milliseconds, signal) => {
  // The rejection on abort says nothing new: whoever waits looks at the signal.
  await sleepFor(milliseconds, undefined, { signal }).catch(() => undefined)
}

/** Wakes whoever waits; a ring that nobody waits for is kept for the next one. */
export type Bell = { ring(): void; rung(signal: AbortSignal): Promise<void>; readonly ringing: boolean }

export function createBell(): Bell {
  let pending = false
  let wake: (() => void) | undefined
  return {
    get ringing() {
      return pending
    },
    ring() {
      pending = true
      wake?.()
    },
    async rung(signal) {
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

/** Waits for the first of several things and stops the others; the signal ends them all. */
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
    over.abort()
  }
}
