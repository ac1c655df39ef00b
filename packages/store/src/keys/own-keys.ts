import { instant } from '@embargo/core'
import type { Log, OwnKeys, StoredOwnKey } from '@embargo/engine'
import { z } from 'zod'
import type { Database } from '../database/db.ts'
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

/** The projects' own OpenPGP keys on Prisma. */
export function ownKeys({ database: { reader, writer }, master, log }: OwnKeysParts): OwnKeys {
  const at = ({ project, serial }: Pick<StoredOwnKey, 'project' | 'serial'>): Uint8Array =>
    place('own-key', project, serial)

  const sealed = (key: StoredOwnKey): Uint8Array<ArrayBuffer> =>
    sealJson(master.ownKeys, at(key), {
      fingerprint: key.fingerprint,
      secret: Buffer.from(key.secret).toString('base64'),
      public: Buffer.from(key.public).toString('base64'),
      ...(key.confirmedAt !== undefined && { confirmedAt: key.confirmedAt }),
    })

  return {
    async list() {
      const rows = await reader.ownKey.findMany({ orderBy: [{ project: 'asc' }, { serial: 'asc' }] })
      return rows.flatMap((row) => {
        try {
          const { project, serial } = row
          const { confirmedAt, ...key } = SealedOwnKey.parse(unsealJson(master.ownKeys, at(row), row.sealed))
          return {
            project,
            serial,
            createdAt: openInstant(row.createdAt),
            fingerprint: key.fingerprint,
            secret: Buffer.from(key.secret, 'base64'),
            public: Buffer.from(key.public, 'base64'),
            ...(confirmedAt !== undefined && { confirmedAt: instant(confirmedAt) }),
          }
        } catch {
          log.error('one of our own keys cannot be opened, so mail that was encrypted to it cannot be read', {
            project: row.project,
            serial: row.serial,
          })
          return []
        }
      })
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
