import type { PersonRequest } from '../vocabulary/command.ts'
import type { Facts, Lift, Refusal, World } from '../vocabulary/decision.ts'
import type { CaseState } from '../state/state.ts'
import type { ReleaseState } from '../state/release/state.ts'
import type { Actor } from '../shared/actor.ts'
import type { Instant } from '../shared/instant.ts'
import type { GateId, WaivableGate } from '../shared/gate-id.ts'
import type { Person, Policy } from '../policy/schema.ts'

/** What every gate may look at. `person` is absent for an account that belongs to nobody. */
export type Context<R extends PersonRequest = PersonRequest> = {
  /** The policy for this case. */
  readonly policy: Policy
  /** The policy as it is written. The policy for another case of the release is derived from it. */
  readonly whole: Policy
  readonly state: CaseState
  readonly release: ReleaseState | undefined
  /** The other streams that the command touches: the other cases of its release, or the other case of a merge. */
  readonly others: World['others']
  readonly findings?: World['findings']
  readonly actor: Actor
  readonly person: Person | undefined
  /** The person who asked, if the command is decided again after another person's approval. */
  readonly asker?: Person | undefined
  readonly at: Instant
  readonly request: R
}

/** The context of a check that does not depend on who asks. */
export type CaseContext = Omit<Context, 'actor' | 'person'>

/** What can refuse a command. A gate may have several variants, which all refuse under its `id`. */
export type Gate = {
  readonly id: GateId
  /** Returns undefined if the gate lets the command pass, otherwise a refusal that says who can lift it. */
  readonly check: (context: Context) => Refusal | undefined
  /**
   * Set if the gate checks only the other cases of a release. It then has nothing to check if the case is published
   * alone.
   */
  readonly otherCases?: true
}

/**
 * What a waiver is for, exactly. If the date or the patch changes, or if a recipient is added, there is a new subject,
 * and the old waiver does not cover the new subject. So old waivers need not be revoked.
 */
export type WaiverSubject = {
  /** Identifies the subject: the text is always the same for the same subject. */
  readonly key: string
  /** The subject in words, as the asker and the approver see it. Instants are in ISO format. */
  readonly about: string
}

type Waiver<Id extends GateId> = Id extends WaivableGate
  ? {
      /** The subject of a waiver of this gate for the command; undefined if there is nothing to waive. */
      readonly waiverSubject: (context: CaseContext) => WaiverSubject | undefined
    }
  : { readonly waiverSubject?: never }

/**
 * The description of a gate. Explanations, the waivers that a policy may contain, and the documentation are derived
 * from it.
 */
export type GateRule<Id extends GateId> = {
  readonly id: Id
  /** What must hold, in one sentence. */
  readonly rule: string
  /** Set if the refusal's own sentence already states the rule. The rule is then not shown above this sentence. */
  readonly inFact?: true
  /** The facts that let a command pass, in one sentence that is used only in explanations. */
  readonly passes: (context: Context) => string
  /**
   * Says what the command must name first, if it lacks a value that the gate needs. Undefined if the gate can be
   * checked.
   */
  readonly notAsked?: (context: Context) => string | undefined
  /** More about the rule, such as its reason, for `docs/rules.md`. */
  readonly means: string
  /** What people can do when the gate refuses. */
  readonly instead: string
} & Waiver<Id>

/** Declares a gate: its rule, its explanations and its check. */
export const defineGate = <const Id extends GateId>(
  gate: GateRule<Id> & Pick<Gate, 'check'>,
): GateRule<Id> & Pick<Gate, 'check'> => gate

export function refuse(gate: GateId, because: string, liftedBy: readonly Lift[], facts: Facts = {}): Refusal {
  return { gate, because, facts, liftedBy }
}

export const anyTeamMember = (instruction: string, verb?: string): readonly Lift[] => [
  { who: 'any team member', how: instruction, ...(verb === undefined ? {} : { verb }) },
]

/** A published case is not reopened; a problem with it becomes another case. */
export const followUp: readonly Lift[] = [
  { who: 'any team member', how: 'opens a follow-up case', verb: 'open', instead: true },
]

export const nobody = (instruction: string): readonly Lift[] => [{ who: 'nobody', how: instruction }]
