import type { Lift } from '../vocabulary/decision.ts'
import { caseOpen } from './case-open.ts'
import { anyTeamMember } from './gate.ts'
import type { Context } from './gate.ts'

/**
 * Says how people reopen a deferred or closed case, which must happen before anything else. Undefined if the case is
 * open.
 */
export function reopenFirst(context: Context): readonly Lift[] | undefined {
  if (context.state.rm === 'deferred') return anyTeamMember('takes the case up again, with the reason', 'reopen')
  return caseOpen.check(context)?.liftedBy
}
