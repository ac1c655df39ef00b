import type { MailTrust } from '@embargo/core'

/** The result of a mail's checks, in words. */
export const TRUST: Readonly<Record<MailTrust, string>> = {
  'signed-by-sender': '✓ Signed by the sender’s own key.',
  'domain-vouches': '✓ Its domain confirms that it sent this. Not signed.',
  'nothing-proven': 'Nothing proves who sent this.',
  failed: '✗ A check failed: treat the sender as unknown.',
}
