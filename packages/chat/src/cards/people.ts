import { isAway, PersonId, personOf, returnTime } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import type { Card } from '@embargo/engine'
import type { CaseCall } from '../chat-command.ts'
import { nameOf } from '../people/names.ts'
import { timeThisYear } from '../text/times.ts'
import { buildCard, notificationOf } from './card.ts'
import { possibleActions } from './possible-actions.ts'
import { joined, line, strong } from './spans.ts'
import type { LineParts } from './spans.ts'

/** Shows who is on the case and in which role, who was invited, and who has a conflict of interest. */
export function peopleCard(call: CaseCall<unknown>): Card {
  const { state } = call.case
  return buildCard({
    kind: 'notice',
    title: `${state.id} · people`,
    lines: [
      ...idsOf(state.people).map((id) => line(...joined(partsOf(call, id), ' · '))),
      ...idsOf(state.invited).map((id) =>
        line(...named(call, id), ` · invited as ${state.invited?.[id]}, has not answered`),
      ),
      ...idsOf(state.conflicts).map((id) => line(...named(call, id), ' · has a conflict of interest')),
    ],
    actions: possibleActions(call, [
      { verb: 'people.invite', label: 'Invite' },
      { verb: 'people.handoff', label: 'Hand the case over' },
      { verb: 'people.remove', label: 'Remove' },
      { verb: 'people.conflict', label: 'Conflict of interest' },
    ]),
    notification: notificationOf(state),
  })
}

const idsOf = (people: Readonly<Record<string, unknown>> = {}): readonly PersonId[] =>
  Object.keys(people).map((id) => PersonId.parse(id))

const named = ({ engine }: CaseCall<unknown>, id: PersonId): LineParts => [strong(nameOf(engine.policy.policy, id))]

function partsOf(call: CaseCall<unknown>, id: PersonId): readonly LineParts[] {
  const { state } = call.case
  const { at } = call.invocation
  const person = personOf(call.engine.policy.policy, id) ?? { id }
  return [
    named(call, id),
    [roleOf(state, id)],
    state.coordinator === id ? ['looks after it'] : [],
    isAway(state, person, at) ? ['away until ', timeThisYear(returnTime(state, person, at))] : [],
  ]
}

const roleOf = ({ people }: CaseState, id: PersonId): string => people[id] ?? ''
