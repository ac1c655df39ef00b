import type { CaseState, Report } from '../case/state.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { PersonId } from '../shared/ids.ts'
import { isInvited } from './seated.ts'

/**
 * Whoever holds no seat in one case must not learn of it through another: what is merged into a case, divided from one or
 * follows it tells of the same. Whoever wrote a report that comes is on the other side of the table. They come first, so that they are out of the channel before anything is said in it.
 */
export function keptOut(from: CaseState, into: CaseState, coming: readonly Report[]): readonly CaseEvent[] {
  const conflicts = namesIn(from.conflicts).filter((id) => into.conflicts?.[id] === undefined)
  const isOn = (id: PersonId): boolean =>
    (into.people[id] !== undefined || isInvited(into, id)) && !conflicts.includes(id)
  const removed = namesIn(from.removed).filter(isOn)
  const wrote = new Set(coming.flatMap(({ person }) => (person === undefined ? [] : [person])).filter(isOn))
  return [
    ...conflicts.map((person): CaseEvent => declared(person, from)),
    ...removed
      .filter((person) => !wrote.has(person))
      .map((person): CaseEvent => ({ type: 'PersonRemoved', person, reason: `removed from ${from.id}` })),
    ...[...wrote].map((person): CaseEvent => ({
      type: 'PersonRemoved',
      person,
      reason: `a report from ${from.id} came in their name`,
    })),
  ]
}

/** Those who are on a new case from its beginning, without whoever is kept out of the one that it comes from. */
export function withoutKeptOut(invited: readonly CaseEvent[], from: CaseState): readonly CaseEvent[] {
  const out = new Set<string>([...namesIn(from.conflicts), ...namesIn(from.removed)])
  return [
    ...invited.filter((event) => event.type !== 'PersonInvited' || !out.has(event.person)),
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
