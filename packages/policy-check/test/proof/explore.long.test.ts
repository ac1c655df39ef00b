import { describe, expect, it } from 'vitest'
import { STAGES } from '@embargo/core'
import { scenarioInWords } from './scenarios.ts'
import type { ScenarioName } from './scenarios.ts'
import { prove } from './prove.ts'

/** One in `oneIn` states is also checked from a second path. `npm run prove` checks every state from a second path. */
const SAMPLED = { seed: 20_260_504, oneIn: 8 }

/**
 * Each profile and each kind of reporter at least once. `npm run prove` explores all combinations, and also a reporter
 * from the team.
 */
const SAMPLE_SCENARIOS: readonly ScenarioName[] = [
  { profile: 'team', reporter: 'reachable' },
  { profile: 'solo', reporter: 'silent' },
  { profile: 'solo', reporter: 'unreachable' },
  { profile: 'organisation', reporter: 'absent' },
]

/**
 * Every command is tried and checked in every explored state of a case with one branch. Only states after a command of
 * the main line or after a waiver are explored further. `npm run prove` explores the rest.
 */
describe('every state that a case can reach', () => {
  it.each(SAMPLE_SCENARIOS.map((name) => [scenarioInWords(name), name] as const))(
    'keeps every rule, can be brought to its end, and allows the same on every path to it (%s)',
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

  it(
    'can be brought to its end after a correction, which leaves only with the approval that it takes',
    { timeout: 900_000 },
    () => {
      const { findings, stages, stuck, whole } = prove({
        scenario: { profile: 'solo', reporter: 'silent' },
        theme: 'corrections',
        secondPaths: SAMPLED,
      })
      expect(findings).toEqual([])
      expect({ stuck, whole }).toEqual({ stuck: 0, whole: true })
      expect(stages.map(([stage]) => stage)).toContain('disclosed')
    },
  )
})
