const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** An error and all errors that it wraps. Prisma puts the driver's error into `cause` or `meta.driverAdapterError`. */
export function* layers(error: unknown): Generator<Record<string, unknown>> {
  const open: unknown[] = [error]
  // Prisma's errors have fewer than five layers. The limit prevents an endless loop if an error is its own cause.
  for (let depth = 0; depth < 5 && open.length > 0; depth++) {
    const layer = open.shift()
    if (!isObject(layer)) continue
    yield layer
    const meta = layer['meta']
    open.push(layer['cause'], isObject(meta) ? meta['driverAdapterError'] : undefined)
  }
}

/** The codes SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE. */
const SQLITE_TAKEN: ReadonlySet<unknown> = new Set([1555, 2067])

/** Whether a unique key is taken: Prisma's code P2002, or the driver's own code. */
export const isTaken = (error: unknown): boolean => {
  for (const layer of layers(error))
    if (
      layer['code'] === 'P2002' ||
      layer['kind'] === 'UniqueConstraintViolation' ||
      SQLITE_TAKEN.has(layer['rawCode'])
    )
      return true
  return false
}

/**
 * Whether PostgreSQL ended the transaction because of a deadlock or a write conflict (P2034). Such a transaction can be
 * tried again.
 */
export const isWriteConflict = (error: unknown): boolean => {
  for (const layer of layers(error))
    if (layer['code'] === 'P2034' || layer['kind'] === 'TransactionWriteConflict') return true
  return false
}

/** Whether another connection holds the lock (SQLITE_BUSY, which Prisma's adapter reports as `SocketTimeout`). */
export const isBusy = (error: unknown): boolean => {
  for (const layer of layers(error)) if (layer['kind'] === 'SocketTimeout') return true
  return false
}

const SQLITE_FULL = 13
const POSTGRES_DISK_FULL = '53100'

/** Whether the disk is full: SQLITE_FULL (which also covers ENOSPC), or PostgreSQL's disk_full. */
export const isFull = (error: unknown): boolean => {
  for (const layer of layers(error)) {
    if (layer['originalCode'] === String(SQLITE_FULL) || layer['extendedCode'] === SQLITE_FULL) return true
    if (layer['rawCode'] === SQLITE_FULL) return true
    if (layer['originalCode'] === POSTGRES_DISK_FULL || layer['code'] === POSTGRES_DISK_FULL) return true
  }
  return false
}
