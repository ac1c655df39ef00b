import { ApprovalId, EffectId, instant, later } from '../../src/index.ts'
import type { TwoPeopleRequest } from '../../src/events/case/two-people.ts'
import { ana, ben, DAY, HOUR, policyOf, START } from '../fixtures/scenario.ts'
import { DATE, ONE, MultiCaseScenario, TWO } from '../fixtures/multi-case-scenario.ts'
import { BEGUN, CLOSED } from './common.ts'
import type { Row } from './row.ts'
import {
  after,
  cem,
  prenotifyingCase,
  patchedCase,
  readyCase,
  receivedCase,
  PREVIEW,
  soloPolicy,
  teamOfThree,
  twoAdmins,
} from './states.ts'

const SATURDAY = instant(Date.UTC(2026, 4, 16, 14, 0))
const LINK = 'https://forum.example/thread/1'
const asked = (policy = teamOfThree) =>
  after(receivedCase(policy), { verb: 'signal.public', case: ONE, link: LINK, shown: PREVIEW })
const approve = () => ({ verb: 'approve', case: ONE, approval: ApprovalId.parse(`${ONE}/a1`), shown: PREVIEW }) as const
const no = () =>
  ({ verb: 'approve.no', case: ONE, approval: ApprovalId.parse(`${ONE}/a1`), reason: 'an older one' }) as const
const longer = (days: number) =>
  ({ verb: 'embargo.extend', case: ONE, end: later(START, days * DAY), reason: 'a rewrite', shown: PREVIEW }) as const
/** Two signals wait for approval. */
const twice = () => after(asked(), { verb: 'signal.attack', case: ONE, shown: PREVIEW })
/** The requester was removed from the case. */
const voided = () =>
  after(after(receivedCase(twoAdmins), longer(150)), { verb: 'people.remove', case: ONE, person: ana }, ben)
const waive = () =>
  ({ verb: 'waive', case: ONE, rule: 'hours', at: SATURDAY, reason: 'a fair', shown: PREVIEW }) as const

/** A policy that says who may waive the release window. */
const waivers = (who: 'nobody' | 'admin') => policyOf('team', { waivers: { ...policyOf().waivers, hours: who } })

/** A pre-notification of two cases waits for approval, and Ben was removed from the second case. */
function ofARelease(): MultiCaseScenario {
  const scenario = new MultiCaseScenario().ready(ONE, 'main').ready(TWO, '4.2').plan(TWO)
  after(scenario, { verb: 'prenotify', case: ONE, at: DATE, shown: PREVIEW })
  return scenario.happens(TWO, { type: 'PersonRemoved', person: ben })
}

/** Nobody knows whether the mail that acknowledges the report was sent. */
function lost(): MultiCaseScenario {
  const scenario = after(receivedCase(teamOfThree), { verb: 'ack', case: ONE })
  const effect = lostEffect(scenario)
  const outcome = { is: 'parked', doubt: true, because: 'the relay hung up' } as const
  return after(scenario, { verb: 'record-outcome', stream: ONE, effect, outcome })
}
function lostEffect({ effects }: MultiCaseScenario): EffectId {
  const effect = effects.findLast(({ kind }) => kind === 'send-mail')
  if (effect === undefined) throw new Error('no mail left')
  return effect.id
}

/** The pre-notification is approved, but its last mail was not sent, because the relay is gone. */
function untold(): MultiCaseScenario {
  const scenario = prenotifyingCase()
  const effect = scenario.effects.findLast((one) => one.kind === 'send-mail')
  if (effect?.kind !== 'send-mail') throw new Error('nobody is told')
  const { letter, to, stream, id } = effect
  const outcome = { is: 'parked', doubt: false, because: 'the relay is gone', letter, to } as const
  return after(scenario, { verb: 'record-outcome', stream, effect: id, outcome })
}

/** The commands with which people approve, refuse, settle or waive something. */
export const TWO_PEOPLE = {
  approve: {
    given: asked,
    asks: approve,
    by: ben,
    then: ['ApprovalGiven', 'EmbargoExited', 'VulnerabilityPublic'],
    again: { nothing: 'This is approved already.' },
    second: cem,
    refused: [
      {
        when: 'they are not on another case of the release',
        given: ofARelease,
        gate: 'on-the-case',
        facts: { case: TWO },
      },
      { by: ana, gate: 'second-person', because: 'You asked for this yourself; it takes a second person.' },
      {
        when: 'it takes a second admin',
        given: () => after(receivedCase(teamOfThree), longer(150)),
        gate: 'second-person',
        because: 'This takes the approval of a second admin.',
      },
      {
        given: () => asked(soloPolicy),
        by: ana,
        gate: 'second-person',
        because: 'The second look is possible from 2026-05-04T10:00:00.000Z on.',
      },
      {
        given: () => asked(soloPolicy).wait(HOUR),
        by: ana,
        gate: 'second-person',
        because: 'For the second look, type the case number.',
      },
      { given: receivedCase, because: 'Nothing waits for approval.' },
      { asks: () => ({ verb: 'approve', case: ONE }), because: 'Nothing was shown yet.' },
      {
        given: twice,
        asks: () => ({ verb: 'approve', case: ONE, shown: PREVIEW }),
        because: 'Several requests wait for approval, so name one of them.',
      },
      { given: voided, because: 'This request is void, because something changed since it was made.' },
      { given: () => after(asked(), no(), cem), because: 'This is refused already.' },
    ],
  },
  'approve.no': {
    given: asked,
    asks: no,
    by: ben,
    then: ['ApprovalRefused', 'SignalRefused'],
    again: { nothing: 'This is refused already.' },
    second: cem,
    refused: [
      { given: receivedCase, because: 'Nothing waits for approval.' },
      {
        given: twice,
        asks: () => ({ verb: 'approve.no', case: ONE, reason: 'an older one' }),
        because: 'Several requests wait for approval, so name one of them.',
      },
      { given: voided, because: 'This request is void, because something changed since it was made.' },
      { given: () => after(asked(), approve(), cem), because: 'This is approved already.' },
    ],
  },
  settle: {
    given: lost,
    asks: (scenario) => ({ verb: 'settle', case: ONE, effect: lostEffect(scenario), outcome: 'went' }),
    then: ['DoubtSettled'],
    again: { because: 'Nothing of that name waits for a decision.' },
    refused: [
      {
        asks: () => ({ verb: 'settle', case: ONE, effect: EffectId.parse('none'), outcome: 'went' }),
        because: 'Nothing of that name waits for a decision.',
      },
      {
        asks: (scenario) => ({ verb: 'settle', case: ONE, effect: lostEffect(scenario), outcome: 'withdrawn' }),
        gate: 'fits-the-stage',
        because: 'Only advance notice of a publication can be withdrawn, and this mail is something else.',
      },
      {
        given: untold,
        asks: (scenario) => ({ verb: 'settle', case: ONE, effect: lostEffect(scenario), outcome: 'withdrawn' }),
        gate: 'fits-the-stage',
        because:
          'Nothing is public, no attacks are observed and the embargo is in force, so this mail is still needed.',
      },
    ],
  },
  waive: {
    given: readyCase,
    asks: waive,
    then: ['ApprovalRequested'],
    again: { nothing: 'This waits for approval already.' },
    preview: [
      'The rule “hours” is waived for the release on 2026-05-16T14:00:00.000Z.',
      'The rule: Releases come out when people are at work to install them.',
      'The reason: a fair',
      'This waiver covers nothing else, and the status of the case always shows it.',
    ],
    approved: ['ApprovalGiven', 'GateWaived'],
    afterwards: { nothing: 'This is waived already, for the release on 2026-05-16T14:00:00.000Z.' },
    refused: [
      CLOSED,
      BEGUN,
      {
        given: () => readyCase(waivers('nobody')),
        because:
          'This policy lets nobody waive the rule “hours”: Releases come out when people are at work to install them.',
      },
      {
        given: () => readyCase(waivers('admin')),
        by: ben,
        gate: 'role',
        because: 'Under this policy, only an admin can ask for a waiver of hours.',
      },
      {
        asks: () => ({ verb: 'waive', case: ONE, rule: 'hours', reason: 'a fair', shown: PREVIEW }),
        because: 'No release date is named. Name the refused date with --at.',
      },
      {
        asks: () => ({ verb: 'waive', case: ONE, rule: 'notice', reason: 'a fair', shown: PREVIEW }),
        because: 'This waiver is for a date that is too soon for the promised notice. Name the refused date with --at.',
      },
      {
        asks: () => ({ verb: 'waive', case: ONE, rule: 'reporter-check', reason: 'silent', shown: PREVIEW }),
        because: 'Either no patch waits for the reporter, or several do. If several do, name the branch.',
      },
      {
        asks: () => ({ verb: 'waive', case: ONE, rule: 'plain-text', reason: 'silent', shown: PREVIEW }),
        because:
          'This waiver cannot help: either every recipient has a key or accepts plain text, or a recipient on linux-distros has no key, and that list takes only encrypted mail.',
      },
      {
        asks: () => ({ verb: 'waive', case: ONE, rule: 'credit', reason: 'nobody answers', shown: PREVIEW }),
        because: 'Every reporter who can be reached was asked how to be credited, so there is nothing to waive.',
      },
      {
        asks: () => ({ verb: 'waive', case: ONE, rule: 'fix', reason: 'no time', shown: PREVIEW }),
        because: 'No branch waits for its fix.',
      },
      {
        given: () => after(patchedCase(), { verb: 'triage.affects', case: ONE, branch: '4.2', affected: true }),
        asks: () => ({ verb: 'waive', case: ONE, rule: 'fix', reason: 'no time', shown: PREVIEW }),
        because: 'Several branches wait for their fix, so name one of them.',
      },
      {
        asks: () => ({ verb: 'waive', case: ONE, rule: 'fix', branch: '4.2', reason: 'no time', shown: PREVIEW }),
        because: '4.2 is not an affected and supported branch.',
      },
      {
        asks: () => ({ verb: 'waive', case: ONE, rule: 'fix', branch: 'main', reason: 'no time', shown: PREVIEW }),
        because: 'The patch for main is verified.',
      },
      {
        given: patchedCase,
        asks: () => ({ verb: 'waive', case: ONE, rule: 'fix', reason: 'no time', shown: PREVIEW }),
        gate: 'fix',
        because: 'main is the last branch, and a release must fix at least one.',
      },
    ],
  },
} satisfies { readonly [V in TwoPeopleRequest['verb']]: Row<V> }
