import { describe, expect, it } from 'vitest'
import { Duration, instant, later } from '../../src/index.ts'
import type { CaseId, Instant, PersonRequest } from '../../src/index.ts'
import { changeState } from '../fixtures/clock-situations.ts'
import { ana, BLOB, CASE, DAY, HOUR, OTHER_HASH, person, Scenario, START } from '../fixtures/scenario.ts'
import { plannedRelease, ONE, TWO } from '../fixtures/multi-case-scenario.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }
const lifts = (scenario: Scenario, request: PersonRequest, by = ana): readonly string[] =>
  scenario.refused(request, person(by)).liftedBy.map(({ who, how }) => `${who} ${how}`)

describe('a date on which no release comes', () => {
  const saturday: PersonRequest = { verb: 'prenotify', case: CASE, at: instant(Date.UTC(2026, 4, 16, 14)), shown }
  const inZone = (zone: 'UTC' | 'Europe/Berlin' | undefined): readonly string[] => {
    const scenario = new Scenario().untilReady()
    const { zone: _own, ...calendar } = scenario.policy.calendar
    scenario.policy = { ...scenario.policy, calendar: { ...calendar, ...(zone === undefined ? {} : { zone }) } }
    return lifts(scenario, saturday)
  }
  const NEXT = ['2026-05-19T14:00:00.000Z', '2026-05-20T14:00:00.000Z', '2026-05-21T14:00:00.000Z']

  it.each(['UTC', undefined] as const)('is refused with the next three, in the zone of the calendar: %s', (zone) => {
    expect(inZone(zone)[0]).toBe(`any team member names one of the next possible times: ${NEXT.join(', ')}`)
  })

  it('is refused with the local time as well, if the calendar has another zone', () => {
    const [first = ''] = inZone('Europe/Berlin')
    expect(first.match(/ in Europe\/Berlin\)/g)).toHaveLength(3)
    expect(first).toContain('2026-05-19T12:00:00.000Z (')
  })
})

describe('a date on which no release comes, near the end of an embargo', () => {
  const SATURDAY = instant(Date.UTC(2026, 4, 16, 14))
  const TUESDAY = instant(Date.UTC(2026, 4, 19, 14))
  const ended = (end: Instant, now: Instant = START): string | undefined => {
    const scenario = changeState(new Scenario().untilReady(), () => ({ em: { is: 'active', end } }))
    scenario.now = now
    const { policy } = scenario
    const lists = policy.prenotification.lists.map((list) => ({ ...list, lead: Duration.parse('1 day') }))
    scenario.policy = { ...policy, prenotification: { ...policy.prenotification, lists } }
    return lifts(scenario, { verb: 'prenotify', case: CASE, at: SATURDAY, shown })[0]
  }

  it('is refused with the one instant that is left, or with the last that was not far', () => {
    expect(ended(TUESDAY)).toBe('any team member names one of the next possible times: 2026-05-19T14:00:00.000Z')
    expect(ended(later(SATURDAY, HOUR))).toBe(
      'any team member names 2026-05-14T14:00:00.000Z, the last time inside the embargo',
    )
  })

  it('is refused with a later end where that last one is now', () => {
    const now = instant(Date.UTC(2026, 4, 14, 14))
    expect(ended(later(SATURDAY, HOUR), now)).toBe('the reporter and the team agree on a later end of the embargo')
  })

  it.each([
    [ONE, TWO],
    [TWO, ONE],
  ])('counts the embargo that ends first of a release: %s before %s', (first, second) => {
    const scenario = plannedRelease()
    const ends = (id: CaseId, end: Instant): unknown =>
      scenario.states.set(id, { ...scenario.caseState(id), em: { is: 'active', end } })
    ends(first, TUESDAY)
    ends(second, later(TUESDAY, 60 * DAY))
    const moved: PersonRequest = { verb: 'release.move', case: ONE, at: SATURDAY, shown }
    expect(lifts(scenario, moved)[0]).toBe(
      'any team member names one of the next possible times: 2026-05-19T14:00:00.000Z',
    )
  })
})
