import { createHash } from 'node:crypto'
import { BlobId, Sha256 } from '@embargo/core'
import type { BlobStore } from '@embargo/engine'
import type { Database } from '../database/db.ts'
import type { StreamKeys } from '../keys/stream-keys.ts'
import { mac, type MasterKeys } from '../sealing/master-keys.ts'
import { place, seal, unseal } from '../sealing/seal.ts'

/**
 * How many hexadecimal digits a blob's id has: half of an HMAC-SHA-256. With 128 bits no two ids are equal by accident.
 */
const ID_DIGITS = 32

export type BlobParts = { readonly database: Database; readonly master: MasterKeys; readonly streamKeys: StreamKeys }

/**
 * Stores sealed bytes. The id of a blob is a keyed hash of its content. So a thief of the database cannot hash
 * published patches to find out which of them a case is about.
 */
export function blobStore({ database, master, streamKeys }: BlobParts): BlobStore {
  return {
    async put(stream, bytes) {
      const sha256 = Sha256.parse(createHash('sha256').update(bytes).digest('hex'))
      const name = Buffer.from(mac(master.blobIds, place(stream, sha256)))
        .toString('hex')
        .slice(0, ID_DIGITS)
      const blob = BlobId.parse(`${stream}/${name}`)
      const sealed = seal(await streamKeys.ensure(stream), place('blob', blob), bytes)
      await database.writer.direct('other', {
        sql: `INSERT INTO "Blob" ("id", "stream", "sealed") VALUES ($1, $2, $3) ON CONFLICT ("id") DO NOTHING`,
        values: [blob, stream, sealed],
      })
      return { blob, sha256 }
    },

    async get(blob) {
      const row = await database.reader.blob.findUnique({ where: { id: blob } })
      return row ? unseal(await streamKeys.get(row.stream), place('blob', blob), row.sealed) : undefined
    },
  }
}
