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
