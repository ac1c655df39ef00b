import { instant } from '@embargo/core'
import type { Log, OwnKeys, StoredOwnKey } from '@embargo/engine'
import { z } from 'zod'
import type { Database, Value } from '../database/db.ts'
import { isTaken } from '../database/failures.ts'
import { openInstant } from '../instants.ts'
import type { MasterKeys } from '../sealing/master-keys.ts'
import { place, sealJson, unsealJson } from '../sealing/seal.ts'

export type OwnKeysParts = { readonly database: Database; readonly master: MasterKeys; readonly log: Log }

const SealedOwnKey = z.object({
  fingerprint: z.string(),
  secret: z.base64(),
  public: z.base64(),
  confirmedAt: z.number().exactOptional(),
})

/** SQLite stores any type in any column, so the values are cast. */
const ROWS = {
  postgresql: '"project", "serial", "createdAt", "sealed"',
  sqlite: '"project", CAST("serial" AS INTEGER), CAST("createdAt" AS INTEGER), CAST("sealed" AS BLOB)',
} as const

type OpenedKey = { readonly sealed: Uint8Array; readonly key: StoredOwnKey }

/**
 * The projects' own OpenPGP keys. Another process may change the rows, so they are read each time. But an unchanged row
 * is not unsealed again.
 */
export function ownKeys({ database, master, log }: OwnKeysParts): OwnKeys {
  const { dialect, writer } = database
  let known: ReadonlyMap<string, OpenedKey> = new Map()

  const at = ({ project, serial }: Pick<StoredOwnKey, 'project' | 'serial'>): Uint8Array =>
    place('own-key', project, serial)

  const sealed = (key: StoredOwnKey): Uint8Array<ArrayBuffer> =>
    sealJson(master.ownKeys, at(key), {
      fingerprint: key.fingerprint,
      secret: Buffer.from(key.secret).toString('base64'),
      public: Buffer.from(key.public).toString('base64'),
      ...(key.confirmedAt !== undefined && { confirmedAt: key.confirmedAt }),
    })

  const opened = ({ project, serial, createdAt, sealed }: KeyRow): StoredOwnKey => {
    const { confirmedAt, ...key } = SealedOwnKey.parse(unsealJson(master.ownKeys, at({ project, serial }), sealed))
    return {
      project,
      serial,
      createdAt: openInstant(createdAt),
      fingerprint: key.fingerprint,
      secret: Buffer.from(key.secret, 'base64'),
      public: Buffer.from(key.public, 'base64'),
      ...(confirmedAt !== undefined && { confirmedAt: instant(confirmedAt) }),
    }
  }

  return {
    async list() {
      const rows = await database.rows({
        sql: `SELECT ${ROWS[dialect]} FROM "OwnKey" ORDER BY "project", "serial"`,
        values: [],
      })
      const found = new Map<string, OpenedKey>()
      for (const row of rows.map(keyRow)) {
        const { project, serial, createdAt, sealed } = row
        const place = `${project} ${serial} ${createdAt}`
        const before = known.get(place)
        try {
          const same = before !== undefined && Buffer.compare(before.sealed, sealed) === 0
          found.set(place, same ? before : { sealed, key: opened(row) })
        } catch {
          log.error('one of our own keys cannot be opened, so mail that was encrypted to it cannot be read', {
            project,
            serial,
          })
        }
      }
      known = found
      return [...found.values()].map(({ key }) => key)
    },

    async add(key) {
      const { project, serial, createdAt } = key
      try {
        await writer.single('other', (db) =>
          db.ownKey.create({ data: { project, serial, createdAt: BigInt(createdAt), sealed: sealed(key) } }),
        )
        return true
      } catch (error) {
        if (isTaken(error)) return false
        throw error
      }
    },

    async replace(key) {
      const { project, serial } = key
      await writer.single('other', (db) =>
        db.ownKey.update({ where: { project_serial: { project, serial } }, data: { sealed: sealed(key) } }),
      )
    },
  }
}

type KeyRow = Pick<StoredOwnKey, 'project' | 'serial'> & { readonly createdAt: bigint; readonly sealed: Uint8Array }

/** If `sealed` has another type, somebody altered it. It is read as empty bytes, which cannot be unsealed. */
const keyRow = ([project, serial, createdAt, sealed]: readonly Value[]): KeyRow => ({
  project: String(project),
  serial: Number(serial),
  createdAt: BigInt(String(createdAt)),
  sealed: sealed instanceof Uint8Array ? sealed : new Uint8Array(0),
})
