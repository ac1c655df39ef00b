import { withPlaceholders } from '@embargo/core'
import type { Instant, Policy } from '@embargo/core'
import { approvers } from './findings/approvers.ts'
import { audiences } from './findings/audiences.ts'
import { calendars } from './findings/calendars.ts'
import type { PolicyFinding, StaticCheck } from './findings/finding.ts'
import { leads } from './findings/leads.ts'
import { publications } from './findings/publications.ts'
import { recipients } from './findings/recipients.ts'
import { reporters } from './findings/reporters.ts'
import { roles } from './findings/roles.ts'

const STATIC_CHECKS: readonly StaticCheck[] = [
  calendars,
  leads,
  approvers,
  audiences,
  roles,
  recipients,
  reporters,
  publications,
]

/**
 * The findings that need no exploration. A group of a chat platform counts as having members, although the policy does
 * not name them.
 */
export function staticFindings(policy: Policy, from: Instant): readonly PolicyFinding[] {
  const policyWithMembers = withPlaceholders(policy)
  return STATIC_CHECKS.flatMap((check) => check(policyWithMembers, from))
}
