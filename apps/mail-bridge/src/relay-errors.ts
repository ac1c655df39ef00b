import { OutsideError } from '@embargo/engine'
import { TokenError } from './oauth/token-error.ts'

/** A failed attempt to send a mail. `handedOver`: the whole mail and its final dot may have been sent. */
export type FailedAttempt = { readonly error: unknown; readonly handedOver: boolean }

/** A mail that exceeds the relay's limit: 552, or the enhanced code 5.3.4 (RFC 3463 section 3.4). */
const TOO_LARGE = /^552\b| 5\.3\.4$/u

/**
 * The codes with which a relay demands a login or TLS first, or refuses the login (RFC 4954 section 6, RFC 3207 section
 * 4).
 */
const LOGIN_CODES: readonly number[] = [530, 534, 535, 538]

/** Some servers accept MAIL FROM and say only at RCPT TO that they do not relay for us, in words like these. */
const RELAYS_FOR_NOBODY = /relay(?:ing)?\b.{0,20}\b(?:denied|not permitted|not allowed|prohibited)/iu

/**
 * Some servers accept MAIL FROM and refuse our sender only at RCPT TO or DATA: Postfix in these words, Exchange with
 * 5.7.60, others with the codes for a bad sender (RFC 3463 section 3.2).
 */
const REFUSES_SENDER = /sender address rejected|not owned by user/iu
const SENDER_STATUS = / 5\.(?:1\.[78]|7\.60)$/u

/**
 * The relay itself has a problem (RFC 3463 section 3.4). 4.4.x and 4.5.x do not count, because they are problems
 * between servers.
 */
const SYSTEM_STATE = / 4\.3\.\d+$/u

/** If a relay refuses us, a person must change something. Until then, we try again this often. */
const LOOK_AGAIN_MS = 30_000

/**
 * Says what a failed attempt means for the mail, and whether the relay itself is unreachable. A 5xx is final only if it
 * is about this recipient or this mail's content. A 5xx to the greeting, the login or our sender address is our
 * problem, so the mail waits. If the relay did not reply, the result depends on whether the relay may already have the
 * mail. The relay's own text is left out, because it usually repeats the recipient's address.
 */
export function relayError({ error, handedOver }: FailedAttempt): OutsideError {
  // An error of the pool or the connection.
  if (error instanceof OutsideError) return error
  // The text of a TokenError contains no secret.
  if (error instanceof TokenError)
    return error.code === 'unreachable'
      ? new OutsideError('unreachable', error.message, { away: true })
      : ofUs(error.message)
  const { code, command, responseCode, status } = facts(error)
  const unencrypted = tlsTrouble({ code, responseCode })
  if (unencrypted !== undefined) return ofUs(unencrypted, error)
  // The relay announced a size below this mail's (EMESSAGE), or the envelope is invalid (EENVELOPE): no retry helps.
  if (responseCode === undefined && (code === 'EENVELOPE' || (code === 'EMESSAGE' && command === 'MAIL FROM')))
    return new OutsideError('refused', 'The relay does not take a mail of this size or envelope.')
  if (responseCode !== undefined) return answered(error, { command, responseCode, status })
  if (handedOver)
    return new OutsideError(
      'unknown',
      'The connection to the relay broke after the mail was handed over, so the relay may have accepted it.',
      { away: true },
    )
  return new OutsideError('unreachable', `The relay could not be reached (${code}).`, { away: true })
}

/** Whether the relay refused the login itself (RFC 4954 section 6). If so, another token may help. */
export const isRefusedLogin = (error: unknown): boolean => facts(error).responseCode === 535

type Answer = { readonly command: string; readonly responseCode: number; readonly status: string }

function answered(error: unknown, { command, responseCode, status }: Answer): OutsideError {
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA'
  if (responseCode < 500) {
    const away = !aboutThisMail || responseCode === 421 || SYSTEM_STATE.test(status)
    return new OutsideError('unreachable', `The relay did not take the mail for now (${status}).`, { away })
  }
  if (LOGIN_CODES.includes(responseCode))
    return ofUs(`The relay refuses us (${status}): it requires a login or TLS. ${CHECK}`)
  if (command === 'RCPT TO' && RELAYS_FOR_NOBODY.test(words(error)))
    return ofUs(`The relay does not forward our mail to other domains (${status}). ${CHECK}`)
  if (aboutThisMail && (SENDER_STATUS.test(status) || REFUSES_SENDER.test(words(error))))
    return ofUs(refusesSender(status))
  if (aboutThisMail || (command === 'MAIL FROM' && TOO_LARGE.test(status)))
    return new OutsideError('refused', `The relay refused the mail for good (${status}).`)
  if (command === 'MAIL FROM') return ofUs(refusesSender(status))
  return ofUs(`The relay refuses us (${status}). ${CHECK}`)
}

const refusesSender = (status: string): string =>
  `The relay refuses our sender address (${status}). It must let us send as the addresses of the policy. ${CHECK}`

const CHECK = 'Check EMBARGO_SMTP_RELAY and its login, and start the program again after a change.'

/**
 * The error for a mistake in the configuration of the relay or of Embargo. With this mistake, every mail would be
 * refused.
 */
const ofUs = (message: string, cause?: unknown): OutsideError =>
  new OutsideError('unreachable', message, {
    cause,
    forAPerson: true,
    forAll: true,
    away: true,
    retryAfterMs: LOOK_AGAIN_MS,
  })

const words = (error: unknown): string => {
  const response: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'response') : undefined
  return typeof response === 'string' ? response : ''
}

/** OpenSSL's and Node's codes for a certificate that does not verify. */
const UNTRUSTED = /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$|^INVALID_(?:CA|PURPOSE)$/u
/** The codes for a server that does not support the TLS that we asked for. */
const NO_TLS = /^ERR_(?:SSL|TLS)_/u

/**
 * What to tell people if TLS failed. Nothing was sent, and nothing will be sent until a person changes the relay or the
 * setting.
 */
function tlsTrouble({ code, responseCode }: Pick<Facts, 'code' | 'responseCode'>): string | undefined {
  if (UNTRUSTED.test(code))
    return `The certificate of the relay is not trusted here (${code}), so nothing was sent. Give the relay a certificate for the host name in EMBARGO_SMTP_RELAY, or name its certificate authority in NODE_EXTRA_CA_CERTS=<file> and restart.`
  // A 4xx to STARTTLS does not count here, because it is a temporary failure of the relay.
  if (NO_TLS.test(code) || (code === 'ETLS' && (responseCode ?? 500) >= 500))
    return 'The relay offers no TLS, so nothing was sent: password and mails would be readable on the way. Name a relay with TLS in EMBARGO_SMTP_RELAY, or write smtp+plain:// there to send everything unencrypted, and restart.'
  return undefined
}

type Facts = ReturnType<typeof facts>

function facts(error: unknown): {
  readonly code: string
  readonly command: string
  readonly responseCode: number | undefined
  readonly status: string
} {
  const field = (name: string): unknown =>
    typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
  const responseCode = field('responseCode')
  const response = field('response')
  const enhanced =
    typeof response === 'string' ? /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/u.exec(response)?.[1] : undefined
  const number = typeof responseCode === 'number' ? responseCode : undefined
  return {
    code: named(field('originalCode')) ?? named(field('code')) ?? 'no reason given',
    command: named(field('command')) ?? '',
    responseCode: number,
    status: [number, enhanced].filter((part) => part !== undefined).join(' '),
  }
}

function named(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
