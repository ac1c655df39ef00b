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
 * A report that somebody made in private at the host of a project's repository. This program turns the report into a
 * mail and stores that mail.
 */
export type PrivateReport = {
  /** The web page of the report. Only one report is stored for each link. */
  readonly link: string
  /** Identifies the content of the report as it was read. Absent if an earlier version of this program read it. */
  readonly revision?: string
  /** The mail address that the author wrote into the report. Our mails to the author go to this address. */
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
 * `held`: the mail would open a case but waits for a person, because too many came. `let-in`: a person let the mail in,
 * and it is placed next. `dismissed`: a person rejected the mail, and may still let it in. `test`: our own test of the
 * mail set-up, which came back.
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
   * How many attempts to parse the mail have begun but have no recorded end. During such an attempt the program died,
   * or the attempt is still running.
   */
  readonly attempts: number
}

/** A stored mail with its size instead of its bytes. */
export type ListedMail = Omit<SpooledMail, 'raw'> & { readonly bytes: number }

/** A mail that waits to be read. */
export type WaitingMail = Pick<ListedMail, 'id' | 'bytes' | 'attempts'>

/**
 * Sizes in bytes: of all mails that wait to be read (`unread`), and of all mails that were received since an instant
 * (`received`).
 */
export type SpoolUsage = {
  readonly unread: number
  readonly received: number
  /** Free bytes on the disk, if the database is a file on this machine. */
  readonly free?: number
}

/** A mail of up to this many bytes is read before any larger one. A report with a screenshot is smaller. */
export const SMALL_MAIL_BYTES = 1024 * 1024

/** `full`: there is no space. Answer 452, so the sending server keeps the mail. */
export type SpoolResult = { readonly is: 'stored' | 'already-stored'; readonly id: MessageId } | { readonly is: 'full' }

/**
 * Every mail that came, sealed. A mail must be stored and synced before the sender gets the reply 250. The id of a mail
 * is derived from its bytes and its recipients, so the same mail delivered twice is stored once.
 */
export type MailSpool = {
  /**
   * `each`: the sender gets an answer for each recipient (LMTP). If we crash after some of these answers, the sender
   * repeats the mail for the other recipients. So a mail counts as already stored if the same bytes were stored for all
   * of its recipients, even if they were stored for further recipients too.
   */
  store(mail: ArrivingMail, answered?: 'each'): Promise<SpoolResult>
  /**
   * Mails that wait to be read, without those that another process is reading. Small mails come first, but the oldest
   * large one is always included. If the program died while it parsed a mail, that mail comes last.
   */
  waiting(limit: number, except?: readonly MessageId[]): Promise<readonly WaitingMail[]>
  /**
   * Claims a waiting mail for this process, and returns the mail with its bytes. The claim prevents two processes from
   * opening two cases for the same mail. Undefined if another process has claimed the mail, or if the mail could not be
   * unsealed and was therefore set aside.
   */
  open(id: MessageId): Promise<SpooledMail | undefined>
  usage(since: Instant): Promise<SpoolUsage>
  /**
   * Counts an attempt to parse the mail, before it begins. If the count remains, the program died during the attempt.
   */
  attempt(id: MessageId): Promise<void>
  /** Undoes the count of `attempt`, because the program has survived: parsing has ended, with whatever result. */
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
   * Records a person's decision about a mail that is held or was dismissed. False if the mail is neither, for example
   * because the decision is repeated.
   */
  decide(id: MessageId, as: 'let-in' | 'dismissed', by: string): Promise<boolean>
  /** Sets the time at which the domain of the mail's sender is checked again; undefined if it is not checked again. */
  checkAgain(id: MessageId, at: Instant | undefined): Promise<void>
  /**
   * The mails whose sender's domain is due to be checked again, the longest overdue first. Only mails in cases are
   * listed.
   */
  toCheck(until: Instant, limit: number): Promise<readonly MessageId[]>
  /** How many of the mails received in this time are set aside. Test mails do not count. */
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
