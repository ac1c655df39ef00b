/**
 * `in-use`: another process holds the file. `wrong-key`: the master key is not the one this database was made with.
 * `newer-database`: a later version of the program has been here. `altered-migration`: an applied migration differs from
 * ours. `damaged`: a row cannot be what we wrote. `unknown-row`: the caller named something that does not exist.
 * `bad-address`: the database address cannot be read. `unreachable`, `access-denied`, `no-database`: PostgreSQL does not
 * answer, does not let the user in, has no such database.
 */
export type StoreErrorCode =
  | 'in-use'
  | 'wrong-key'
  | 'newer-database'
  | 'altered-migration'
  | 'damaged'
  | 'unknown-row'
  | 'bad-address'
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

/** A row is not what we wrote: it cannot be unsealed, or its content is invalid. Truncated JSON is damage too. */
export const isDamage = (error: unknown): boolean =>
  (error instanceof StoreError && error.code === 'damaged') || error instanceof SyntaxError

/** The readable ones among many rows: a damaged row must not hide the others. `verifyLog` reports it. */
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
