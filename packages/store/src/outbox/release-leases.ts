import type { Writer } from '../database/db.ts'
import { TO_TAKE_IN, UNCLAIMED } from '../spool/mail-claims.ts'

/**
 * Ends all leases when an SQLite file is opened. Only one process can open such a file, so the process that had the
 * leases is gone. If it had begun to perform an effect, the next claim marks the effect as in doubt.
 */
export async function releaseLeases(writer: Writer): Promise<void> {
  await writer.run('outbox', async (db) => {
    await db.effect.updateMany({ where: { state: 'leased' }, data: { leaseUntil: 0 } })
    await db.mail.updateMany({
      where: { claimedBy: { not: null }, state: { in: [...TO_TAKE_IN] } },
      data: UNCLAIMED,
    })
  })
}
