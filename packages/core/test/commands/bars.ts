import type { Actor, Event, GateId, PersonId, PersonRequest, PersonVerb } from '../../src/index.ts'
import { MessageId, ReporterId, ReportId } from '../../src/index.ts'
import { CEM, cem } from '@embargo/testkit/policy'
import { person } from '../fixtures/scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'

/** A reason that bars a person from every command. */
export type Bar = {
  readonly when: string
  readonly gate: GateId
  /** Sets up the bar, and returns the person who then makes the request. */
  readonly bars: (scenario: MultiCaseScenario, request: PersonRequest, by: PersonId) => Actor
}

/** Sets up a bar with one event. `by` is the person who then makes the request. */
const afterwards =
  (event: (by: PersonId) => Event): Bar['bars'] =>
  (scenario, request, by) => {
    scenario.happens(request.case, event(by))
    return person(by)
  }

export const BARS: readonly Bar[] = [
  {
    when: 'an account that belongs to nobody',
    gate: 'role',
    bars: () => ({ kind: 'person', platform: 'terminal', account: 'mallory' }),
  },
  {
    when: 'an observer',
    gate: 'role',
    bars: (scenario, request) => {
      const others = scenario.policy.people.filter(({ id }) => id !== cem)
      scenario.policy = { ...scenario.policy, people: [...others, { ...CEM, id: cem, roles: ['observer'] }] }
      if (scenario.states.has(request.case))
        scenario.happens(request.case, { type: 'PersonInvited', person: cem, role: 'observer' })
      return person(cem)
    },
  },
  {
    when: 'the reporter',
    gate: 'not-the-reporter',
    bars: (scenario, request, by) =>
      afterwards(() => ({
        type: 'ReportAttached',
        report: ReportId.parse(`${request.case}/r9`),
        reporter: ReporterId.parse('rep-9'),
        identity: { $personal: ReporterId.parse('rep-9'), value: { address: 'somebody@quillmark.example' } },
        message: MessageId.parse('mail-of-ours'),
        receivedAt: scenario.now,
        person: by,
        answerable: false,
      }))(scenario, request, by),
  },
  {
    when: 'a person with a conflict of interest',
    gate: 'no-conflict',
    bars: afterwards((by) => ({ type: 'ConflictDeclared', person: by, reason: 'works for the vendor' })),
  },
  {
    when: 'a person who was removed from the case',
    gate: 'on-the-case',
    bars: afterwards((by) => ({ type: 'PersonRemoved', person: by })),
  },
]

type Exception = { readonly verb: PersonVerb; readonly when: readonly string[]; readonly why: string }

/** Commands to which a bar does not apply, each with the reason. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    verb: 'open',
    when: ['the reporter', 'a person with a conflict of interest', 'a person who was removed from the case'],
    why: 'there is no case yet in which that could be so',
  },
  {
    verb: 'people.consent',
    when: ['an observer'],
    why: 'a person who is invited to a case answers for themself in any role',
  },
]

export const barApplies = (verb: PersonVerb, { when }: Bar): boolean =>
  !EXCEPTIONS.some((one) => one.verb === verb && one.when.includes(when))
