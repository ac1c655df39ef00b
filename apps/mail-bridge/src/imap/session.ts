import type { Instant } from '@embargo/core'

export type MailboxFolder = {
  readonly path: string
  /** The folder of the provider's spam filter: marked by the server as \Junk (RFC 6154), or known by its name. */
  readonly spam: boolean
}

export type FolderState = { readonly uidValidity: number; readonly uidNext: number }

export type MailFacts = { readonly bytes: number; readonly internalDate: Instant | undefined }

/** A connection to a mailbox, with only the calls that reading needs. Every call throws if the connection has ended. */
export type MailboxSession = AsyncDisposable & {
  /** Lists the folders, INBOX first. */
  folders(): Promise<readonly MailboxFolder[]>
  /**
   * Opens a folder read-only, so that no flag changes: people's mail programs must still show which mails they have
   * read.
   */
  open(path: string): Promise<FolderState>
  /** Reads the state of a folder that is not open, and opens it only if the server gives no state otherwise. */
  state(path: string): Promise<FolderState>
  /**
   * The UIDs in the open folder from `first` on, ascending. With `since`, mails that were received earlier may be left
   * out.
   */
  uids(first: number, since?: Instant): Promise<readonly number[]>
  /** Leaves out mails that are gone. */
  facts(uids: readonly number[]): Promise<ReadonlyMap<number, MailFacts>>
  /** Leaves out mails that are gone and mails for which the server sends no bytes. */
  raw(uids: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>>
  /** Waits until a mail may have arrived in this folder, but not longer than this time. */
  wait(path: string, milliseconds: number, signal: AbortSignal): Promise<void>
}
