/** A mail in its final bytes, which a retry must send unchanged. */
export type OutgoingMail = {
  readonly raw: Uint8Array
  readonly envelopeFrom: string
  readonly envelopeTo: string
  /** The Message-ID with angle brackets, as in the header. */
  readonly messageId: string
}

/**
 * The relay. Throws `OutsideError`: `refused` for a permanent 5xx; `unreachable` if the relay surely did not accept the
 * mail; `unknown` if the connection broke after the data, so that the relay may have accepted the mail.
 */
export type MailOut = {
  send(mail: OutgoingMail): Promise<{ readonly response: string }>
  /**
   * The most bytes that a mail may have for the relay to accept it (RFC 1870). Undefined if the relay does not say.
   * Never throws.
   */
  sizeLimit?(): Promise<number | undefined>
}
