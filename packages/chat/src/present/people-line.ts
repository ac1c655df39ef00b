import { assertNever, policyFor, teamShortage } from '@embargo/core'
import type { CasePeopleEvent, CaseState, Instant, Policy } from '@embargo/core'
import { code, strong } from '../cards/spans.ts'
import type { LineParts } from '../cards/spans.ts'
import { nameOf } from '../people/names.ts'
import { timeThisYear } from '../text/times.ts'
import { typedAt } from '../usage.ts'
import type { TypedPlace } from '../usage.ts'
import { noteEnding } from './note-ending.ts'

/** The events about people on the case that are shown as one line. */
type PeopleEvent = Exclude<CasePeopleEvent, { type: 'StrangerNoticed' }>

type PeopleContext = {
  readonly who: string
  readonly policy: Policy
  readonly at: Instant
  readonly where: TypedPlace
}

/** Lines about people. The reason why somebody left is private: it is in the log, but the channel does not show it. */
export function peopleLine(event: PeopleEvent, { who, policy, at, where }: PeopleContext): LineParts {
  switch (event.type) {
    case 'PersonInvited':
      return event.consent === 'asked'
        ? [
            `${who} invited ${nameOf(policy, event.person)} to the case as ${event.role}. They see nothing of it before they agree to the embargo.`,
          ]
        : [`${nameOf(policy, event.person)} is on the case as ${event.role}.`]
    case 'ConsentGiven':
      return [`${nameOf(policy, event.person)} agreed to the embargo, and is on the case.`]
    case 'ConsentDeclined':
      return [`${nameOf(policy, event.person)} did not agree to the embargo, and saw nothing of the case.`]
    case 'PersonAway':
      if (event.until <= at) return [`${nameOf(policy, event.person)} is back.`]
      return [
        `${nameOf(policy, event.person)} is away from `,
        timeThisYear(event.from),
        ' until ',
        timeThisYear(event.until),
        '. Until then, their tasks go to the next in line.',
      ]
    case 'PersonRemoved':
      if (event.mayBe !== undefined)
        return [
          `${nameOf(policy, event.person)} may be another account of ${nameOf(policy, event.mayBe)}, who must not see this case. So ${nameOf(policy, event.person)} is off this case too. If they are different people, another admin records that with `,
          code(`embargo people apart ${event.mayBe} ${event.person}`),
          `. Then invite ${nameOf(policy, event.person)} again: `,
          code(typedAt(where, 'people invite')),
        ]
      return [
        `${who}: ${nameOf(policy, event.person)} is off this case, and sees nothing of it from now on. Their approval requests are void; their signals remain in force.`,
      ]
    case 'ConflictDeclared':
      return [
        `${who}: ${nameOf(policy, event.person)} has a conflict of interest, and can no longer act or approve in this case.`,
      ]
    case 'HandoffOffered':
      return [
        `${who} offers the case to ${nameOf(policy, event.to)}. Its coordinator stays the same until they take it`,
        ...noteEnding(event.note),
      ]
    case 'HandoffAccepted':
      return [
        event.from === undefined
          ? `${who} took the case and coordinates it now.`
          : `${who} took the case over from ${nameOf(policy, event.from)} and coordinates it now.`,
      ]
    case 'CoordinatorSet':
      return [`${nameOf(policy, event.person)} coordinates this case.`]
    case 'PersonKnownAs':
      return [
        `${nameOf(policy, event.is)} has two accounts but counts as one person, even for what each account did before.`,
      ]
    case 'StrangerLeft':
      return []
    default:
      return assertNever(event)
  }
}

/** The warning that fewer people are on the case than the policy requires, so nobody could approve a publication. */
export function tooFewLine(policy: Policy, state: CaseState, where: TypedPlace): LineParts {
  const few = teamShortage(policyFor(policy, state), state)
  if (few === undefined) return []
  const names = few.left.map(({ name }) => name).join(', ')
  const admins = few.admins.map(({ name }) => name).join(' or ')
  return [
    strong(`${names === '' ? 'Nobody' : `Only ${names}`} is left, and publishing needs two people.`),
    ` ${admins === '' ? 'An admin' : admins} can add a person to the policy, or invite somebody: `,
    code(typedAt(where, 'people invite')),
  ]
}
