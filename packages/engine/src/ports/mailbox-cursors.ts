import type { Instant } from '@embargo/core'
import type { ArrivingMail } from './mail-spool.ts'

/** `no-bytes`: the server did not send the whole mail. `no-room`: the quota for stored mail is exhausted. */
export type UnreadReason = 'no-bytes' | 'too-large' | 'no-room'

/** A mail that was skipped and not stored. It stays on the list until it is stored or deleted. */
export type UnreadMail = {
  readonly uid: number
  readonly bytes: number
  readonly because: UnreadReason
  /** The mail's INTERNALDATE, or the time when we saw it if the server sends no date. */
  readonly receivedAt: Instant
}

/** How far a folder of a mailbox was read. */
export type MailboxCursor = {
  /** `user@host` */
  readonly mailbox: string
  readonly folder: string
  /**
   * Counts the changes of the cursor, from 0. If two processes read the same folder, the second one notices that the
   * version has changed.
   */
  readonly version: number
  /** If the server changes this value, all earlier UIDs are invalid (RFC 3501 section 2.3.1.1). */
  readonly uidValidity: number
  /** Each mail up to this UID was stored, is on the list of unread mails, was too old, or was deleted. */
  readonly uid: number
  /** The time when the folder was first opened, or the latest INTERNALDATE that was seen if this date is later. */
  readonly newest: Instant
  /**
   * Set if the folder had mails when it was first read. Mails with a UID below `below` are read only if they were
   * received since `from`.
   */
  readonly backlog?: { readonly below: number; readonly from: Instant }
  readonly unread: readonly UnreadMail[]
}

/**
 * `moved`: another process moved the cursor first, so nothing was written. `full`: there is no space, so nothing was
 * written.
 */
export type CursorResult = 'stored' | 'moved' | 'full'

/** Stores, in sealed form, how far each mailbox was read. */
export type MailboxCursors = {
  find(mailbox: string, folder: string): Promise<MailboxCursor | undefined>
  list(): Promise<readonly MailboxCursor[]>
  /**
   * Stores mails and the new cursor in one transaction. A mail that the spool already has is not stored again.
   * `cursor.version` must be the version that `find` returned.
   */
  advance(cursor: MailboxCursor, mails: readonly ArrivingMail[]): Promise<CursorResult>
  /**
   * Calls the listener after the list of unread mails changed in this process. Returns a function that unsubscribes.
   */
  onUnread(listener: () => void): () => void
}
