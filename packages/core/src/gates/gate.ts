import type { PersonRequest } from '../vocabulary/command.ts'
import type { Facts, Lift, Refusal, World } from '../vocabulary/decision.ts'
import type { CaseState } from '../state/state.ts'
import type { ReleaseState } from '../state/release/state.ts'
import type { Actor } from '../shared/actor.ts'
import type { Instant } from '../shared/instant.ts'
import { isGateId } from '../shared/gate-id.ts'
import type { GateId } from '../shared/gate-id.ts'
import type { Person, Policy } from '../policy/schema.ts'

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
  /** Who asked, where it is decided again because of another’s yes. */
  readonly asker?: Person | undefined
  readonly at: Instant
  readonly request: R
}

/** A rule that can refuse a command: nothing, or why not and who can lift it. */
export type Gate = (context: Context) => Refusal | undefined

/** The rules of gates that have no rule of their own name. */
const RULES = new WeakMap<Gate, GateId>()

/** A gate that refuses in the name of this rule, whatever it is called itself. */
export function refusesAs(rule: GateId, gate: Gate): Gate {
  RULES.set(gate, rule)
  return gate
}

/** A gate that asks another one, of other cases or under other circumstances: the rule is the same. */
export const asksLike = (gate: Gate, made: Gate): Gate => refusesAs(ruleOf(gate), made)

/**
 * The rule that a gate refuses by, as the table of rules has it: each gate is a constant with the name of its rule
 * (`fixReady` is `fix-ready`), or says it.
 */
export function ruleOf(gate: Gate): GateId {
  const named = gate.name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return RULES.get(gate) ?? (isGateId(named) ? named : 'makes-sense')
}

export function refuse(gate: GateId, because: string, liftedBy: readonly Lift[], facts: Facts = {}): Refusal {
  return { gate, because, facts, liftedBy }
}

export const anyTeamMember = (how: string, verb?: string): readonly Lift[] => [
  { who: 'any team member', how, ...(verb === undefined ? {} : { verb }) },
]

/** What was published is not opened again, and what is wrong with it is another case. */
export const followUp = ({ project, id }: CaseState): string =>
  `open a case that follows it: “open ${project} --follows ${id}”`

export const nobody = (how: string): readonly Lift[] => [{ who: 'nobody', how }]
