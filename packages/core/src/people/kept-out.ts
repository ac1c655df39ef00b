import type { CaseState } from '../case/state.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { PersonId } from '../shared/ids.ts'

/**
 * Whoever holds no seat in one case must not learn of it through another: what is merged into a case, divided from one or
 * follows it tells of the same. They come first, so that they are out of the channel before anything is said in it.
 */
export function keptOut(from: CaseState, into: CaseState): readonly CaseEvent[] {
  const conflicts = namesIn(from.conflicts).filter((id) => into.conflicts?.[id] === undefined)
  const removed = namesIn(from.removed).filter((id) => into.people[id] !== undefined && !conflicts.includes(id))
  return [
    ...conflicts.map((person): CaseEvent => declared(person, from)),
    ...removed.map((person): CaseEvent => ({ type: 'PersonRemoved', person, reason: `removed from ${from.id}` })),
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
