import type { CaseState, Report } from '../../state/state.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import type { Policy } from '../../policy/schema.ts'
import { PersonId } from '../../shared/ids.ts'
import { possibleAliases, matchingPerson } from '../../state/people/same-person.ts'
import { isInvited } from '../../state/people/access.ts'

type People = Pick<Policy, 'people'>

/**
 * The events that exclude people from the case `into` when reports move to it from the case `from`, or when `into`
 * follows `from`. They exclude people who have a conflict of interest in the case `from` or were removed from that
 * case, team members in whose name one of the moved reports came, and people who may be the same human as one of these.
 * The events come before all others, because the channel must not show the excluded people anything about the reports.
 */
export function exclusions(
  policy: People,
  { from, into, coming }: { readonly from: CaseState; readonly into: CaseState; readonly coming: readonly Report[] },
): readonly CaseEvent[] {
  const conflicts = namesIn(from.conflicts).filter((id) => into.conflicts?.[id] === undefined)
  const isOn = (id: PersonId): boolean =>
    (into.people[id] !== undefined || isInvited(into, id)) && !conflicts.includes(id)
  const authors = coming.flatMap(({ person }) => (person === undefined ? [] : [person]))
  const wrote = new Set(authors.filter(isOn))
  const removed = namesIn(from.removed).filter((id) => isOn(id) && !wrote.has(id))
  const named = new Set<PersonId>([...conflicts, ...wrote, ...removed])
  const doubted = new Map(
    [...conflicts, ...authors, ...namesIn(from.removed)].flatMap((person) =>
      possibleAliases(policy, { ...into.people, ...into.invited }, person)
        .filter((id) => !named.has(id))
        .map((id) => [id, person] as const),
    ),
  )
  return [
    ...conflicts.map((person): CaseEvent => declared(person, from)),
    ...removed.map((person): CaseEvent => ({ type: 'PersonRemoved', person, reason: `removed from ${from.id}` })),
    ...[...wrote].map((person): CaseEvent => ({
      type: 'PersonRemoved',
      person,
      reason: `a report in ${from.id} was sent in their name`,
    })),
    ...[...doubted].map(([person, mayBe]): CaseEvent => ({ type: 'PersonRemoved', person, mayBe })),
  ]
}

/**
 * Filters the events that invite the first people to a new case. It leaves out people who have a conflict of interest
 * in the case `from` or were removed from that case, and everybody who may be the same human as such a person. It also
 * records the conflicts of interest in the new case.
 */
export function withoutExcluded(policy: People, invited: readonly CaseEvent[], from: CaseState): readonly CaseEvent[] {
  const out = [...namesIn(from.conflicts), ...namesIn(from.removed)]
  return [
    ...invited.filter(
      (event) => event.type !== 'PersonInvited' || matchingPerson(policy, out, event.person) === undefined,
    ),
    ...namesIn(from.conflicts).map((person) => declared(person, from)),
  ]
}

const declared = (person: PersonId, { id }: CaseState): CaseEvent => ({
  type: 'ConflictDeclared',
  person,
  reason: `declared in ${id}`,
})

const namesIn = (people: Readonly<Record<string, unknown>> = {}): readonly PersonId[] =>
  Object.keys(people).map((id) => PersonId.parse(id))
