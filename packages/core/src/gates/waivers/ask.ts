import type { Lift, Refusal } from '../../vocabulary/decision.ts'
import type { CaseState } from '../../state/state.ts'
import { branchesToFix } from '../../state/stage.ts'
import { personOf } from '../../state/people/directory.ts'
import { isoInstant } from '../../shared/instant.ts'
import { isWaivable } from '../../shared/gate-id.ts'
import type { WaivableGate } from '../../shared/gate-id.ts'
import type { Context, Gate, WaiverSubject } from '../gate.ts'
import { subjectOf } from './subject.ts'

/**
 * Checks a gate, then its waivers. A command passes if two people waived the gate for exactly this subject. A refusal
 * that could be waived says so.
 */
export function ask(gate: Gate, context: Context): Refusal | undefined {
  const refused = gate.check(context)
  const refusal = refused && { ...refused, liftedBy: withWaiting(context, refused.liftedBy) }
  if (refusal === undefined || !isWaivable(refusal.gate) || context.request.verb === 'waive') return refusal
  // Another case of the release is checked separately, with its own waivers.
  if (refusal.facts['case'] !== undefined && refusal.facts['case'] !== context.state.id) return refusal
  const subject = subjectOf(refusal.gate, context)
  if (subject !== undefined && isWaived(context.state, refusal.gate, subject)) return undefined
  const lifts = waiverLifts(context, refusal.gate, subject)
  return lifts.length === 0 ? refusal : { ...refusal, liftedBy: [...refusal.liftedBy, ...lifts] }
}

/** Whether the gate is waived for this subject. */
export const isWaived = (state: CaseState, gate: WaivableGate, subject: WaiverSubject): boolean =>
  waiverFor(state, gate, subject) !== undefined

/**
 * Finds the waiver of this gate for this subject. A waiver of an earlier round does not count, so a reopened case is
 * checked again without old waivers. A waiver for several lines of a text also covers a text that has only some of
 * these lines.
 */
export const waiverFor = (
  { waivers, round }: CaseState,
  gate: WaivableGate,
  { key }: WaiverSubject,
): CaseState['waivers'][number] | undefined =>
  waivers.findLast(
    (one) =>
      one.gate === gate && one.round === round && key.split('\n').every((line) => one.key.split('\n').includes(line)),
  )

function waiverLifts(context: Context, gate: WaivableGate, subject: WaiverSubject | undefined): readonly Lift[] {
  const { policy, state } = context
  const by = policy.waivers[gate]
  if (by === undefined || by === 'nobody') return []
  const lifters = by === 'admin' ? 'an admin' : 'any team member'
  const besides = policy.approvals.by === 'second-look' ? 'a reason and a second look' : 'a reason and a second person'
  if (gate === 'fix')
    return leavesOneFixed(state)
      ? [{ who: lifters, how: `leaves a branch unfixed, with ${besides}`, verb: 'waive' }]
      : []
  if (subject === undefined) return []
  const waits = waitingFor(context, gate).find(({ key }) => key === subject.key)
  return [waits?.lift ?? { who: lifters, how: `waives it, with ${besides}`, verb: 'waive' }]
}

/**
 * If a waiver already waits for approval, the refusal says to approve it. A new request would void the waiting one. In
 * the mode `second-look`, the requester must wait before approving, and that wait would start again.
 */
function withWaiting(context: Context, lifts: readonly Lift[]): readonly Lift[] {
  if (!lifts.some(({ waives }) => waives !== undefined)) return lifts
  const waiting = waitingFor(context, 'fix')
  let used = 0
  return lifts.map((lift) => (lift.waives === 'fix' ? (waiting[used++]?.lift ?? lift) : lift))
}

type WaitingWaiver = { readonly key: unknown; readonly lift: Lift }

const waitingFor = ({ state, whole }: Context, gate: WaivableGate): readonly WaitingWaiver[] =>
  state.approvals.flatMap(({ status, asked, by, mode, notBefore }) => {
    const { verb, rule, key }: { verb?: unknown; rule?: unknown; key?: unknown } = Object(JSON.parse(asked))
    if (status !== 'open' || verb !== 'waive' || rule !== gate) return []
    const asker = personOf(whole, by)?.name ?? by
    const lift: Lift =
      mode === 'second-look'
        ? {
            who: asker,
            how: `approves the waiver, which waits until ${isoInstant(notBefore)}`,
            verb: 'approve',
            from: notBefore,
          }
        : {
            who: `any team member but ${asker}`,
            how: 'approves the waiver, which waits for a second person',
            verb: 'approve',
          }
    return [{ key, lift }]
  })

/**
 * Whether one more branch can be waived as not fixed. The last branch without such a waiver cannot get one, because
 * then nothing would be fixed.
 */
const leavesOneFixed = (state: CaseState): boolean =>
  branchesToFix(state).filter(({ waived }) => waived?.kind !== 'not-fixed').length > 1
