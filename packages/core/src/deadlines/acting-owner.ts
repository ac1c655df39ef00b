import type { Person, Policy } from '../policy/schema.ts'
import type { PersonId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import { actingCoordinator } from '../state/people/access.ts'
import type { CaseState } from '../state/state.ts'
import { deadlineOf } from './index.ts'

type Reminder = { readonly clock: string; readonly fraction: number; readonly named?: PersonId | undefined }

/**
 * The person who must act on a reminder. In a rotation it is the person whose turn it is. Otherwise it is the person
 * named for the task or, if nobody is named, the coordinator. If the coordinator is away or gone, the next person in
 * line acts. `policy` is the policy for this case.
 */
export function actingOwner(
  { policy, state }: { readonly policy: Policy; readonly state: CaseState },
  { clock, fraction, named }: Reminder,
  at: Instant,
): Person | undefined {
  const { rotation } = deadlineOf(clock) ?? {}
  if (rotation !== undefined) return rotation({ policy, state }, { turn: fraction, at })
  return policy.people.find(({ id }) => id === named) ?? actingCoordinator(policy, state, at)
}
