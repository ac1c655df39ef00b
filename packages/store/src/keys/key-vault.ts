import type { KeyVault } from '@embargo/engine'
import type { Database } from '../database/db.ts'
import { mac, type MasterKeys } from '../sealing/master-keys.ts'
import type { ReporterKeys } from './reporter-keys.ts'

export type VaultParts = {
  readonly database: Database
  readonly master: MasterKeys
  readonly reporterKeys: ReporterKeys
}

/** The keys that the rest of the program may ask for. */
export function keyVault({ database, master, reporterKeys }: VaultParts): KeyVault {
  return {
    mac: (purpose, text) => mac(master.macKey(purpose), text),

    async eraseReporter(reporter) {
      await database.writer.run('other', async (db) => {
        const stream = await reporterKeys.erase(db, reporter)
        if (stream === undefined) return
        // Without these marks, the case can no longer be found by the erased reporter's key. The row itself is computed
        // again at the next start.
        await db.caseRow.updateMany({
          where: { stream, keyMarks: { not: '' } },
          data: { keyMarks: '', projection: '' },
        })
        // The final bytes of finished mails are deleted too, because they contain addresses. They are needed only for
        // retries.
        await db.effect.updateMany({
          where: { stream, kind: 'send-mail', state: { in: ['done', 'failed'] } },
          data: { rendered: null, evidence: null },
        })
      })
      await database.scrub()
    },
  }
}
