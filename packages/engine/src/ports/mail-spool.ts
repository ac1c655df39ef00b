import type { Instant, MessageId, StreamId } from '@embargo/core'

/** A mail as the wire gave it, before anybody looked inside. */
export type ArrivingMail = {
  readonly raw: Uint8Array
  readonly envelopeFrom: string
  readonly envelopeTo: readonly string[]
  readonly receivedAt: Instant
  /** Of this delivery (session and transaction): a repeated delivery is taken once. */
  readonly delivery: string
}

export type SpooledMail = ArrivingMail & {
  readonly id: MessageId
  readonly state: 'waiting' | 'in-case' | 'set-aside'
  readonly stream?: StreamId
  readonly because?: string
  /** Attempts that nobody saw end: the program died in them, or is in one. */
  readonly attempts: number
}

/** `full`: no room, answer 452 so that the sender keeps it. */
export type SpoolResult = { readonly is: 'stored' | 'already-stored'; readonly id: MessageId } | { readonly is: 'full' }

/**
 * Every mail that came, sealed. Stored and synced before the 250 is answered. The id is derived from the SHA-256 of the
 * raw bytes and the recipients, so the same mail delivered twice is stored once.
 */
export type MailSpool = {
  store(mail: ArrivingMail): Promise<SpoolResult>
  /** The oldest waiting mails. One process runs intake at a time; a second is harmless because commands are idempotent. */
  waiting(limit: number): Promise<readonly SpooledMail[]>
  /** Counts an attempt, before anybody looks inside: what stays counted at the next one ended in the program's death. */
  attempt(id: MessageId): Promise<number>
  /** The attempt failed and the program lives: it does not count. */
  survived(id: MessageId): Promise<void>
  /** A mail that opens no case (bounces, automatic answers, lists): kept, shown by `embargo mail`. */
  setAside(id: MessageId, because: string): Promise<void>
  /** How many of the mails that were received in this time are set aside. */
  countAside(from: Instant, until: Instant): Promise<number>
  find(id: MessageId): Promise<SpooledMail | undefined>
  list(query: { readonly limit: number; readonly stream?: StreamId }): Promise<readonly Omit<SpooledMail, 'raw'>[]>
  onStore(listener: () => void): () => void
  /** Called after a mail was set aside in this process. Returns the unsubscriber. */
  onAside(listener: () => void): () => void
}
