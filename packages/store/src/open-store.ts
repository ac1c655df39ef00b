import type {
  BlobStore,
  EventStore,
  KeyVault,
  Log,
  MailboxCursors,
  MailSpool,
  Outbox,
  OwnKeys,
  ReadModels,
  Settings,
} from '@embargo/engine'
import { blobStore } from './blobs/blob-store.ts'
import { DatabaseClock } from './database/database-clock.ts'
import type { Database } from './database/db.ts'
import { reportOutOfSpace } from './database/out-of-space.ts'
import { openSqlite } from './database/open-sqlite.ts'
import type { SqlConnection } from './database/sql-connection.ts'
import { eventStore } from './events/event-store.ts'
import { keyVault } from './keys/key-vault.ts'
import { ownKeys } from './keys/own-keys.ts'
import { ReporterKeys } from './keys/reporter-keys.ts'
import { StreamKeys } from './keys/stream-keys.ts'
import { Listeners } from './listeners.ts'
import { defaultMigrationsFolder } from './migrate/folder.ts'
import type { OddCell } from './migrate/column-types.ts'
import { prepare } from './migrate/prepare.ts'
import { outbox } from './outbox/outbox.ts'
import { releaseLeases } from './outbox/release-leases.ts'
import { readModels } from './read-models/read-models.ts'
import { masterKeys, type MasterKeys } from './sealing/master-keys.ts'
import { settings } from './settings/settings.ts'
import { MailKeys } from './spool/mail-keys.ts'
import { mailboxCursors } from './spool/mailbox-cursors.ts'
import { mailSpool } from './spool/mail-spool.ts'

export type StoreOptions = {
  /** `file:/path/to/embargo.db` or `postgresql://…`. */
  readonly database: string
  /** 32 bytes that live outside the database and its backups. */
  readonly masterKey: Uint8Array
  readonly log: Log
  /** The folder of the migrations, with `sqlite/` and `postgresql/` in it. Default: the program's own. */
  readonly migrationsFolder?: string
  /**
   * SQLite only: the most pages of 4 KiB that the file may have. By default, only the disk limits its size. When the
   * file is full, arriving mail is answered with 452, so its sender tries again later.
   */
  readonly maxPages?: number
  /**
   * This process's own clock, in milliseconds. By default, the machine's clock. It can count from any moment, because
   * the store measures its distance from the database's clock.
   */
  readonly ownTimeMs?: () => number
}

/** Everything that is stored. Disposing the store waits for writes in progress and releases the file. */
export type Store = AsyncDisposable & {
  /** The clock of the outbox's leases: the database's time, in milliseconds since 1970. */
  readonly leaseTimeMs: () => number
  readonly events: EventStore
  readonly outbox: Outbox
  readonly readModels: ReadModels
  readonly spool: MailSpool
  readonly mailboxCursors: MailboxCursors
  readonly blobs: BlobStore
  readonly keys: KeyVault
  readonly settings: Settings
  readonly ownKeys: OwnKeys
}

/**
 * Opens the database, checks the master key, and brings the schema up to date.
 *
 * @throws StoreError `in-use`, `wrong-key`, `newer-database`, `altered-migration`, `damaged`, `bad-address`,
 * `unreachable`, `access-denied`, `no-database`
 * @throws RangeError if the master key does not have 32 bytes
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const master = masterKeys(options.masterKey)
  const opened = await openDatabase(options, master)
  const database: Database = { ...opened, writer: reportOutOfSpace(opened.writer) }
  const clock = new DatabaseClock(database, options.ownTimeMs)
  await clock.measure()
  const streamKeys = new StreamKeys(database, master)
  const reporterKeys = new ReporterKeys(database, master)
  const mailKeys = new MailKeys({ database, master, streamKeys, reporterKeys })
  const appended = new Listeners()
  const stored = new Listeners()
  let closed: Promise<void> | undefined
  return {
    leaseTimeMs: () => clock.nowMs(),
    events: eventStore({ database, master, streamKeys, reporterKeys, mailKeys, appended, log: options.log }),
    outbox: outbox({ database, streamKeys, appended, clock, log: options.log }),
    readModels: readModels({ database, streamKeys }),
    spool: mailSpool({ database, master, mailKeys, stored, clock, log: options.log }),
    mailboxCursors: mailboxCursors({ database, master, mailKeys, stored }),
    blobs: blobStore({ database, master, streamKeys }),
    keys: keyVault({ database, master, reporterKeys }),
    settings: settings({ database, master, log: options.log }),
    ownKeys: ownKeys({ database, master, log: options.log }),
    [Symbol.asyncDispose]: () => (closed ??= database.close()),
  }
}

async function openDatabase(options: StoreOptions, master: MasterKeys): Promise<Database> {
  const migrationsFolder = options.migrationsFolder ?? defaultMigrationsFolder()
  const applied = (migration: string): void => options.log.info('Applied a migration', { migration })
  const straightened = (cell: OddCell): void =>
    options.log.error(
      'a value had another type than its column and was converted: somebody wrote into the database',
      cell,
    )
  const prepared = (dialect: Database['dialect']) => (connection: SqlConnection) =>
    prepare(connection, { dialect, migrationsFolder, master, applied, straightened })
  if (/^postgres(ql)?:/.test(options.database)) {
    // Each of the two database clients has several megabytes, so only the one that is used is loaded.
    const { openPostgres } = await import('./database/open-postgres.ts')
    return openPostgres(options.database, { prepare: prepared('postgresql') })
  }
  const database = await openSqlite(options.database, {
    prepare: prepared('sqlite'),
    ...(options.maxPages === undefined ? {} : { maxPages: options.maxPages }),
  })
  await releaseLeases(database.writer)
  return database
}
