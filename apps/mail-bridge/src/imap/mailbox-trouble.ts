import { TokenError } from '../oauth/token-error.ts'
import { MailboxError } from './mailbox-error.ts'

/** OpenSSL's and Node's codes for a certificate that does not verify. */
const UNTRUSTED = /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$|^INVALID_(?:CA|PURPOSE)$/u
const NO_TLS = /^ERR_(?:SSL|TLS)_/u

/** What is wrong with a mailbox. `passing`: the trouble may end although nobody changes a setting. */
export type MailboxTrouble = { readonly why: string; readonly passing: boolean }

/** The trouble if a spam folder cannot be opened, but INBOX can. */
export const spamFolderClosed = (path: string): MailboxTrouble => ({
  why: `The server refuses to open the spam folder (${path.slice(0, MAX_NAME)}), so a report that it takes for spam is not read. INBOX is read.`,
  passing: true,
})

/** Longer names of folders are cut, so that a message about them stays short. */
const MAX_NAME = 60

/** Whether the server only refused a command. If so, the connection can still be used (RFC 3501 section 7.1). */
export const isRefused = (error: unknown): boolean =>
  error instanceof Error && ['NO', 'BAD'].includes(String(Reflect.get(error, 'responseStatus')))

/**
 * Puts a failure into words for people. The server's own words are left out, because they may contain an address or a
 * token.
 */
export function mailboxTrouble(error: unknown): MailboxTrouble {
  const field = (name: string): unknown =>
    typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
  const code = field('code')
  const named = typeof code === 'string' && /^[\w-]{1,60}$/u.test(code) ? code : 'no reason given'
  if (error instanceof MailboxError && error.code === 'full')
    return { why: 'The disk of the database is full. Free some space; no restart is needed.', passing: true }
  if (error instanceof MailboxError) return { why: error.message, passing: true }
  // The text of a TokenError contains no secret.
  if (error instanceof TokenError) return { why: error.message, passing: error.code === 'unreachable' }
  if (field('authenticationFailed') === true)
    return {
      why: 'The server refuses the login. Check its user and password or token in EMBARGO_IMAP, and start the program again.',
      passing: false,
    }
  if (UNTRUSTED.test(named))
    return {
      why: `The certificate of the server is not trusted here (${named}), so no password was sent. Use the host name of its certificate in EMBARGO_IMAP, or name its certificate authority in NODE_EXTRA_CA_CERTS=<file> and restart.`,
      passing: false,
    }
  if (NO_TLS.test(named) || field('tlsFailed') === true)
    return {
      why: 'The server offers no TLS, so no password was sent. Write imaps:// in EMBARGO_IMAP, or imap+plain:// to send everything unencrypted, and restart.',
      passing: false,
    }
  return { why: `The server cannot be reached, or it ended the connection (${named}).`, passing: true }
}
