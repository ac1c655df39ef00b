/**
 * Whether an error means that somebody wrote into the database. The stores throw such errors with the code `damaged`.
 * Retrying does not help.
 */
export const isDamaged = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'damaged'

/** Reads one thing of many; undefined if it is damaged. So the others are still read. */
export async function skipDamaged<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (isDamaged(error)) return undefined
    throw error
  }
}
