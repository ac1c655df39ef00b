import { MAX_MAIL_BYTES } from '@embargo/mail'

/** Limits of the mail listener. Each one prevents a way to keep other people's reports out. */
export type BridgeLimits = {
  /** The most bytes of one mail, announced as SIZE (RFC 1870). We could not parse a larger mail anyway. */
  readonly mailBytes: number
  /**
   * The most bytes of all mails that are being received at once, so that many half-sent large mails cannot fill the
   * memory.
   */
  readonly bytesInFlight: number
  /** The part of `bytesInFlight` that is reserved for mails to open cases. */
  readonly bytesForKnown: number
  /** The most bytes of all mails that are being received from one source. */
  readonly bytesPerSource: number
  /**
   * The most recipients (RCPT TO) of one mail. RFC 5321 section 4.5.3.1.8 demands 100, but nobody needs that many of
   * our addresses.
   */
  readonly recipients: number
  readonly connections: number
  /**
   * The most connections of one source. A mail server that forwards all mail to us is one source, and Postfix opens 20
   * connections. If all connections are in use and another source opens one, a connection of the source with the most
   * connections is closed.
   */
  readonly connectionsPerSource: number
  /**
   * How long a connection may be silent before it is closed, in milliseconds. RFC 5321 section 4.5.3.2.7 recommends
   * five minutes, but then silent clients could use up all connections more easily.
   */
  readonly idleMs: number
  /**
   * How long a connection may last, in milliseconds. Stops a sender who avoids `idleMs` by sending a byte now and then.
   */
  readonly sessionMs: number
  /** How long a shutdown waits for mails that are being received, in milliseconds. */
  readonly shutdownMs: number
}

export const DEFAULT_LIMITS: BridgeLimits = {
  mailBytes: MAX_MAIL_BYTES,
  bytesInFlight: 4 * MAX_MAIL_BYTES,
  bytesForKnown: MAX_MAIL_BYTES,
  bytesPerSource: 2 * MAX_MAIL_BYTES,
  recipients: 20,
  connections: 100,
  connectionsPerSource: 20,
  idleMs: 60_000,
  sessionMs: 10 * 60_000,
  shutdownMs: 2_000,
}
