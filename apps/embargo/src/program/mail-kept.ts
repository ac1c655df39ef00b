import type { MailOut } from '@embargo/engine'

/** Stands in the outbox instead of a relay's reply. */
export const NO_RELAY = 'kept: no relay is configured'

/** Where no relay is configured: the mail stays in the outbox in its final bytes, and `embargo mail` shows it. */
export const mailKept: MailOut = {
  send: () => Promise.resolve({ response: NO_RELAY }),
}
