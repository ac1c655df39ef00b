/**
 * Whether an error means that something in the database is not what the program wrote. The stores throw such errors
 * with the code `damaged`. Retrying does not help.
 */
export const isDamaged = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'damaged'

/** Reads one of many things. Returns undefined if it is damaged, so that the caller can still read the others. */
export async function skipDamaged<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (isDamaged(error)) return undefined
    throw error
  }
}
