import type { Writer } from '../database/db.ts'
import { TO_TAKE_IN, UNCLAIMED } from '../spool/mail-claims.ts'

/**
 * One process holds an SQLite file, so a lease found when it is opened belongs to a process that is gone: nobody need
 * wait for it to run out. An attempt that had begun is in doubt.
 */
export async function releaseLeases(writer: Writer): Promise<void> {
  const free = { state: 'pending', begun: false, worker: null, leaseUntil: null } as const
  await writer.run('outbox', async (db) => {
    await db.effect.updateMany({ where: { state: 'leased', begun: true }, data: { ...free, doubt: true } })
    await db.effect.updateMany({ where: { state: 'leased', begun: false }, data: free })
    await db.mail.updateMany({
      where: { claimedBy: { not: null }, state: { in: [...TO_TAKE_IN] } },
      data: UNCLAIMED,
    })
  })
}
