import type { PersonRequest } from '../../case/command.ts'
import type { Facts, Lift, Refusal, World } from '../../case/decision.ts'
import type { CaseState } from '../../case/state.ts'
import type { ReleaseState } from '../../release/state.ts'
import type { Actor } from '../../shared/actor.ts'
import type { Instant } from '../../shared/instant.ts'
import type { GateId } from '../gate-id.ts'
import type { Person, Policy } from '../schema.ts'

/** What every gate may look at. `person` is absent for an account that belongs to nobody. */
export type Context<R extends PersonRequest = PersonRequest> = {
  /** As it holds for the case. */
  readonly policy: Policy
  /** As it is written: what holds for another case of the release is made from it. */
  readonly whole: Policy
  readonly state: CaseState
  readonly release: ReleaseState | undefined
  /** The other streams that the command touches: the cases of its release, the other side of a merge. */
  readonly others: World['others']
  readonly actor: Actor
  readonly person: Person | undefined
  readonly at: Instant
  readonly request: R
}

/** A rule that can refuse a command: nothing, or why not and who can lift it. */
export type Gate = (context: Context) => Refusal | undefined

export function refuse(gate: GateId, because: string, liftedBy: readonly Lift[], facts: Facts = {}): Refusal {
  return { gate, because, facts, liftedBy }
}

export const anyTeamMember = (how: string, verb?: string): readonly Lift[] => [
  { who: 'any team member', how, ...(verb === undefined ? {} : { verb }) },
]

export const nobody = (how: string): readonly Lift[] => [{ who: 'nobody', how }]
