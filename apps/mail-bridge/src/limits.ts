import { MAX_MAIL_BYTES } from '@embargo/mail'

/** How much of the listener one sender may use. Each limit stops a way to keep other people's reports out. */
export type BridgeLimits = {
  /** Bytes of one mail, announced as SIZE (RFC 1870). We could not parse a larger mail anyway. */
  readonly mailBytes: number
  /** Bytes of all mails that are being received at once. Stops many half-sent large mails from filling memory. */
  readonly bytesInFlight: number
  /** The part of them that strangers may not use, for mails to an open case. */
  readonly bytesForKnown: number
  /** Bytes that one source may have under way: two mails of the largest size. */
  readonly bytesPerSource: number
  /**
   * Recipients (RCPT TO) of one mail. RFC 5321 section 4.5.3.1.8 demands 100; nobody needs that many of our addresses.
   */
  readonly recipients: number
  readonly connections: number
  /**
   * Connections of one source. A relay in front of us is one source; Postfix opens 20. When all connections are in use,
   * the source with the most loses one to a source with fewer.
   */
  readonly connectionsPerSource: number
  /**
   * How long a connection may be silent before it is closed, in milliseconds. RFC 5321 section 4.5.3.2 demands minutes.
   */
  readonly idleMs: number
  /**
   * How long a connection may last, in milliseconds. Stops a sender who sends one byte each time before the silence is
   * too long.
   */
  readonly sessionMs: number
  /** How long a shutdown waits for mails that are under way, milliseconds. */
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
