import type { Lift, Refusal } from '../../case/decision.ts'
import type { CaseState } from '../../case/state.ts'
import { branchesToFix } from '../../case/stage.ts'
import { isWaivable } from '../gate-id.ts'
import type { WaivableGate } from '../gate-id.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { subjectOf } from './subject.ts'
import type { Subject } from './subject.ts'

/**
 * Asks a gate. The one place where waivers count: what two people waived, for exactly what they waived it for, passes;
 * and a refusal that could be waived names that way too. No gate knows of it.
 */
export function ask(gate: Gate, context: Context): Refusal | undefined {
  const refusal = gate(context)
  if (refusal === undefined || !isWaivable(refusal.gate) || context.request.verb === 'waive') return refusal
  // Another case of the release is asked by itself, with its own waivers.
  if (refusal.facts['case'] !== undefined && refusal.facts['case'] !== context.state.id) return refusal
  const subject = subjectOf(refusal.gate, context)
  if (subject !== undefined && isWaived(context.state, refusal.gate, subject)) return undefined
  const lifts = waiverLifts(context, refusal.gate, subject)
  return lifts.length === 0 ? refusal : { ...refusal, liftedBy: [...refusal.liftedBy, ...lifts] }
}

/** A waiver ends with its round: after a reopening everything is asked again. */
export const isWaived = ({ waivers, round }: CaseState, gate: WaivableGate, { key }: Subject): boolean =>
  waivers.some((one) => one.gate === gate && one.key === key && one.round === round)

function waiverLifts({ policy, state }: Context, gate: WaivableGate, subject: Subject | undefined): readonly Lift[] {
  const by = policy.waivers[gate]
  if (by === undefined || by === 'nobody') return []
  const who = by === 'admin' ? 'an admin' : 'any team member'
  const besides =
    policy.approvals.waive === 'second-look' ? 'a reason and a second look' : 'a reason and a second person'
  if (gate === 'fix-ready')
    return leavesOneFixed(state) ? [{ who, how: `leaves a branch unfixed, with ${besides}`, verb: 'waive' }] : []
  return subject === undefined ? [] : [{ who, how: `waives it, with ${besides}`, verb: 'waive' }]
}

/** The last branch is never waived as not fixed: then there would be no fix at all. */
const leavesOneFixed = (state: CaseState): boolean =>
  branchesToFix(state).filter(({ waived }) => waived?.kind !== 'not-fixed').length > 1
