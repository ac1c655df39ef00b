/**
 * Whether an error means that somebody wrote into the database. The stores throw such errors with this code. Retrying
 * does not help.
 */
export const isDamaged = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'damaged'

/** Reads one of many; undefined if it is damaged, because the others must still be read. */
export async function skipDamaged<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (isDamaged(error)) return undefined
    throw error
  }
}
