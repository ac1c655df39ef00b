import { describe, expect, it } from 'vitest'
import { STAGES } from '@embargo/core'
import { scenarioInWords } from './scenarios.ts'
import type { ScenarioName } from './scenarios.ts'
import { prove } from './prove.ts'

/** One place in so many is asked from a second way too; all of them are in `npm run prove`. */
const SAMPLED = { seed: 20_260_504, oneIn: 8 }

/** Each profile and each kind of reporter once; all of them in all profiles, and the reporter of the team, in `npm run prove`. */
const SAMPLE_SCENARIOS: readonly ScenarioName[] = [
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
  it.each(SAMPLE_SCENARIOS.map((name) => [scenarioInWords(name), name] as const))(
    'keeps every rule, can be brought to its end, and meets the same whichever way led there (%s)',
    { timeout: 900_000 },
    (words, scenario) => {
      const { states, commands, secondPaths, findings, stages, stuck, whole } = prove({
        scenario,
        theme: 'waivers',
        secondPaths: SAMPLED,
      })

      console.log(`${words}: ${states} states, ${commands} commands, ${secondPaths} states asked from a second path`)
      expect(findings).toEqual([])
      expect({ stuck, whole }).toEqual({ stuck: 0, whole: true })
      const known = new Set<string>(STAGES)
      expect(stages.every(([stage]) => known.has(stage))).toBe(true)
      expect(stages.length).toBeGreaterThanOrEqual(6)
    },
  )
})
