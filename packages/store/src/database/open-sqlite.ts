import { chmodSync } from 'node:fs'
import { open, statfs } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { PrismaClient } from '../generated/sqlite/client.ts'
import { StoreError } from '../errors.ts'
import type { Database } from './db.ts'
import { ensureFile, FILE_MODE, lockFile } from './file-lock.ts'
import { GroupWriter } from './group-writer.ts'
import { columnTypes, SingleConnectionLibSql, run, type Connection } from './single-connection-libsql.ts'

/**
 * How long the reader waits for a checkpoint of the writer, in milliseconds. Reader and writer run in one thread, so
 * the reader hardly ever waits.
 */
const BUSY_TIMEOUT_MS = 1_000

/**
 * How many pages of 4 KiB (16 MB in all) the journal holds before SQLite moves them into the database file. Moving them
 * blocks this thread and syncs both files. With more pages, it happens less often.
 */
const CHECKPOINT_PAGES = 4_000

/**
 * Moves everything into the database file, and empties the journal. Until then, the journal can still contain deleted
 * data.
 */
const EMPTY_WAL = 'PRAGMA wal_checkpoint(TRUNCATE)'

export type SqliteOptions = {
  /**
   * The most pages of 4 KiB that the file may have. By default, only the disk limits its size. When the file is full,
   * arriving mail is answered with 452.
   */
  readonly maxPages?: number
  /** Checks the master key and brings the schema up to date, before anything else touches the file. */
  readonly prepare: (connection: Connection) => Promise<void>
}

/** The path in `file:/…`, `file:///…` or `file:relative`. */
export function sqlitePath(database: string): string {
  if (database.startsWith('file:/')) return fileURLToPath(new URL(database))
  const path = database.slice('file:'.length)
  if (database.startsWith('file:') && path !== '') return path
  throw new StoreError(
    'bad-address',
    'The database address is neither file:/… nor postgresql://…. Write one of them, for example file:/var/lib/embargo/embargo.db.',
  )
}

/**
 * Opens a SQLite file, which only this process may use, with one connection for writing and one for reading. SQLite
 * itself syncs only at checkpoints. The writer syncs the write-ahead log (WAL) after each commit, in another thread.
 */
export async function openSqlite(database: string, options: SqliteOptions): Promise<Database> {
  const path = sqlitePath(database)
  await using opening = new AsyncDisposableStack()
  opening.use(await lockFile(path))
  ensureFile(path)
  // This must come before SQLite creates its journal and shared memory, because these files get the mode of the
  // database file.
  chmodSync(path, FILE_MODE)
  const config = { url: pathToFileURL(path).href, timeout: BUSY_TIMEOUT_MS }

  const writing = new SingleConnectionLibSql(config)
  const connection = await writing.connect()
  opening.defer(() => connection.dispose())
  await run(connection, 'PRAGMA synchronous = FULL')
  // Deleted data must not remain in a free page. It may be a key that was destroyed, or that a migration moved.
  await run(connection, 'PRAGMA secure_delete = ON')
  await options.prepare(connection)

  await run(connection, 'PRAGMA journal_mode = WAL')
  await run(connection, 'PRAGMA synchronous = NORMAL')
  await run(connection, `PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
  // The first query after the change of the journal mode creates the WAL.
  const types = await columnTypes(connection)
  writing.readAs(types)
  // An fsync through any descriptor writes the whole file. Closing this descriptor releases none of SQLite's locks,
  // because SQLite has locks only on its other two files (sqlite.org/howtocorrupt.html, 2.2).
  const wal = await open(`${path}-wal`, 'r+')
  opening.defer(() => wal.close())
  if (options.maxPages !== undefined) await run(connection, `PRAGMA max_page_count = ${Math.trunc(options.maxPages)}`)

  const client = new PrismaClient({ adapter: writing })
  const writer = new GroupWriter(client, writing, () => wal.datasync())
  const reading = new SingleConnectionLibSql(config, () => writer.synced())
  reading.readAs(types)
  const readConnection = await reading.connect()
  opening.defer(() => readConnection.dispose())
  await run(readConnection, 'PRAGMA query_only = ON')

  const held = opening.move()
  return {
    dialect: 'sqlite',
    reader: new PrismaClient({ adapter: reading }),
    rows: async (statement) => {
      const rows = await reading.rows(statement)
      await writer.synced()
      return rows
    },
    newestRows: (statement) => reading.rows(statement),
    writer,
    free: async () => {
      const { bavail, bsize } = await statfs(path)
      return bavail * bsize
    },
    scrub: () => writer.between(EMPTY_WAL),
    close: async () => {
      // Leaves everything in one file, so a copy of that file is a backup.
      await writer.between(EMPTY_WAL)
      await writer.idle()
      await held.disposeAsync()
    },
  }
}
