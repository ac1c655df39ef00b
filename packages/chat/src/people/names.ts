import { personOf } from '@embargo/core'
import type { Actor, PersonId, Policy, Remediator } from '@embargo/core'

/** A person's name as the policy has it. */
export const nameOf = (policy: Policy, person: PersonId | undefined): string =>
  personOf(policy, person)?.name ?? person ?? 'somebody'

/** An owner that is a person's id becomes their name; a word such as `the team` stays. */
export const ownerName = (policy: Policy, owner: string): string =>
  policy.people.find((person) => person.id === owner)?.name ?? owner

export const remediatorName = (policy: Policy, remediator: Remediator): string =>
  remediator.kind === 'reporter' ? 'the reporter' : nameOf(policy, remediator.person)

/** Who did it, at the beginning of a sentence. */
export function actorName(policy: Policy, actor: Actor): string {
  if (actor.kind === 'system') return 'Embargo'
  if (actor.kind === 'reporter') return 'The reporter'
  return actor.person === undefined ? 'An account that belongs to nobody' : nameOf(policy, actor.person)
}
