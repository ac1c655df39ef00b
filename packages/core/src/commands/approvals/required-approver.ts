import { after } from '../../policy/calendar.ts'
import { fullMinute } from '../../shared/instant.ts'
import type { Context } from '../../gates/gate.ts'
import type { RequiredApprover } from './two-person-rule.ts'

/** The approver whom the policy requires: a second person or, in the solo profile, the same person after a delay. */
export const approverByPolicy = ({ policy: { approvals, calendar }, at }: Context): RequiredApprover =>
  approvals.by === 'second-person'
    ? { mode: 'second-person' }
    : { mode: 'second-look', notBefore: fullMinute(after(calendar, at, approvals.secondLookAfter)) }
