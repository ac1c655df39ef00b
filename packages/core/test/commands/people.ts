import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { later, MessageId, PersonId, ReporterId } from '../../src/index.ts'
import type { PeopleRequest } from '../../src/events/case/people.ts'
import { ana, ben, DAY, policyOf } from '../fixtures/scenario.ts'
import { ONE, MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'
import { CLOSED } from './common.ts'
import type { Row } from './row.ts'
import {
  acknowledgedCase,
  after,
  cem,
  receivedCase,
  soloPolicy,
  teamOfThree,
  invitedCase,
  maintainerPolicy,
} from './states.ts'

const zoe = PersonId.parse('zoe')
/** Cem is in the policy, but on no case unless he is invited. */
const withObserver = policyOf('team', { people: [ANA, BEN, CEM] })

const invite = (who = cem) => ({ verb: 'people.invite', case: ONE, person: who }) as const
const handoff = (to = ben) => ({ verb: 'people.handoff', case: ONE, to }) as const
const take = () => ({ verb: 'take', case: ONE }) as const
const remove = (who = cem) => ({ verb: 'people.remove', case: ONE, person: who, reason: 'left the firm' }) as const
const conflict = (who?: PersonId) =>
  ({
    verb: 'people.conflict',
    case: ONE,
    reason: 'works for the vendor',
    ...(who === undefined ? {} : { person: who }),
  }) as const

function reportedByCem(): MultiCaseScenario {
  const scenario = new MultiCaseScenario(maintainerPolicy)
  scenario.does({
    verb: 'open-case',
    case: ONE,
    project: 'quillmark',
    message: MessageId.parse('mail-of-cem'),
    receivedAt: scenario.now,
    reporter: ReporterId.parse('rep-cem'),
    identity: { address: 'cem@quillmark.example' },
    person: cem,
    trust: 'nothing-proven',
    automatic: false,
  })
  return scenario
}

/** The commands about the people on the case and its owner. */
export const PEOPLE = {
  'people.handoff': {
    given: () => acknowledgedCase(teamOfThree),
    asks: () => handoff(),
    then: ['HandoffOffered'],
    again: { nothing: 'It is offered to Ben already.' },
    atOnce: { gate: 'role', because: 'Ana coordinates this case, so only they can hand it over.' },
    second: cem,
    refused: [
      CLOSED,
      { by: cem, gate: 'role', because: 'Ana coordinates this case, so only they can hand it over.' },
      { asks: () => handoff(zoe), gate: 'on-the-case', because: 'zoe is not on the team of this case.' },
      {
        given: () => receivedCase(teamOfThree),
        asks: () => handoff(ana),
        because: 'You cannot offer the case to yourself.',
      },
      {
        given: () => {
          const scenario = acknowledgedCase(teamOfThree)
          return after(scenario, { verb: 'away', case: ONE, until: later(scenario.now, 5 * DAY) }, ben)
        },
        because: 'Ben is away, and would not see the offer.',
      },
    ],
    noted: [{ when: 'they coordinate it', asks: () => handoff(ana), nothing: 'Ana coordinates this case already.' }],
  },
  take: {
    given: () => after(acknowledgedCase(teamOfThree), handoff()),
    asks: take,
    by: ben,
    then: ['HandoffAccepted', 'CoordinatorSet'],
    again: { nothing: 'You coordinate this case already.' },
    atOnce: { gate: 'fits-the-stage', because: 'Ben coordinates this case.' },
    second: cem,
    refused: [
      { ...CLOSED, by: ana },
      { given: () => acknowledgedCase(teamOfThree), gate: 'fits-the-stage', because: 'Ana coordinates this case.' },
    ],
  },
  'people.remove': {
    given: () => acknowledgedCase(teamOfThree),
    asks: () => remove(),
    then: ['PersonRemoved'],
    again: { nothing: 'Cem is not on this case.' },
    refused: [
      { by: ben, gate: 'role', because: 'Only its coordinator and the admins decide who is on the case.' },
      {
        when: 'nobody would be left',
        given: () => acknowledgedCase(soloPolicy),
        asks: () => remove(ana),
        gate: 'on-the-case',
      },
    ],
  },
  'people.invite': {
    given: () => receivedCase(maintainerPolicy),
    asks: () => invite(),
    then: ['PersonInvited'],
    again: { nothing: 'Cem is invited already, and has not answered.' },
    refused: [
      CLOSED,
      { asks: () => invite(zoe), because: 'Nobody of that name is in the policy.' },
      {
        given: () => after(receivedCase(teamOfThree), conflict(), cem),
        gate: 'no-conflict',
        because: 'Cem has a conflict of interest in this case.',
      },
      {
        given: reportedByCem,
        gate: 'not-the-reporter',
        because: 'Cem reported this vulnerability, and can neither act nor approve in its case.',
      },
      {
        given: () => receivedCase(withObserver),
        asks: () => ({ ...invite(), role: 'releaser' }),
        because: 'Cem is observer in the policy, not releaser.',
      },
    ],
    noted: [{ when: 'they are on it', asks: () => invite(ben), nothing: 'Ben is on this case already.' }],
  },
  'people.consent': {
    given: invitedCase,
    asks: () => ({ verb: 'people.consent', case: ONE, agreed: true }),
    by: cem,
    then: ['ConsentGiven'],
    again: { nothing: 'You are on this case already.' },
    refused: [
      {
        asks: () => ({ verb: 'people.consent', case: ONE, agreed: false }),
        by: ben,
        because: 'You are on this case already.',
      },
    ],
  },
  away: {
    given: receivedCase,
    asks: ({ now }) => ({ verb: 'away', case: ONE, until: later(now, 5 * DAY) }),
    then: ['PersonAway'],
    again: { nothing: 'That is known already.' },
    atOnce: { events: ['PersonAway'], why: 'each says it of themself' },
    refused: [
      {
        asks: ({ now }) => ({ verb: 'away', case: ONE, until: later(now, -DAY) }),
        because: 'That time is over already.',
      },
      {
        asks: ({ now }) => ({ verb: 'away', case: ONE, until: later(now, 400 * DAY) }),
        because: 'That is more than 366 days away.',
      },
    ],
    noted: [
      {
        when: 'they are there',
        asks: () => ({ verb: 'away', case: ONE, until: 'back' }),
        nothing: 'You are not away.',
      },
    ],
  },
  'people.conflict': {
    given: () => acknowledgedCase(teamOfThree),
    asks: () => conflict(),
    by: cem,
    then: ['ConflictDeclared'],
    again: {
      gate: 'no-conflict',
      because: 'A conflict of interest is declared for you in this case, so you cannot act or approve in it.',
    },
    atOnce: { nothing: 'That is declared for Cem already.' },
    second: ana,
    asksAtOnce: () => conflict(cem),
    refused: [
      {
        asks: () => conflict(ana),
        gate: 'role',
        because: 'You can declare only your own conflict of interest; an admin can declare anybody’s.',
      },
      { asks: () => conflict(zoe), by: ana, because: 'Nobody of that name is in the policy.' },
      { when: 'nobody would be left', given: () => receivedCase(soloPolicy), by: ana, gate: 'on-the-case' },
    ],
  },
} satisfies { readonly [V in PeopleRequest['verb']]: Row<V> }
