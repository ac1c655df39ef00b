import { later } from '@embargo/core'
import type { Sleep } from '../src/shared/signal.ts'
import type { House } from './house.ts'

/** After this many turns of the event loop, all pending work has ended: the longest chain of calls takes fewer. */
const TURNS = 15

type Timer = { readonly atMs: number; readonly wake: () => void }

/**
 * Time that passes only when a test says so: every wait uses it, and the machine's clock and the business clock follow
 * it.
 */
export function virtualTime(house: House) {
  const timers = new Set<Timer>()
  const sleep: Sleep = (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const done = (): void => {
        timers.delete(timer)
        resolve()
      }
      const timer = { atMs: house.machine.ms + ms, wake: done }
      timers.add(timer)
      signal.addEventListener('abort', done, { once: true })
    })
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }
  const moveTo = (ms: number): void => {
    house.clock.moveTo(later(house.clock.now(), ms - house.machine.ms))
    house.machine.ms = ms
  }
  return {
    sleep,
    settle,
    /** Lets this much time pass, and runs everything that becomes due in it. */
    async pass(ms: number): Promise<void> {
      const until = house.machine.ms + ms
      for (;;) {
        await settle()
        const [next] = [...timers].toSorted((a, b) => a.atMs - b.atMs)
        if (next === undefined || next.atMs > until) break
        moveTo(Math.max(next.atMs, house.machine.ms))
        next.wake()
      }
      moveTo(until)
      await settle()
    },
  }
}
