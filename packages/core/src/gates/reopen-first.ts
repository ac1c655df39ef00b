import type { Lift } from '../vocabulary/decision.ts'
import { caseOpen } from './case-open.ts'
import { anyTeamMember } from './gate.ts'
import type { Context } from './gate.ts'

/** A deferred or closed case must be reopened before anything else is done: says how. Undefined if the case is open. */
export function reopenFirst(context: Context): readonly Lift[] | undefined {
  if (context.state.rm === 'deferred') return anyTeamMember('takes the case up again, with the reason', 'reopen')
  return caseOpen.check(context)?.liftedBy
}
