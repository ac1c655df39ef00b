import type { MailOut } from '@embargo/engine'

/** Where no relay is configured: the mail stays in the outbox in its final bytes, and `embargo mail` shows it. */
export const mailKept: MailOut = {
  send: () => Promise.resolve({ response: 'kept: no relay is configured' }),
}
