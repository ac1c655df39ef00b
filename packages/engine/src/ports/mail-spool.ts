import type { Instant, MessageId, StreamId } from '@embargo/core'

/** The host that sent a mail to our listener. SPF checks its address. */
export type MailClient = {
  readonly address: string
  /** The name with which the host introduced itself (HELO or EHLO). */
  readonly helo: string
  /** The version of TLS, if the connection was encrypted. */
  readonly tls?: string
  /**
   * The host is one of the operator's own servers and forwards mail that others sent. SPF proves nothing about such
   * mail.
   */
  readonly relay?: true
}

/**
 * A report that somebody made in private at the host of a project's repository. It is stored as a mail that we wrote.
 */
export type PrivateReport = {
  /** The web page of the report. Only one report is stored for each link. */
  readonly link: string
  /** The mail address that its author wrote into the report. We send our mails to it. */
  readonly address?: string
  /** The report was made before the repository was connected, so it waits for a person. */
  readonly held?: true
}

/** A mail as it was received, before anybody parsed it. */
export type ArrivingMail = {
  readonly raw: Uint8Array
  /** The return path; empty for the null return path. Absent if it is unknown, because the mail came from a mailbox. */
  readonly envelopeFrom?: string
  readonly envelopeTo: readonly string[]
  /** The host that sent the mail; absent if the mail came from a mailbox, or came before hosts were stored. */
  readonly client?: MailClient
  readonly receivedAt: Instant
  /** The id of this delivery (session and transaction): a repeated delivery is stored once. */
  readonly delivery: string
  /** The mail was in the folder of the provider's spam filter. */
  readonly spam?: boolean
  readonly privateReport?: PrivateReport
}

/**
 * `held`: the mail would open a case but waits for a person, because too many came. The person lets it in (`let-in`: it
 * is placed next) or rejects it (`dismissed`), and may decide otherwise later. `test`: our own test of the mail set-up
 * came back, so people need not look at it.
 */
export type MailPlace = 'waiting' | 'held' | 'let-in' | 'dismissed' | 'in-case' | AsidePlace
export type AsidePlace = 'set-aside' | 'test'

export type SpooledMail = ArrivingMail & {
  readonly id: MessageId
  readonly state: MailPlace
  readonly stream?: StreamId
  /** Why the mail was set aside, or who let it in or rejected it. */
  readonly because?: string
  /**
   * How many times parsing the mail has begun without a recorded end. Either the program died while it parsed the mail,
   * or it is parsing it now.
   */
  readonly attempts: number
}

/** A stored mail with its size instead of its bytes. */
export type ListedMail = Omit<SpooledMail, 'raw'> & { readonly bytes: number }

/** A mail that waits to be read. */
export type WaitingMail = Pick<ListedMail, 'id' | 'bytes' | 'attempts'>

/** How many bytes of stored mails wait to be read, and how many were received since an instant. */
export type SpoolUsage = {
  readonly unread: number
  readonly received: number
  /** Free bytes on the disk, if the database is a file on this machine. */
  readonly free?: number
}

/** A mail of up to this many bytes is read before any larger one. A report with a screenshot is smaller. */
export const SMALL_MAIL_BYTES = 1024 * 1024

/** `full`: there is no space. Answer 452, so that the sending server keeps the mail. */
export type SpoolResult = { readonly is: 'stored' | 'already-stored'; readonly id: MessageId } | { readonly is: 'full' }

/**
 * Every mail that came, sealed. A mail must be stored and synced before the 250 is answered. The id is derived from the
 * SHA-256 of the raw bytes and the recipients, so the same mail delivered twice is stored once.
 */
export type MailSpool = {
  /**
   * `each`: the sender gets an answer for each recipient (LMTP). After a crash, the sender may have got answers for
   * only some recipients, and then it sends the mail again to the others. So a mail counts as already stored if its
   * bytes were stored for at least these recipients.
   */
  store(mail: ArrivingMail, answered?: 'each'): Promise<SpoolResult>
  /**
   * Mails that wait to be read. Small mails come first, but the oldest large one is always
   * included. Mails during which the program died come last. Mails that another process is reading are left out.
   */
  waiting(limit: number, except?: readonly MessageId[]): Promise<readonly WaitingMail[]>
  /**
   * Claims a waiting mail for this process and returns it with its bytes. Without the claim, two processes would open
   * two cases for the same mail. Undefined if another process has claimed it. Also undefined if it cannot be unsealed;
   * then it is set aside.
   */
  open(id: MessageId): Promise<SpooledMail | undefined>
  usage(since: Instant): Promise<SpoolUsage>
  /**
   * Counts an attempt to parse the mail, before it begins. If the count remains, the program died during the attempt.
   */
  attempt(id: MessageId): Promise<void>
  /** Takes back the count of `attempt`: parsing has ended, with any result, and the program is still running. */
  survived(id: MessageId): Promise<void>
  /**
   * Sets aside a mail that opens no case (bounces, automatic answers, lists): it is stored, and `embargo read mails`
   * lists it.
   */
  setAside(id: MessageId, because: string, as?: AsidePlace): Promise<void>
  /** Makes the mail wait for a person, because too many came at once. */
  hold(id: MessageId): Promise<void>
  /** The mails that wait for a person, the oldest first. */
  held(limit: number): Promise<readonly ListedMail[]>
  countHeld(): Promise<number>
  /**
   * Records a person's decision about a mail that is held or was dismissed. False if the mail is neither, so that a
   * repeated decision is not counted twice.
   */
  decide(id: MessageId, as: 'let-in' | 'dismissed', by: string): Promise<boolean>
  /** Sets the time at which the domain of the mail's sender is checked again; undefined if it is not checked again. */
  checkAgain(id: MessageId, at: Instant | undefined): Promise<void>
  /** The mails in cases that are due for a check of the sender's domain, the longest overdue first. */
  toCheck(until: Instant, limit: number): Promise<readonly MessageId[]>
  /** How many of the mails received in this time are set aside, without tests. */
  countAside(from: Instant, until: Instant): Promise<number>
  find(id: MessageId): Promise<SpooledMail | undefined>
  /** The mails that match the query, the newest first. */
  list(query: {
    readonly limit: number
    readonly stream?: StreamId
    readonly state?: MailPlace
  }): Promise<readonly ListedMail[]>
  onStore(listener: () => void): () => void
  /**
   * Calls the listener after a mail was set aside, held, let in or dismissed in this process. Returns a function that
   * unsubscribes.
   */
  onAside(listener: () => void): () => void
}
