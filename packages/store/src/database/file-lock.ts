import { chmodSync, closeSync, openSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { StoreError } from '../errors.ts'
import { isBusy } from './failures.ts'
import { SingleConnectionLibSql, run, type Connection } from './single-connection-libsql.ts'

/**
 * The mode of our files: only the owner may read them. SQLite gives its -wal and -shm files the mode of the database
 * file.
 */
export const FILE_MODE = 0o600

/**
 * Creates the file if it does not exist, and returns whether it was created. An existing file is not opened, because
 * closing it would release SQLite's locks on it.
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
 * Locks the database until the result is disposed. The lock is an exclusive transaction on an empty database
 * `<path>.lock`. SQLite uses a file lock of the operating system, so no lock remains even if the process is killed.
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
