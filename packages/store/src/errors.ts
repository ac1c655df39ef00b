/**
 * `in-use`: another process has the file open. `wrong-key`: the database was made with another master key.
 * `newer-database`: a later version of the program has used the database. `altered-migration`: an applied migration
 * differs from ours. `damaged`: a row is not what the program wrote. `unknown-row`: the caller named something that
 * does not exist. `bad-address`: the database address cannot be read. `not-durable`: an fsync failed. `unreachable`:
 * PostgreSQL does not answer. `access-denied`: PostgreSQL does not let the user in. `no-database`: PostgreSQL has no
 * database of this name.
 */
export type StoreErrorCode =
  | 'in-use'
  | 'wrong-key'
  | 'newer-database'
  | 'altered-migration'
  | 'damaged'
  | 'unknown-row'
  | 'bad-address'
  | 'not-durable'
  | 'unreachable'
  | 'access-denied'
  | 'no-database'

/** A failure or refusal of the store. The message is for people and contains no sealed content. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode
  /** With `in-use`: the file that the other process keeps open while it holds the database. */
  readonly heldFile: string | undefined
  constructor(
    code: StoreErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly heldFile?: string } = {},
  ) {
    super(message, options)
    this.code = code
    this.heldFile = options.heldFile
  }
}

/**
 * Whether an error means that a row is not what we wrote: it cannot be unsealed, or its content is invalid (truncated
 * JSON, for example).
 */
export const isDamage = (error: unknown): boolean =>
  (error instanceof StoreError && error.code === 'damaged') || error instanceof SyntaxError

/**
 * Reads many rows and leaves out the damaged ones, so one damaged row does not hide the others. `verifyLog` reports the
 * damage.
 */
export async function readable<Row, Read>(
  rows: readonly Row[],
  read: (row: Row) => Promise<Read>,
): Promise<readonly Read[]> {
  const all = await Promise.allSettled(rows.map(read))
  return all.flatMap((each) => {
    if (each.status === 'fulfilled') return [each.value]
    if (isDamage(each.reason)) return []
    throw each.reason
  })
}
