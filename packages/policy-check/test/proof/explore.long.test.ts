import { describe, expect, it } from 'vitest'
import { STAGES } from '@embargo/core'
import { inWordsOf } from './scenarios.ts'
import type { ArenaName } from './scenarios.ts'
import { prove } from './prove.ts'

/** One place in so many is asked from a second way too; all of them are in `npm run prove`. */
const SAMPLED = { seed: 20_260_504, oneIn: 8 }

/** Each profile and each kind of reporter once; all of them in all profiles, and the reporter of the team, in `npm run prove`. */
const REDUCED: readonly ArenaName[] = [
  { profile: 'team', reporter: 'reachable' },
  { profile: 'solo', reporter: 'silent' },
  { profile: 'solo', reporter: 'unreachable' },
  { profile: 'organisation', reporter: 'absent' },
]

/**
 * One branch. Every command is asked and checked at every place; what those of
 * the straight line and waivers lead to is explored further. The whole of it is `npm run prove`.
 */
describe('every place that a case can come to', () => {
  it.each(REDUCED.map((name) => [inWordsOf(name), name] as const))(
    'keeps every rule, can be brought to its end, and meets the same whichever way led there (%s)',
    { timeout: 900_000 },
    (words, arena) => {
      const { places, commands, twins, findings, stages, stuck, whole } = prove({
        arena,
        theme: 'waivers',
        twins: SAMPLED,
      })

      console.log(`${words}: ${places} places, ${commands} commands, ${twins} places asked from a second way`)
      expect(findings).toEqual([])
      expect({ stuck, whole }).toEqual({ stuck: 0, whole: true })
      const known = new Set<string>(STAGES)
      expect(stages.every(([stage]) => known.has(stage))).toBe(true)
      expect(stages.length).toBeGreaterThanOrEqual(6)
    },
  )
})
