import { OutsideError } from '@embargo/engine'

/** What is known of a failed attempt. `handedOver`: the whole mail and its final dot may have left. */
export type FailedAttempt = { readonly error: unknown; readonly handedOver: boolean }

/**
 * What a failed attempt means for the mail. A reply decides; without one, it depends on whether the relay may have the
 * mail. Only a 5xx to the mail itself is final: one to the greeting or the login is our relay's trouble, and the mail
 * waits. The relay's own words are left out, as they usually repeat the recipient's address.
 */
export function relayError({ error, handedOver }: FailedAttempt): OutsideError {
  const { code, command, responseCode, status } = facts(error)
  const unencrypted = tlsTrouble({ code, responseCode })
  if (unencrypted !== undefined)
    return new OutsideError('unreachable', unencrypted, { cause: error, forAPerson: true, forAll: true })
  const aboutThisMail = command === 'MAIL FROM' || command === 'RCPT TO' || command === 'DATA'
  if (aboutThisMail && responseCode !== undefined && responseCode >= 500)
    return new OutsideError('refused', `The relay refused the mail for good (${status}).`)
  // The relay announced a size below this mail's (EMESSAGE), or the envelope is none (EENVELOPE): no retry helps.
  if (responseCode === undefined && (code === 'EENVELOPE' || (code === 'EMESSAGE' && command === 'MAIL FROM'))) {
    return new OutsideError('refused', 'The relay does not take a mail of this size or envelope.')
  }
  if (responseCode !== undefined)
    return new OutsideError('unreachable', `The relay did not take the mail for now (${status}).`)
  if (handedOver)
    return new OutsideError(
      'unknown',
      'The connection to the relay broke after the mail was handed over, so it may have been taken.',
    )
  return new OutsideError('unreachable', `The relay could not be reached (${code}).`)
}

/** OpenSSL's and Node's codes for a certificate that does not verify. */
const UNTRUSTED = /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$|^INVALID_(?:CA|PURPOSE)$/u
/** What answers does not speak TLS as it was asked to. */
const NO_TLS = /^ERR_(?:SSL|TLS)_/u

/** Nothing was sent yet, and nothing goes until a person changes the relay or the setting. */
function tlsTrouble({ code, responseCode }: Pick<Facts, 'code' | 'responseCode'>): string | undefined {
  if (UNTRUSTED.test(code))
    return `The certificate of the relay is not trusted here (${code}), so nothing was sent. Give the relay a certificate for the host name in EMBARGO_SMTP_RELAY, or name its certificate authority in NODE_EXTRA_CA_CERTS=<file> and restart.`
  // A 4xx to STARTTLS is a passing trouble of the relay.
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
