import type { CardMaterial } from '@embargo/engine'
import { actorName, nameOf } from '../people/names.ts'

/**
 * The name of the person who did what an event records. For a command that takes two people, this is the person who
 * asked for it, and the second person is named as the approver.
 */
export function doerName({ policy: { policy }, recorded, state, world }: CardMaterial): string {
  const { actor, at } = recorded
  // The events of an approved command are recorded together with the approval. Those events have the same instant and
  // the same actor as the approval.
  const approval = [state, world.case, ...world.others.values()]
    .flatMap((one) => (one?.kind === 'case' ? one.approvals : []))
    .find(({ givenBy, givenAt }) => actor.kind === 'person' && givenBy === actor.person && givenAt === at)
  return approval?.givenBy === undefined || approval.by === approval.givenBy
    ? actorName(policy, actor)
    : `${nameOf(policy, approval.by)}, with the approval of ${nameOf(policy, approval.givenBy)},`
}
