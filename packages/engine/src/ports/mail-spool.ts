import type { Instant, MessageId, StreamId } from '@embargo/core'

/** The host that handed a mail to our listener. SPF is about its address. */
export type MailClient = {
  readonly address: string
  /** The name that it gave itself. */
  readonly helo: string
  /** The version of TLS on its connection, if it was encrypted. */
  readonly tls?: string
  /** One of the operator's own servers, which passes on what others sent: SPF says nothing about it. */
  readonly relay?: true
}

/** A mail as it was received, before anybody parsed it. */
export type ArrivingMail = {
  readonly raw: Uint8Array
  readonly envelopeFrom: string
  readonly envelopeTo: readonly string[]
  /** Absent if it did not come by a connection of that host, or came before this was stored. */
  readonly client?: MailClient
  readonly receivedAt: Instant
  /** The id of this delivery (session and transaction): a repeated delivery is stored once. */
  readonly delivery: string
}

/**
 * `held`: it would open a case, and too many came; a person lets it in (`let-in`: recorded next) or rejects it
 * (`dismissed`), and may change their mind.
 */
export type MailPlace = 'waiting' | 'held' | 'let-in' | 'dismissed' | 'in-case' | 'set-aside'

export type SpooledMail = ArrivingMail & {
  readonly id: MessageId
  readonly state: MailPlace
  readonly stream?: StreamId
  /** Why it was set aside, or who let it in or rejected it. */
  readonly because?: string
  /** Readings without a recorded end: the program died during them, or one is running. */
  readonly attempts: number
}

/** A stored mail without its bytes. */
export type ListedMail = Omit<SpooledMail, 'raw'>

/** Bytes of stored mails: those that wait to be read, and those received since an instant. */
export type SpoolUsage = {
  readonly unread: number
  readonly received: number
  /** Free bytes on the disk, if the database is a file on this machine. */
  readonly free?: number
}

/** A mail of up to this many bytes is read before any larger one. A report with a screenshot is smaller. */
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
   * Mails that wait to be read, without their bytes: small ones first, but always including the oldest large one, and
   * last those during which the program died. Without those that another process is reading.
   */
  waiting(limit: number, except?: readonly MessageId[]): Promise<readonly ListedMail[]>
  /**
   * A waiting mail with its bytes, claimed for this process before anybody parses it, because two processes would draw
   * two numbers for it. Undefined if another process has it, or if it cannot be read: then it is set aside.
   */
  open(id: MessageId): Promise<SpooledMail | undefined>
  usage(since: Instant): Promise<SpoolUsage>
  /** Counts a reading before it begins; a count that remains means that the program died during it. */
  attempt(id: MessageId): Promise<void>
  /** Removes that count: the reading ended, with any result, and the program lives. */
  survived(id: MessageId): Promise<void>
  /**
   * Sets aside a mail that opens no case (bounces, automatic answers, lists): it is stored, and shown by `embargo
   * mail`.
   */
  setAside(id: MessageId, because: string): Promise<void>
  /** Too many came at once: it waits for a person. */
  hold(id: MessageId): Promise<void>
  /** The mails that wait for a person, the oldest first. */
  held(limit: number): Promise<readonly ListedMail[]>
  countHeld(): Promise<number>
  /**
   * Records a person's decision about a mail that is held or was dismissed; false if it is neither, so that it counts
   * once.
   */
  decide(id: MessageId, as: 'let-in' | 'dismissed', by: string): Promise<boolean>
  /** How many of the mails received in this time are set aside. */
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
