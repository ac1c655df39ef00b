import { personOf, reporterName } from '@embargo/core'
import type { Actor, CaseState, PersonId, Policy, Remediator } from '@embargo/core'

/** A person's name as the policy has it. */
export const nameOf = (policy: Policy, person: PersonId | undefined): string =>
  personOf(policy, person)?.name ?? person ?? 'somebody'

/** The text with a capital letter, for the beginning of a sentence. */
export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** The name of an owner. An owner that is not a person, such as `the team`, is returned unchanged. */
export const ownerName = (policy: Policy, owner: string): string =>
  policy.people.find((person) => person.id === owner)?.name ?? owner

/** A person's name, or “the reporter”. If the case has several reports, the report's number is added. */
export const remediatorName = (
  policy: Policy,
  remediator: Remediator,
  state: Pick<CaseState, 'reports'> | undefined,
): string =>
  remediator.kind === 'reporter' ? reporterName(state, remediator.report) : nameOf(policy, remediator.person)

/** The name of an actor, for the beginning of a sentence. */
export function actorName(policy: Policy, actor: Actor): string {
  if (actor.kind === 'system') return 'Embargo'
  if (actor.kind === 'reporter') return 'The reporter'
  return actor.person === undefined ? 'An account that belongs to nobody' : nameOf(policy, actor.person)
}
