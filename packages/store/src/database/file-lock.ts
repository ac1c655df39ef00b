import { chmodSync, closeSync, openSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { StoreError } from '../errors.ts'
import { isBusy } from './failures.ts'
import { SingleConnectionLibSql, run, type Connection } from './single-connection-libsql.ts'

/** Nobody but the owner reads the data, the journal or the lock. SQLite gives its -wal and -shm the file's mode. */
export const FILE_MODE = 0o600

/**
 * Creates the file if it does not exist; returns whether it did. Never opens a file that SQLite has open: closing would
 * drop its locks.
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
 * Holds `<path>.lock` until disposed: an exclusive transaction on an empty database beside the real one. SQLite uses the
 * operating system's file lock, which a killed process loses at once; there is no pid that could go stale.
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
      `${path} is held by another Embargo process, and only one at a time may write to an SQLite file. Stop the other one, or move to PostgreSQL to run several.`,
      { cause, heldFile: lock },
    )
  }
  const held = connection
  return {
    [Symbol.asyncDispose]: async () => {
      // libSQL closes a connection only when its statements are collected; the lock must be released now.
      await run(held, 'ROLLBACK')
      await held.dispose()
    },
  }
}
