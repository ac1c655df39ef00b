import type { Severity } from '../shared/words.ts'
import { Severity as Severities } from '../shared/words.ts'
import type { Policy } from '../policy/schema.ts'
import { policyFor, policyOfProject } from './policy-for.ts'
import type { PolicyOf } from './policy-for.ts'
import { holdsEncryptedReport } from './report/mail-encryption.ts'
import type { CaseMails } from './report/mail-encryption.ts'
import type { ChatContent } from '../policy/schema/chat.ts'

/**
 * Whether the content of a case is kept out of chat. Content on a chat platform cannot be taken back, so an unrated
 * case counts as the most severe.
 */
export function keepsContentOut(policy: Policy, theCase: PolicyOf & CaseMails): boolean {
  if (keepsEncryptedOut(policy, theCase)) return true
  const { severity } = theCase
  const counted = severity === undefined ? Severities.options : [severity]
  return counted.some((one) => keptFor(policyFor(policy, { ...theCase, severity: one }).chat.content, one))
}

/**
 * Whether a reporter of the case wrote encrypted, and the policy therefore keeps the content of the case out of chat.
 */
export const keepsEncryptedOut = (policy: Policy, theCase: PolicyOf & CaseMails): boolean =>
  hidesEncrypted(policyFor(policy, theCase)) && holdsEncryptedReport(theCase)

/** Whether the content of a mail that came encrypted is kept out of chat. */
export const hidesEncrypted = ({ chat }: Policy): boolean => chat.encrypted !== 'full'

/**
 * Whether the policy of any project keeps encrypted content out of chat. A mail that has no case yet may belong to any
 * project.
 */
export const mayHideEncrypted = (policy: Policy): boolean =>
  [policy, ...policy.projects.map(({ id }) => policyOfProject(policy, id))].some(hidesEncrypted)

/**
 * Whether the policy may keep the content of some case out of chat. If so, texts that are not about a single case show
 * no content either.
 */
export function mayKeepContentOut(policy: Policy): boolean {
  return [policy, ...policy.projects.map((project) => project.policy)].some(
    (one) => one?.chat?.content?.startsWith('metadata') === true,
  )
}

function keptFor(content: ChatContent, severity: Severity): boolean {
  switch (content) {
    case 'full':
    case 'without-addresses':
    case 'without-mail-text':
    case 'without-senders':
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

/** How much a channel shows of a mail whose content may be in chat: who sent it, and whether its text is there. */
export type Visibility = {
  readonly sender: 'name-and-address' | 'name' | 'nothing'
  readonly mailText: 'shown' | 'on-request'
}

export function visibilityOf({ content }: Policy['chat']): Visibility {
  switch (content) {
    case 'without-addresses':
      return { sender: 'name', mailText: 'shown' }
    case 'without-mail-text':
      return { sender: 'name', mailText: 'on-request' }
    case 'without-senders':
      return { sender: 'nothing', mailText: 'on-request' }
    default:
      return { sender: 'name-and-address', mailText: 'shown' }
  }
}
