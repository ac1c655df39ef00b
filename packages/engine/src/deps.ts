import type {
  BlobId,
  Command,
  Instant,
  MessageId,
  PolicyInForce,
  Refusal,
  Roots,
  StreamId,
  TargetName,
} from '@embargo/core'
import type { DomainLookup, MailParser, MailWriter, ParsedMail } from '@embargo/mail'
import type { People } from './access/people.ts'
import type { CommandExtras, CommandResult, IrreversibleRequest, Preview } from './commands/command.ts'
import type { Domain } from './domain.ts'
import type { BlobStore } from './ports/blob-store.ts'
import type { CveRegistry } from './ports/cve-registry.ts'
import type { CaseRow, EventStore } from './ports/event-store.ts'
import type { KeyVault } from './ports/key-vault.ts'
import type { MailOut } from './ports/mail-out.ts'
import type { MailSpool, SpooledMail } from './ports/mail-spool.ts'
import type { Outbox } from './ports/outbox.ts'
import type { OwnKeys } from './ports/own-keys.ts'
import type { RehearsalTarget } from './ports/publication-target.ts'
import type { ReadModels } from './ports/read-models.ts'
import type { Clock, Log } from './ports/time.ts'
import type { States } from './projections/states.ts'
import type { LoadedStreams } from './projections/world.ts'
import type { KeyedMutex } from './shared/keyed-mutex.ts'

/**
 * The dependencies that the parts of the engine share: the ports, and a few things that are made from them once. Apps
 * and chat must use `engine.ts` instead.
 */
export type Deps = {
  /** The policy with the people as they are now. Read it on each use, and never store it. */
  readonly policy: PolicyInForce
  readonly people: People
  readonly domain: Domain
  readonly roots?: Roots
  /** The name of the missing setting without which no mail can be sent; absent if nothing is missing. */
  readonly relayMissing?: string
  /** Returns the size of the largest mail that the relay accepts; absent if this process knows no relay. */
  readonly mailSizeLimit?: NonNullable<MailOut['sizeLimit']>
  readonly events: EventStore
  readonly outbox: Outbox
  readonly readModels: ReadModels
  readonly blobs: BlobStore
  readonly keys: KeyVault
  readonly ownKeys: OwnKeys
  readonly spool: MailSpool
  readonly parser: Pick<MailParser, 'ready' | 'parse' | 'refresh'>
  readonly mailWriter: MailWriter
  /** Where a project that is its own CNA reserves its CVE ids; absent without credentials. */
  readonly cveRegistry?: CveRegistry
  /** The targets at which a rehearsal of a publication puts documents; absent without such targets. */
  readonly rehearsalTargets?: ReadonlyMap<TargetName, RehearsalTarget>
  /** How the domains of senders are checked. */
  readonly domainLookup: DomainLookup
  readonly clock: Clock
  readonly log: Log
  readonly states: States
  /**
   * Makes this process handle commands for the same case one after another. In parallel, they would conflict, and some
   * would have to be decided twice.
   */
  readonly mutex: KeyedMutex
  handle(command: Command, extras?: CommandExtras): Promise<CommandResult>
  /**
   * Computes what an irreversible command would do now, with a digest of that. A digest from outside, for example from
   * a button, must not be trusted, so the engine always computes its own.
   */
  preview(request: IrreversibleRequest, at: Instant): Promise<Preview | Refusal>
  loadWorld(stream: StreamId): Promise<LoadedStreams>
  /** The function `MailReader.read`. */
  readMail(message: MessageId): Promise<ParsedMail | undefined>
  /** The function `MailReader.messageId`. */
  messageIdOf(message: MessageId): Promise<string | undefined>
  /** The function `MailReader.keep`. */
  keepMail(stored: Pick<SpooledMail, 'id' | 'raw'>, mail: ParsedMail): void
  /** A blob as UTF-8 text. */
  blobText(blob: BlobId): Promise<string | undefined>
  /** Tells the listeners about a commit and the rows that it wrote. */
  committed(rows: readonly CaseRow[]): void
  onCommit(listener: (rows: readonly CaseRow[]) => void): () => void
}
