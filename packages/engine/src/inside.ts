import type { BlobId, Command, MessageId, Roots, StreamId } from '@embargo/core'
import type { CommandResult } from './engine.ts'
import type { LoadedStreams } from './projections/world.ts'
import type { CommandExtras } from './commands/handle-command.ts'
import type { MailParser, ParsedMail } from '@embargo/mail'
import type { HandleParts } from './parts.ts'
import type { BlobStore } from './ports/blob-store.ts'
import type { CaseRow } from './ports/event-store.ts'
import type { KeyVault } from './ports/key-vault.ts'
import type { MailSpool } from './ports/mail-spool.ts'
import type { Outbox } from './ports/outbox.ts'
import type { ReadModels } from './ports/read-models.ts'
import type { Clock } from './ports/time.ts'

/** What dispatcher, scheduler and intake share with the engine, and nobody else gets. */
export type Inside = Omit<HandleParts, 'committed' | 'preview' | 'turns'> & {
  readonly roots?: Roots
  readonly outbox: Outbox
  readonly readModels: ReadModels
  readonly blobs: BlobStore
  readonly keys: KeyVault
  readonly spool: MailSpool
  readonly clock: Clock
  readonly parser: Pick<MailParser, 'ready' | 'parse'>
  handle(command: Command, beside?: CommandExtras): Promise<CommandResult>
  loadWorld(stream: StreamId): Promise<LoadedStreams>
  /** Parses a stored mail again; undefined where there is none or it cannot be parsed. */
  readMail(message: MessageId): Promise<ParsedMail | undefined>
  /** A blob as UTF-8 text. */
  blobText(blob: BlobId): Promise<string | undefined>
  onCommit(listener: (rows: readonly CaseRow[]) => void): () => void
}
