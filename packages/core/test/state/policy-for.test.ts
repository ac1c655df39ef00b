import { describe, expect, it } from 'vitest'
import { clocks, Duration, inReleaseWindow, later } from '../../src/index.ts'
import type { Policy, PolicySource } from '../../src/index.ts'
import {
  ana,
  ben,
  BLOB,
  CASE,
  DAY,
  OTHER_HASH,
  person,
  policyOf,
  RELEASE,
  Scenario,
  START,
} from '../fixtures/scenario.ts'

type ProjectSettings = NonNullable<PolicySource['projects'][number]['policy']>

/** The usual policy, in which the only project overrides these settings. */
function withProject(settled: ProjectSettings, people?: readonly string[]): Policy {
  const [project] = policyOf().projects
  if (project === undefined) throw new Error('no project')
  const own = { ...project, policy: settled, ...(people === undefined ? {} : { people: [...people] }) }
  return policyOf('team', { projects: [own] })
}

const dueOf = (scenario: Scenario, name: string) =>
  clocks(scenario.policy, scenario.world).find(({ clock }) => clock === name)?.due

const shown = { digest: OTHER_HASH, blob: BLOB }

describe('what a project settles for itself', () => {
  it('is who works on its cases', () => {
    const scenario = new Scenario(withProject({}, ['ana'])).opens()
    expect(Object.keys(scenario.world.case?.people ?? {})).toEqual([ana])
    expect(scenario.refused({ verb: 'ack', case: CASE }, person(ben))).toMatchObject({ gate: 'on-the-case' })
  })

  it('is how long secrecy lasts, from the receipt on', () => {
    const scenario = new Scenario(withProject({ embargo: { standing: '45 days' } })).opens()
    expect(scenario.world.case?.em).toMatchObject({ is: 'active', end: later(START, 45 * DAY) })
  })

  it('is its deadlines and its working days', () => {
    const settled: ProjectSettings = {
      clocks: { decideValidity: '2 working days' },
      calendar: { workingDays: ['mon', 'thu'] },
    }
    const scenario = new Scenario(withProject(settled)).opens()
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    expect(dueOf(scenario, 'decide-validity')).toBe(later(START, 7 * DAY))
  })

  it('is its release window, in the refusal and in what it proposes', () => {
    const settled: ProjectSettings = {
      calendar: { zone: 'Europe/Berlin' },
      releaseWindow: { days: ['fri'], from: '09:00', to: '10:00' },
    }
    const scenario = new Scenario(withProject(settled)).untilReady()
    const refusal = scenario.refused({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ana))
    expect(refusal).toMatchObject({
      gate: 'hours',
      because: 'Releases come on Friday, from 09:00 to 10:00 Europe/Berlin.',
    })
    // The next three release windows, each in UTC and in the time zone of the calendar.
    expect(refusal.liftedBy[0]?.how).toBe(
      'names one of the next possible times: 2026-05-15T07:00:00.000Z (09:00 in Europe/Berlin), 2026-05-22T07:00:00.000Z (09:00 in Europe/Berlin), 2026-05-29T07:00:00.000Z (09:00 in Europe/Berlin)',
    )
    expect(inReleaseWindow(scenario.policy, RELEASE)).toBe(true)
  })
})

describe('what a list asks for', () => {
  const listsWith = (more: Partial<Policy['prenotification']['lists'][number]>): Policy => {
    const policy = policyOf()
    const lists = policy.prenotification.lists.map((list) => ({ ...list, ...more }))
    return { ...policy, prenotification: { ...policy.prenotification, lists } }
  }
  const refused = (policy: Policy) =>
    new Scenario(policy).untilReady().refused({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ana))

  it('is a lead of its own', () => {
    expect(refused(listsWith({ lead: Duration.parse('9 days') }))).toMatchObject({
      gate: 'notice',
      facts: { needed: 9, given: 8 },
    })
  })

  it('is a secret kept no longer than so many days, with the dates that fit', () => {
    const refusal = refused(listsWith({ mostDays: 4, lead: Duration.parse('2 days') }))
    expect(refusal).toMatchObject({ gate: 'notice', facts: { most: 4, given: 8 } })
    expect(refusal.because).toContain('keeps a secret for at most 4 days')
  })

  it('is a limit to grave cases: nobody is told about the others', () => {
    const scenario = new Scenario(listsWith({ severities: ['critical'] })).untilPrenotified(RELEASE)
    expect(scenario.world.release?.prenotified).toEqual([])
  })
})
