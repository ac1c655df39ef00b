import type { Refusal } from '../vocabulary/decision.ts'
import type { CaseState } from '../state/state.ts'
import { accepted } from './case-accepted.ts'
import { creditDecided } from './credit-decided.ts'
import { dropAnswered } from './no-drop-pending.ts'
import { endsInPublic } from './publication-planned.ts'
import { fixReady } from './fix-ready.ts'
import type { Context, Gate } from './gate.ts'
import { saidInPublic } from './reaches-the-public.ts'
import { ratedForAttacks } from './severity-rated.ts'
import { policyFor } from '../state/policy-for.ts'
import { textsComplete } from './texts-complete.ts'
import { ask } from './waivers/ask.ts'
import { casesOf } from '../state/release/cases-of.ts'

/** What a case must pass to be published with its release. Where it does not, the release goes without it. */
export const MUST_PASS: readonly Gate[] = [accepted, endsInPublic, dropAnswered, fixReady, textsComplete]

/** What each case that goes must pass beside: where one does not, nothing of the release is published. */
export const MUST_PASS_ALL: readonly Gate[] = [ratedForAttacks, creditDecided, saidInPublic]

/** The cases of a release that go, and those that are dropped on the day, each with the rule that holds it back. */
export type Going = {
  readonly goes: readonly CaseState[]
  readonly stays: readonly { readonly state: CaseState; readonly refusal: Refusal }[]
}

type Seen = Omit<Context, 'actor' | 'person'>

export function going(seen: Seen): Going {
  const goes: CaseState[] = []
  const stays: { state: CaseState; refusal: Refusal }[] = []
  for (const state of casesOf(seen)) {
    const refusal = heldBackBy(seen, state)
    if (refusal === undefined) goes.push(state)
    else stays.push({ state, refusal })
  }
  return { goes, stays }
}

const heldBackBy = (seen: Seen, state: CaseState): Refusal | undefined => firstRefusal(MUST_PASS, seen, state)

/** Why nothing begins by itself: a case that would go breaks a rule that holds up the others too. */
export function heldUpBy(seen: Seen, goes: readonly CaseState[]): string | undefined {
  for (const state of goes) {
    const refusal = firstRefusal(MUST_PASS_ALL, seen, state)
    if (refusal !== undefined) return `${state.id}: ${refusal.because}`
  }
  return undefined
}

function firstRefusal(gates: readonly Gate[], seen: Seen, state: CaseState): Refusal | undefined {
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
