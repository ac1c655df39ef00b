import { createScheduler } from '../src/index.ts'
import type { House } from './house.ts'

/** Runs the scheduler until it waits, and returns the time for which it waits. */
export async function nextWakeUp(house: House): Promise<number | undefined> {
  const over = new AbortController()
  const before = house.clock.waits.length
  const running = createScheduler({ engine: house.engine }).run(over.signal)
  while (house.clock.waits.length === before || (house.clock.waits.at(-1) ?? 0) <= house.clock.now())
    await new Promise((resolve) => setImmediate(resolve))
  over.abort()
  await running
  return house.clock.waits.at(-1)
}
