import { Instant, nearestInstant } from '@embargo/core'
import { StoreError } from './errors.ts'

/**
 * Reads a time that we wrote.
 *
 * @throws StoreError `damaged`
 */
export function openInstant(cell: bigint | number): Instant {
  const read = Instant.safeParse(Number(cell))
  if (read.success) return read.data
  throw new StoreError('damaged', 'A time in the database is not a valid time: somebody wrote into it.', {
    cause: read.error,
  })
}

export const closestInstant = (cell: bigint | number): Instant => nearestInstant(Number(cell))
