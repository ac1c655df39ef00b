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

/**
 * `held`: it would open a case, and too many came; a person lets it in (`let-in`: taken in next) or turns it away
 * (`dismissed`), and may change their mind.
 */
export type MailPlace = 'waiting' | 'held' | 'let-in' | 'dismissed' | 'in-case' | 'set-aside'

export type SpooledMail = ArrivingMail & {
  readonly id: MessageId
  readonly state: MailPlace
  readonly stream?: StreamId
  /** Why it is set aside; or who let it in, or turned it away. */
  readonly because?: string
  /** Readings that nobody saw end: the program died in them, or is in one. */
  readonly attempts: number
}

/** A stored mail without its bytes. */
export type ListedMail = Omit<SpooledMail, 'raw'>

/** Bytes of stored mails: those that wait to be read, and those that were received since a moment. */
export type SpoolUsage = {
  readonly unread: number
  readonly received: number
  /** Left on the disk, where the database is a file on this machine. */
  readonly free?: number
}

/** A mail that is read before any larger one, bytes. A report with a screenshot is smaller. */
export const SMALL_MAIL_BYTES = 1024 * 1024

/** `full`: no room, answer 452 so that the sender keeps it. */
export type SpoolResult = { readonly is: 'stored' | 'already-stored'; readonly id: MessageId } | { readonly is: 'full' }

/**
 * Every mail that came, sealed. Stored and synced before the 250 is answered. The id is derived from the SHA-256 of the
 * raw bytes and the recipients, so the same mail delivered twice is stored once.
 */
export type MailSpool = {
  store(mail: ArrivingMail): Promise<SpoolResult>
  /**
   * Mails that wait to be taken in, without their bytes: small ones first, the oldest of the large ones in any case, and
   * last what the program died over. Not those that another process takes in.
   */
  waiting(limit: number, except?: readonly MessageId[]): Promise<readonly ListedMail[]>
  /**
   * A waiting mail with its bytes, claimed for this process before anybody looks inside: two processes would draw two
   * numbers for it. Undefined where another has it, or it cannot be read: then it is set aside.
   */
  open(id: MessageId): Promise<SpooledMail | undefined>
  usage(since: Instant): Promise<SpoolUsage>
  /** Counts a reading, before anybody looks inside: what stays counted ended in the program's death. */
  attempt(id: MessageId): Promise<void>
  /** The reading ended, whatever came of it, and the program lives: it does not count. */
  survived(id: MessageId): Promise<void>
  /** A mail that opens no case (bounces, automatic answers, lists): kept, shown by `embargo mail`. */
  setAside(id: MessageId, because: string): Promise<void>
  /** Too many came at once: it waits for a person. */
  hold(id: MessageId): Promise<void>
  /** The mails that wait for a person, the oldest first. */
  held(limit: number): Promise<readonly ListedMail[]>
  countHeld(): Promise<number>
  /** A person's word for a mail that is held or was dismissed; false where it is neither, so that it counts once. */
  decide(id: MessageId, as: 'let-in' | 'dismissed', by: string): Promise<boolean>
  /** How many of the mails that were received in this time are set aside. */
  countAside(from: Instant, until: Instant): Promise<number>
  find(id: MessageId): Promise<SpooledMail | undefined>
  /** The newest first. */
  list(query: {
    readonly limit: number
    readonly stream?: StreamId
    readonly state?: MailPlace
  }): Promise<readonly ListedMail[]>
  onStore(listener: () => void): () => void
  /** Called after a mail was set aside, held, let in or dismissed in this process. Returns the unsubscriber. */
  onAside(listener: () => void): () => void
}
