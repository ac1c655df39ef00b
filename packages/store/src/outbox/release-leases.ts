import type { Writer } from '../database/db.ts'
import { TO_TAKE_IN, UNCLAIMED } from '../spool/mail-claims.ts'

/**
 * Ends all leases. Only one process opens an SQLite file, so a lease that it finds when it opens the file belongs to a
 * process that is gone. If an attempt had begun, the next claim gives the effect out as in doubt.
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
