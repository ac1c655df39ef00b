import { chmodSync, closeSync, openSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { StoreError } from '../errors.ts'
import { isBusy } from './failures.ts'
import { SingleConnectionLibSql, run, type Connection } from './single-connection-libsql.ts'

/**
 * The mode of our files: only the owner may read the data, the journal or the lock. SQLite gives its -wal and -shm
 * files the mode of the database file.
 */
export const FILE_MODE = 0o600

/**
 * Creates the file if it does not exist, and returns whether it did. This function must not open a file that SQLite has
 * open, because closing the file would release SQLite's locks.
 */
export function ensureFile(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx', FILE_MODE))
    chmodSync(path, FILE_MODE)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/**
 * Locks the database until the result is disposed, by holding an exclusive transaction on an empty database
 * `<path>.lock`. SQLite uses a file lock of the operating system for this, which is released even when the process is
 * killed. So no stale lock remains, as it would if the lock were a file with a process id.
 *
 * @throws StoreError `in-use`
 */
export async function lockFile(path: string): Promise<AsyncDisposable> {
  const lock = `${path}.lock`
  ensureFile(lock)
  let connection: Connection | undefined
  try {
    connection = await new SingleConnectionLibSql({ url: pathToFileURL(lock).href }).connect()
    await run(connection, 'BEGIN EXCLUSIVE')
  } catch (cause) {
    await connection?.dispose()
    if (!isBusy(cause)) throw cause
    throw new StoreError(
      'in-use',
      `${path} is in use by another Embargo process, and only one process at a time may open an SQLite file. Stop the other process, or use PostgreSQL to run several.`,
      { cause, heldFile: lock },
    )
  }
  const held = connection
  return {
    [Symbol.asyncDispose]: async () => {
      // libSQL closes a connection only when its statements are garbage-collected, but the lock must be released now.
      await run(held, 'ROLLBACK')
      await held.dispose()
    },
  }
}
