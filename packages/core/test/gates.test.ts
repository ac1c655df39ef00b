import { describe, expect, it } from 'vitest'
import { instant, MessageId, PersonId, ReporterId } from '../src/index.ts'
import type { GateId, PersonRequest } from '../src/index.ts'
import { ana, ben, BLOB, CASE, DAY, OTHER_HASH, person, policyOf, RELEASE, Scenario } from './scenario.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }
const prenotify = (at = RELEASE): PersonRequest => ({ verb: 'prenotify', case: CASE, at, shown })
const opened = () => new Scenario().opens()
const acked = () => {
  const scenario = opened()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  return scenario
}
const withoutKey = (consented: string | undefined) =>
  policyOf('team', {
    prenotification: {
      lead: { critical: '3 days', high: '7 days', moderate: '7 days', low: '7 days' },
      lists: [
        {
          id: 'd',
          name: 'D',
          recipients: [
            { id: 'n', name: 'North', address: 'n@north.example', ...(consented === undefined ? {} : { consented }) },
          ],
        },
      ],
    },
  })

type Row = { gate: GateId; given: () => Scenario; request: PersonRequest; by: PersonId; says: string }

const ROWS: readonly Row[] = [
  {
    gate: 'role',
    given: opened,
    request: { verb: 'ack', case: CASE },
    by: PersonId.parse('mallory'),
    says: 'belongs to no person',
  },
  {
    gate: 'on-the-case',
    given: () => {
      const policy = policyOf()
      const scenario = new Scenario({ ...policy, people: policy.people.filter((one) => one.id !== ben) }).opens()
      return Object.assign(scenario, { policy })
    },
    request: { verb: 'ack', case: CASE },
    by: ben,
    says: 'not among the people',
  },
  {
    gate: 'not-the-reporter',
    given: () => {
      const scenario = new Scenario()
      scenario.does({
        verb: 'open-case',
        case: CASE,
        project: 'quillmark',
        message: MessageId.parse('m'),
        receivedAt: scenario.now,
        reporter: ReporterId.parse('r'),
        identity: { address: 'ben@quillmark.example' },
        person: ben,
        trust: 'nothing-proven',
        automatic: false,
      })
      return scenario
    },
    request: { verb: 'ack', case: CASE },
    by: ben,
    says: 'You reported this',
  },
  {
    gate: 'acknowledged',
    given: opened,
    request: { verb: 'affects', case: CASE, branch: 'main', affected: true },
    by: ana,
    says: 'Nobody has acknowledged',
  },
  {
    gate: 'validity-decided',
    given: acked,
    request: { verb: 'affects', case: CASE, branch: 'main', affected: true },
    by: ana,
    says: 'Nobody has decided',
  },
  {
    gate: 'severity-rated',
    given: () => {
      const scenario = acked()
      scenario.does({ verb: 'triage', case: CASE, disposition: 'valid' }, person(ana))
      return scenario
    },
    request: { verb: 'assign-patch', case: CASE, to: ben, branches: [] },
    by: ana,
    says: 'severity is not rated',
  },
  {
    gate: 'remediator-willing',
    given: () => {
      const scenario = acked()
      scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'low' }, person(ana))
      scenario.does({ verb: 'affects', case: CASE, branch: 'main', affected: true }, person(ana))
      return scenario
    },
    request: { verb: 'assign-patch', case: CASE, to: 'reporter', branches: [] },
    by: ana,
    says: 'no yes is logged',
  },
  {
    gate: 'patch-submitted',
    given: () => {
      const scenario = acked()
      scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'low' }, person(ana))
      scenario.does({ verb: 'affects', case: CASE, branch: 'main', affected: true }, person(ana))
      scenario.does({ verb: 'assign-patch', case: CASE, to: ben, branches: [] }, person(ana))
      return scenario
    },
    request: { verb: 'confirm', case: CASE, branch: 'main', fixed: true },
    by: ana,
    says: 'No patch for main',
  },
  {
    gate: 'verifier-is-not-author',
    given: () => new Scenario().untilPatch(),
    request: { verb: 'confirm', case: CASE, fixed: true },
    by: ben,
    says: 'You wrote this patch',
  },
  {
    gate: 'verifier-is-not-author',
    given: () => new Scenario(policyOf('solo')).untilPatch(),
    request: { verb: 'confirm', case: CASE, fixed: true },
    by: ana,
    says: 'You wrote this patch',
  },
  {
    gate: 'reporter-verified',
    given: () => new Scenario().untilPatch(),
    request: { verb: 'confirm', case: CASE, fixed: true },
    by: ana,
    says: 'has until',
  },
  {
    gate: 'reporter-verified',
    given: () => new Scenario().untilPatch().wait(4 * DAY),
    request: { verb: 'confirm', case: CASE, fixed: true },
    by: ana,
    says: 'takes a reason',
  },
  {
    gate: 'fix-ready',
    given: () => new Scenario().untilPatch(),
    request: prenotify(),
    by: ana,
    says: 'The patch for main has no verification.',
  },
  {
    gate: 'inside-embargo',
    given: () => new Scenario().untilReady(),
    request: prenotify(instant(Date.UTC(2026, 8, 1, 14, 0))),
    by: ana,
    says: 'after the embargo',
  },
  {
    gate: 'lead-time',
    given: () => new Scenario().untilReady(),
    request: prenotify(instant(Date.UTC(2026, 4, 6, 14, 0))),
    by: ana,
    says: 'promised 7 days',
  },
  {
    gate: 'release-window',
    given: () => new Scenario().untilReady(),
    request: prenotify(instant(Date.UTC(2026, 4, 16, 14, 0))),
    by: ana,
    says: 'Releases come',
  },
  {
    gate: 'one-live-release',
    given: () => new Scenario().untilPrenotified(RELEASE),
    request: prenotify(),
    by: ana,
    says: 'went out already',
  },
  {
    gate: 'release-date',
    given: () => new Scenario().untilPrenotified(RELEASE),
    request: { verb: 'disclose', case: CASE, shown },
    by: ana,
    says: 'is not reached',
  },
  {
    gate: 'release-date',
    given: () => new Scenario().untilReady(),
    request: { verb: 'disclose', case: CASE, shown },
    by: ana,
    says: 'no release date is set',
  },
  {
    gate: 'nothing-public',
    given: () => {
      const scenario = new Scenario().untilPrenotified(RELEASE)
      scenario.now = RELEASE
      scenario.does({ verb: 'disclose', case: CASE, shown }, person(ana))
      scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
      const state = scenario.world.case
      if (state !== undefined) {
        const { release: _none, ...alone } = state
        scenario.states.set(CASE, alone)
      }
      return scenario
    },
    request: prenotify(),
    by: ana,
    says: 'public already',
  },
  {
    gate: 'embargo-active',
    given: () => {
      const scenario = new Scenario().untilReady()
      const state = scenario.world.case
      if (state !== undefined)
        scenario.states.set(CASE, { ...state, em: { is: 'exited', reason: 'expired', at: scenario.now } })
      return scenario
    },
    request: prenotify(),
    by: ana,
    says: 'No embargo is in force',
  },
  {
    gate: 'recipient-consent',
    given: () => new Scenario(withoutKey(undefined)).untilReady(),
    request: prenotify(),
    by: ana,
    says: 'n never agreed',
  },
  {
    gate: 'recipient-keys',
    given: () => new Scenario(withoutKey('2026-01-01')).untilReady(),
    request: prenotify(),
    by: ana,
    says: 'n has no key',
  },
  {
    gate: 'second-person',
    given: () => {
      const scenario = new Scenario().untilReady()
      scenario.does(prenotify(), person(ana))
      return scenario
    },
    request: { verb: 'approve', case: CASE, shown },
    by: ana,
    says: 'second person',
  },
]

describe('gates', () => {
  it.each(ROWS)('$gate refuses $request.verb: $says', ({ gate, given, request, by, says }) => {
    const scenario = given()
    const before = scenario.log.length
    const refusal = scenario.refused(request, person(by))
    expect([refusal.gate, refusal.because]).toEqual([gate, expect.stringContaining(says)])
    expect(refusal.liftedBy.length).toBeGreaterThan(0)
    expect(scenario.log).toHaveLength(before)
  })
})
