import type { Refusal } from '../vocabulary/decision.ts'
import type { CaseState } from '../state/state.ts'
import { caseAccepted } from './case-accepted.ts'
import { creditDecided } from './credit-decided.ts'
import { noDropPending } from './no-drop-pending.ts'
import { publicationPlanned } from './publication-planned.ts'
import { fixReady } from './fix-ready.ts'
import type { CaseContext, Context, Gate } from './gate.ts'
import { reachesThePublic } from './reaches-the-public.ts'
import { severityRatedForAttacks } from './severity-rated.ts'
import { policyFor } from '../state/policy-for.ts'
import { textsComplete } from './texts-complete.ts'
import { ask } from './waivers/ask.ts'
import { casesOf } from '../state/release/cases-of.ts'

/** What a case must pass to be published with its release. Where it does not, the release goes without it. */
export const CASE_GATES: readonly Gate[] = [caseAccepted, publicationPlanned, noDropPending, fixReady, textsComplete]

/** What each case that goes must pass beside: where one does not, nothing of the release is published. */
export const RELEASE_GATES: readonly Gate[] = [severityRatedForAttacks, creditDecided, reachesThePublic]

/** The cases of a release that go, and those that are dropped on the day, each with the rule that holds it back. */
export type PublishableCases = {
  readonly goes: readonly CaseState[]
  readonly stays: readonly { readonly state: CaseState; readonly refusal: Refusal }[]
}

export function publishableCases(seen: CaseContext): PublishableCases {
  const goes: CaseState[] = []
  const stays: { state: CaseState; refusal: Refusal }[] = []
  for (const state of casesOf(seen)) {
    const refusal = caseBlocker(seen, state)
    if (refusal === undefined) goes.push(state)
    else stays.push({ state, refusal })
  }
  return { goes, stays }
}

const caseBlocker = (seen: CaseContext, state: CaseState): Refusal | undefined => firstRefusal(CASE_GATES, seen, state)

/** Why nothing begins by itself: a case that would go breaks a rule that holds up the others too. */
export function releaseBlocker(seen: CaseContext, goes: readonly CaseState[]): string | undefined {
  for (const state of goes) {
    const refusal = firstRefusal(RELEASE_GATES, seen, state)
    if (refusal !== undefined) return `${state.id}: ${refusal.because}`
  }
  return undefined
}

function firstRefusal(gates: readonly Gate[], seen: CaseContext, state: CaseState): Refusal | undefined {
  // None of these rules looks at who asks.
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
