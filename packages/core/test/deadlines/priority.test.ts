import { describe, expect, it } from 'vitest'
import { priorityOf } from '../../src/index.ts'
import type { CaseState } from '../../src/index.ts'
import { CASE, person, ana, Scenario } from '../fixtures/scenario.ts'

/**
 * Some deadlines, sorted by how much harm is done when they are missed, the most harmful first.
 */
const IN_ORDER = ['embargo-end', 'release', 'acknowledge', 'fix-ready', 'update-reporter', 'retrospective']

function rated(severity?: 'critical' | 'high' | 'moderate' | 'low', attacked = false): CaseState {
  const scenario = new Scenario().opens()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  if (severity !== undefined) scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity }, person(ana))
  const { case: state } = scenario.world
  if (state === undefined) throw new Error('there is no case')
  return attacked ? { ...state, cs: { ...state.cs, attacks: scenario.now } } : state
}

const priority = (state: CaseState, clock: string): number => priorityOf(state, { clock })

describe('the order of messages after a stop', () => {
  it('is defined only where it matters: the last kinds share one place', () => {
    const last = ['waiting-on-party', 'stale', 'retrospective', 'cra-final', 'archive-channel', 'of-an-older-version']
    expect(new Set(last.map((clock) => priority(rated('high'), clock))).size).toBe(1)
  })

  it('depends on the kind of message within one case', () => {
    const state = rated('high')
    const places = IN_ORDER.map((clock) => priority(state, clock))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(new Set(places).size).toBe(IN_ORDER.length)
  })

  it('puts unknown kinds last, and a clock of one branch with the others of its kind', () => {
    const state = rated('high')
    expect(priority(state, 'retrospective')).toBe(priority(state, 'a-clock-to-come'))
    expect(priority(state, 'a-clock-to-come')).toBeGreaterThan(priority(state, 'update-reporter'))
    expect(priority(state, 'reporter-verification/4.2')).toBe(priority(state, 'reporter-verification'))
  })

  it('puts attacked cases first, then goes by severity, whatever the kind', () => {
    const cases = [rated('low', true), rated('critical'), rated('high'), rated('moderate'), rated('low')]
    const ends = cases.map((state) => [priority(state, IN_ORDER[0] ?? ''), priority(state, 'a-clock-to-come')])
    expect(ends.flat()).toEqual(ends.flat().toSorted((a, b) => a - b))
    expect(new Set(ends.flat()).size).toBe(2 * cases.length)
  })

  it('treats an unrated case as high', () => {
    expect(priority(rated(), 'acknowledge')).toBe(priority(rated('high'), 'acknowledge'))
  })
})
