import { describe, expect, it } from 'vitest'
import { PLACES, playOn } from './places.ts'
import { formatTally } from './tally.ts'

/** Few enough steps to run every day. `npm run histories -- --steps 5000` plays longer histories. */
const STEPS = 600
const SEED = 22

describe('a long history of several cases, written by several at once', () => {
  it.each(PLACES)(
    'breaks no rule, handles no command twice, and folds again to the same states and read models (%s)',
    { timeout: 600_000 },
    async (name) => {
      const tally = await playOn(name, STEPS, SEED)

      console.log(formatTally(name, tally))
      expect(tally.commands).toBeGreaterThanOrEqual(STEPS)
      expect(tally.repeated).toBeGreaterThan(10)
      expect(tally.together).toBeGreaterThan(10)
      expect(tally.jumps).toBeGreaterThan(10)
      expect(tally.alive).toBeGreaterThan(2)
      expect(tally.kinds.has('CasesMerged')).toBe(true)
      expect(tally.kinds.has('DisclosureStarted')).toBe(true)
      for (const kind of ['MailFailed', 'EffectParked', 'DoubtSettled', 'GateWaived'] as const)
        expect([kind, tally.kinds.has(kind)]).toEqual([kind, true])
      expect(tally.credits).toBeGreaterThan(0)
      expect(tally.kinds.size).toBeGreaterThan(30)
    },
  )
})
