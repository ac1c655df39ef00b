import type { Instant } from '@embargo/core'

export type MailboxFolder = {
  readonly path: string
  /** The folder of the provider's spam filter (RFC 6154: \Junk). */
  readonly spam: boolean
}

export type OpenFolder = { readonly uidValidity: number; readonly uidNext: number }

export type MailFacts = { readonly bytes: number; readonly internalDate: Instant | undefined }

/** A connection to a mailbox, in the words that reading takes. Every call throws when the connection has ended. */
export type MailboxSession = AsyncDisposable & {
  /** INBOX first. */
  folders(): Promise<readonly MailboxFolder[]>
  /** Opens a folder to be read only, so that no flag changes: people see in their mail program what they have read. */
  open(path: string): Promise<OpenFolder>
  /** The UIDs in the open folder from `first` on, ascending; with `since`, at least all received from then on. */
  uids(first: number, since?: Instant): Promise<readonly number[]>
  /** Without those that are gone. */
  facts(uids: readonly number[]): Promise<ReadonlyMap<number, MailFacts>>
  /** Without those that are gone or for which the server gives no bytes. */
  raw(uids: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>>
  /** Until something may have come into this folder, or the time is over. */
  wait(path: string, milliseconds: number, signal: AbortSignal): Promise<void>
}
