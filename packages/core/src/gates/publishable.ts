import type { Refusal } from '../vocabulary/decision.ts'
import type { CaseState } from '../state/state.ts'
import { acceptedOrUnfixed } from './case-accepted.ts'
import { credit } from './credit.ts'
import { noDropPending } from './no-drop-pending.ts'
import { publicationPlanned } from './publication-planned.ts'
import { fix } from './fix.ts'
import type { CaseContext, Context, Gate } from './gate.ts'
import { reachesThePublic } from './reaches-the-public.ts'
import { severityRatedForAttacks } from './severity-rated.ts'
import { policyFor } from '../state/policy-for.ts'
import { textsComplete } from './texts-complete.ts'
import { wording } from './wording.ts'
import { ask } from './waivers/ask.ts'
import { releaseCases } from '../state/release/release-cases.ts'

/**
 * The gates that a case must pass to be published with its release. A case that fails one is left out of the
 * publication.
 */
export const CASE_GATES: readonly Gate[] = [acceptedOrUnfixed, publicationPlanned, noDropPending, fix, textsComplete]

/**
 * The gates that a case must pass in addition to `CASE_GATES`. If a case fails one of them, no case of the release is
 * published.
 */
export const RELEASE_GATES: readonly Gate[] = [severityRatedForAttacks, wording, credit, reachesThePublic]

/** The cases of a release that can be published, and those that would be dropped, each with the refusal. */
export type PublishableCases = {
  readonly goes: readonly CaseState[]
  readonly stays: readonly { readonly state: CaseState; readonly refusal: Refusal }[]
}

export function publishableCases(seen: CaseContext): PublishableCases {
  const goes: CaseState[] = []
  const stays: { state: CaseState; refusal: Refusal }[] = []
  for (const state of releaseCases(seen)) {
    const refusal = caseBlocker(seen, state)
    if (refusal === undefined) goes.push(state)
    else stays.push({ state, refusal })
  }
  return { goes, stays }
}

const caseBlocker = (seen: CaseContext, state: CaseState): Refusal | undefined => firstRefusal(CASE_GATES, seen, state)

/** Why the publication does not begin automatically: a gate of `RELEASE_GATES` refuses one of the cases. */
export function releaseBlocker(seen: CaseContext, goes: readonly CaseState[]): string | undefined {
  for (const state of goes) {
    const refusal = firstRefusal(RELEASE_GATES, seen, state)
    if (refusal !== undefined) return `${state.id}: ${refusal.because}`
  }
  return undefined
}

function firstRefusal(gates: readonly Gate[], seen: CaseContext, state: CaseState): Refusal | undefined {
  // The actor does not matter, because none of these gates depends on it.
  const context: Context = {
    ...seen,
    state,
    policy: policyFor(seen.whole, state),
    actor: { kind: 'system', part: 'clock' },
    person: undefined,
  }
  for (const gate of gates) {
    const refusal = ask(gate, context)
    if (refusal !== undefined) return refusal
  }
  return undefined
}
