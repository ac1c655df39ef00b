import type { CaseState, Report } from '../../state/state.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import type { Policy } from '../../policy/schema.ts'
import { PersonId } from '../../shared/ids.ts'
import { possibleAliases, matchingPerson } from '../../state/people/same-person.ts'
import { isInvited } from '../../state/people/seated.ts'

type People = Pick<Policy, 'people'>

/**
 * Whoever holds no seat in one case must not learn of it through another: what is merged into a case, divided from one or
 * follows it tells of the same. Whoever wrote a report that comes is on the other side of the table. They come first, so
 * that they are out of the channel before anything is said in it, and with them whoever may be one of them.
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
    [...conflicts, ...authors, ...namesIn(from.removed)].flatMap((who) =>
      possibleAliases(policy, { ...into.people, ...into.invited }, who)
        .filter((id) => !named.has(id))
        .map((id) => [id, who] as const),
    ),
  )
  return [
    ...conflicts.map((person): CaseEvent => declared(person, from)),
    ...removed.map((person): CaseEvent => ({ type: 'PersonRemoved', person, reason: `removed from ${from.id}` })),
    ...[...wrote].map((person): CaseEvent => ({
      type: 'PersonRemoved',
      person,
      reason: `a report from ${from.id} came in their name`,
    })),
    ...[...doubted].map(([person, mayBe]): CaseEvent => ({ type: 'PersonRemoved', person, mayBe })),
  ]
}

/** The first people of a new case, without anyone who is, or may be, excluded from the case that it comes from. */
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
