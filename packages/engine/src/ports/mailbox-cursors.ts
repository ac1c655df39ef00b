import type { Instant } from '@embargo/core'
import type { ArrivingMail } from './mail-spool.ts'

/** `no-bytes`: the server gave none, or broke off. `no-room`: more mail came than is stored. */
export type UnreadReason = 'no-bytes' | 'too-large' | 'no-room'

/** A mail that the reader has passed and not stored. It stays on the list until it is stored or gone. */
export type UnreadMail = {
  readonly uid: number
  readonly bytes: number
  readonly because: UnreadReason
  /** Its INTERNALDATE, or when it was seen if the server names none. */
  readonly receivedAt: Instant
}

/** How far a folder of a mailbox was read. */
export type MailboxCursor = {
  /** `user@host` */
  readonly mailbox: string
  readonly folder: string
  /** Counts the changes: of two processes that read one folder, the later one looks again. 0 before the first. */
  readonly version: number
  /** With another one, the UIDs of before mean nothing (RFC 3501 section 2.3.1.1). */
  readonly uidValidity: number
  /** Every mail up to this UID is stored, on the list of unread ones, too old, or gone. */
  readonly uid: number
  /** The latest INTERNALDATE that was seen, or when the folder was first opened. */
  readonly newest: Instant
  /** Mails that were there before: those below this UID are read from this INTERNALDATE on. */
  readonly backlog?: { readonly below: number; readonly from: Instant }
  readonly unread: readonly UnreadMail[]
}

/** `moved`: another process was first, and nothing was written. `full`: neither, because there is no room. */
export type CursorResult = 'stored' | 'moved' | 'full'

/** How far each mailbox was read, sealed. */
export type MailboxCursors = {
  find(mailbox: string, folder: string): Promise<MailboxCursor | undefined>
  list(): Promise<readonly MailboxCursor[]>
  /**
   * Stores mails together with the cursor behind them, in one transaction: after a crash both are there, or neither.
   * A mail that the spool has already is not stored again. `cursor.version` is the one that was found.
   */
  advance(cursor: MailboxCursor, mails: readonly ArrivingMail[]): Promise<CursorResult>
  /** Called after the list of unread mails changed in this process. Returns the unsubscriber. */
  onUnread(listener: () => void): () => void
}
