import { describe, expect, it } from 'vitest'
import { DAY, instant, later } from '../src/index.ts'
import type { GateId, Instant, PersonRequest } from '../src/index.ts'
import { ana, ben, OTHER_HASH, person } from './scenario.ts'
import { both, DATE, NEXT_WEEK, ONE, RELEASE, Several, shown, THREE, told, TWO } from './several.ts'

type Row = {
  readonly gate: GateId
  readonly because: string
  readonly given: () => Several
  readonly request: PersonRequest
  readonly by?: typeof ana
}

const notReady = () => new Several().ready(ONE, 'main').assigned(TWO, '4.2').planned(TWO)
const reporterOnTeam = () => {
  const scenario = new Several().ready(ONE, 'main').opened(TWO, ana)
  scenario.does({ verb: 'triage', case: TWO, disposition: 'valid', severity: 'high' }, person(ben))
  scenario.planned()
  scenario.does({ verb: 'release-add', case: TWO, release: RELEASE }, person(ben))
  return scenario
}

const REFUSED: readonly Row[] = [
  {
    gate: 'release-window',
    because: 'Releases come on Tuesday, Wednesday and Thursday, from 14:00 to 16:00 UTC.',
    given: () => new Several().assigned(ONE, 'main'),
    request: { verb: 'release-plan', case: ONE, at: later(DATE, -DAY) },
  },
  {
    gate: 'inside-embargo',
    because: 'is after the embargo’s end',
    given: () => new Several().assigned(ONE, 'main'),
    request: { verb: 'release-plan', case: ONE, at: later(DATE, 91 * DAY) },
  },
  {
    gate: 'lead-time',
    because: 'promised 7 days',
    given: () => new Several().assigned(ONE, 'main'),
    request: { verb: 'release-plan', case: ONE, at: instant(Date.UTC(2026, 4, 5, 14, 0)) },
  },
  {
    gate: 'one-live-release',
    because: `${ONE} is in release ${RELEASE} already.`,
    given: both,
    request: { verb: 'release-plan', case: ONE, at: NEXT_WEEK },
  },
  {
    gate: 'validity-decided',
    because: 'Nobody has decided whether the report is valid.',
    given: () => new Several().opened(ONE),
    request: { verb: 'release-plan', case: ONE, at: DATE },
  },
  {
    gate: 'makes-sense',
    because: 'There is no release REL-SEC-2026-05-19.',
    given: () => new Several().assigned(ONE, 'main'),
    request: { verb: 'release-add', case: ONE, release: RELEASE },
  },
  {
    gate: 'makes-sense',
    because: `Recipients were told what ${RELEASE} carries`,
    given: () => told().assigned(THREE, '3.9'),
    request: { verb: 'release-add', case: THREE, release: RELEASE },
  },
  {
    gate: 'fits-the-stage',
    because: `${ONE} is in no release.`,
    given: () => new Several().assigned(ONE, 'main'),
    request: { verb: 'release-drop', case: ONE },
  },
  {
    gate: 'makes-sense',
    because: `hold the patches of ${TWO}`,
    given: told,
    request: { verb: 'release-drop', case: TWO },
  },
  {
    gate: 'fix-ready',
    because: `${TWO}: 4.2 has no patch.`,
    given: notReady,
    request: { verb: 'prenotify', case: ONE, at: DATE, shown },
  },
  {
    gate: 'release-date',
    because: `${RELEASE} is planned for 2026-05-19T14:00:00.000Z`,
    given: both,
    request: { verb: 'prenotify', case: ONE, at: NEXT_WEEK, shown },
  },
  {
    gate: 'not-the-reporter',
    because: `${TWO}: You reported this vulnerability`,
    given: reporterOnTeam,
    request: { verb: 'prenotify', case: ONE, at: DATE, shown },
  },
  {
    gate: 'release-date',
    because: 'is not reached',
    given: told,
    request: { verb: 'disclose', case: ONE, shown },
  },
  {
    gate: 'fix-ready',
    because: 'main has no patch.',
    given: () =>
      new Several()
        .assigned(ONE, 'main')
        .assigned(TWO, '4.2')
        .planned(TWO)
        .wait(16 * DAY),
    request: { verb: 'disclose', case: ONE, shown },
  },
  {
    gate: 'fits-the-stage',
    because: 'Nobody was pre-notified',
    given: both,
    request: { verb: 'prenotify-update', case: ONE, shown },
  },
  {
    gate: 'fits-the-stage',
    because: 'The recipients hold the patches as they are now.',
    given: told,
    request: { verb: 'prenotify-update', case: ONE, shown },
  },
  {
    gate: 'makes-sense',
    because: 'The recipients read what changed, and nothing is said of it.',
    given: () => told().patched(TWO, OTHER_HASH).verified(TWO),
    request: { verb: 'prenotify-update', case: ONE, shown },
  },
  {
    gate: 'makes-sense',
    because: 'Nobody called nobody was pre-notified.',
    given: told,
    request: { verb: 'prenotify-acknowledged', case: ONE, recipient: 'nobody' },
  },
  {
    gate: 'release-window',
    because: 'Releases come',
    given: told,
    request: { verb: 'reschedule', case: ONE, at: later(DATE, 4 * DAY), shown },
  },
  {
    gate: 'inside-embargo',
    because: 'is after the embargo’s end',
    given: told,
    request: { verb: 'reschedule', case: ONE, at: later(DATE, 91 * DAY), shown },
  },
  {
    gate: 'lead-time',
    because: 'promised 7 days',
    given: told,
    request: { verb: 'reschedule', case: ONE, at: instant(Date.UTC(2026, 4, 7, 14, 0)), shown },
  },
  {
    gate: 'date-ahead',
    because: 'is past.',
    given: () => told().wait(2 * DAY * 8),
    request: { verb: 'reschedule', case: ONE, at: later(DATE, -DAY * 5), shown },
  },
  {
    gate: 'fits-the-stage',
    because: `${ONE} is in no release.`,
    given: () => new Several().assigned(ONE, 'main'),
    request: { verb: 'release-cancel', case: ONE, shown },
  },
]

describe('what a release refuses', () => {
  it.each(REFUSED)('$gate to $request.verb: $because', ({ gate, because, given, request, by = ana }) => {
    const refusal = given().refused(request, person(by))
    expect(refusal.gate).toBe(gate)
    expect(refusal.because).toContain(because)
    expect(refusal.liftedBy.length).toBeGreaterThan(0)
  })

  it('refuses a yes from whoever holds no seat in another of its cases, and keeps the question', () => {
    const scenario = both().asked({ verb: 'prenotify', case: ONE, at: DATE })
    const { people, ...rest } = scenario.caseState(TWO)
    const { [ben]: _left, ...without } = people
    scenario.states.set(TWO, { ...rest, people: without })
    const refusal = scenario.refused({ verb: 'approve', case: ONE, shown }, person(ben))
    expect(refusal).toMatchObject({ gate: 'on-the-case', facts: { case: TWO } })
    expect(scenario.caseState(ONE).approvals.at(-1)?.status).toBe('open')
  })
})

describe('the instants that a refused date is answered with', () => {
  const plan = (scenario: Several, at: Instant) =>
    scenario.refused({ verb: 'release-plan', case: ONE, at }, person(ana)).liftedBy
  const assigned = () => new Several().assigned(ONE, 'main')
  /** Mon 18 May 2026, 14:00 UTC */
  const MONDAY = later(DATE, -DAY)

  it('are the next three', () => {
    expect(plan(assigned(), MONDAY)).toMatchObject([
      {
        who: 'any team member',
        how: 'names one of the next instants: 2026-05-19T14:00:00.000Z, 2026-05-20T14:00:00.000Z, 2026-05-21T14:00:00.000Z',
        verb: 'release-plan',
      },
      { verb: 'waive' },
    ])
  })

  const until = (end: Instant, scenario = assigned()) => {
    scenario.states.set(ONE, { ...scenario.caseState(ONE), em: { is: 'active', end } })
    return scenario
  }

  it('are inside the embargo, or else the last one that is', () => {
    expect(plan(until(later(DATE, DAY)), MONDAY)[0]?.how).toBe(
      'names one of the next instants: 2026-05-19T14:00:00.000Z, 2026-05-20T14:00:00.000Z',
    )
    expect(plan(until(later(DATE, -DAY / 2)), MONDAY)[0]?.how).toBe(
      'names 2026-05-14T14:00:00.000Z, the last one inside the embargo',
    )
  })

  it('are none where the window opens no more before its end', () => {
    const scenario = until(later(DATE, -DAY / 2), new Several().assigned(ONE, 'main', 'low'))
    scenario.now = later(DATE, -3 * DAY)
    expect(plan(scenario, MONDAY)).toContainEqual({
      who: 'the reporter and the team',
      how: 'agree on a later end of the embargo',
      verb: 'embargo-propose',
    })
  })
})
