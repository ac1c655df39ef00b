import type { ClaimedEffect, ClaimRequest } from '../src/ports/outbox.ts'
import type { House } from './house.ts'

/** The next effect, claimed by a worker. */
export async function claimOne(
  house: House,
  capability: 'slack' | 'mail' = 'slack',
  more: Pick<ClaimRequest, 'beginning'> = {},
): Promise<ClaimedEffect> {
  const [claimed] = await house.outbox.claim({
    capabilities: [capability],
    worker: 'worker-1',
    nowMs: house.machine.ms,
    leaseMs: 30_000,
    limit: 1,
    ...more,
  })
  if (claimed === undefined) throw new Error('nothing to claim')
  return claimed
}

/** Lets the event loop run until the condition is true, without moving the clocks. */
export async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000; turn += 1) {
    if (condition()) return
    await new Promise((resolve) => setImmediate(resolve))
  }
  throw new Error('it never came about')
}
