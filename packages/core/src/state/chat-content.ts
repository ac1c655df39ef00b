import type { Severity } from '../shared/words.ts'
import { Severity as Severities } from '../shared/words.ts'
import type { Policy } from '../policy/schema.ts'
import { policyFor } from './policy-for.ts'
import type { PolicyOf } from './policy-for.ts'
import type { ChatContent } from '../policy/schema/chat.ts'

/**
 * Whether the content of a case stays out of chat. A case that is not rated yet counts as the most severe, because what
 * a platform was shown cannot be taken back.
 */
export function keepsContentOut(policy: Policy, theCase: PolicyOf): boolean {
  const { severity } = theCase
  const counted = severity === undefined ? Severities.options : [severity]
  return counted.some((one) => keptFor(policyFor(policy, { ...theCase, severity: one }).chat.content, one))
}

/** Whether content may stay out of chat in any case; then it does wherever text is about no single case. */
export function mayKeepContentOut(policy: Policy): boolean {
  return [policy, ...policy.projects.map((project) => project.policy)].some(
    (one) => (one?.chat?.content ?? 'full') !== 'full',
  )
}

function keptFor(content: ChatContent, severity: Severity): boolean {
  switch (content) {
    case 'full':
      return false
    case 'metadata':
      return true
    case 'metadata-from-critical':
    case 'metadata-from-high':
    case 'metadata-from-moderate':
    case 'metadata-from-low': {
      const order: readonly string[] = Severities.options
      return order.indexOf(severity) <= order.indexOf(content.slice('metadata-from-'.length))
    }
  }
}
