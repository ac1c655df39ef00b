import { after } from '../../policy/calendar.ts'
import type { Context } from '../../gates/gate.ts'
import { isReleaseWide } from '../../gates/seat-in-release.ts'
import { policyFor } from '../../state/policy-for.ts'
import type { Policy } from '../../policy/schema.ts'
import { releaseCases } from '../../state/release/release-cases.ts'
import type { Instant } from '../../shared/instant.ts'
import type { RequiredApprover } from './two-person-rule.ts'

type Mode = 'second-person' | 'second-look'

/**
 * The approver that the policy asks for: a second person, or in the solo profile the same one after a delay. A command
 * for a whole release needs the strictest approver that any of its cases asks for, in whichever of them it is typed.
 */
export function approverByPolicy(context: Context, modeOf: (approvals: Policy['approvals']) => Mode): RequiredApprover {
  const { whole, policy, request, at } = context
  const policies = isReleaseWide(request.verb) ? releaseCases(context).map((one) => policyFor(whole, one)) : [policy]
  if (policies.some(({ approvals }) => modeOf(approvals) === 'second-person')) return { mode: 'second-person' }
  const looks = policies.map(({ calendar, approvals }): Instant => after(calendar, at, approvals.secondLookAfter))
  return { mode: 'second-look', notBefore: looks.reduce((last, one) => (one > last ? one : last), at) }
}
