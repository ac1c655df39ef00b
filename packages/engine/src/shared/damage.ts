/** Whether somebody wrote into the database: the stores throw with this code, and nothing of it goes away in time. */
export const isDamaged = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'damaged'

/** What is read of one of many; undefined where it is damaged, which is no reason to do without the others. */
export async function skipDamaged<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (isDamaged(error)) return undefined
    throw error
  }
}
