import type { MailTrust } from '@embargo/core'

/** The result of a mail's checks, in words. */
export const TRUST: Readonly<Record<MailTrust, string>> = {
  'signed-by-sender': 'signed by the sender’s own key',
  'domain-vouches': 'not signed; the domain vouches for the sender',
  'nothing-proven': 'nothing proves who sent this',
  failed: 'a check failed: treat the sender as unknown',
}
