import type { KeyVault } from '@embargo/engine'
import type { Database } from '../database/db.ts'
import { mac, type MasterKeys } from '../sealing/master-keys.ts'
import type { ReporterKeys } from './reporter-keys.ts'

export type VaultParts = {
  readonly database: Database
  readonly master: MasterKeys
  readonly reporterKeys: ReporterKeys
}

/** Lets the rest of the program use keys without seeing them. */
export function keyVault({ database, master, reporterKeys }: VaultParts): KeyVault {
  return {
    mac: (purpose, text) => mac(master.macKey(purpose), text),

    async eraseReporter(reporter) {
      await database.writer.run('other', async (db) => {
        const stream = await reporterKeys.erase(db, reporter)
        if (stream === undefined) return
        // Removes the key marks, so nobody can find the case by the erased reporter's OpenPGP key. The next start
        // computes the whole row again.
        await db.caseRow.updateMany({
          where: { stream, keyMarks: { not: '' } },
          data: { keyMarks: '', projection: '' },
        })
        // Also deletes the final bytes of finished mails, because they contain addresses. The bytes were needed only
        // for retries.
        await db.effect.updateMany({
          where: { stream, kind: 'send-mail', state: { in: ['done', 'failed'] } },
          data: { rendered: null, evidence: null },
        })
      })
      await database.scrub()
    },
  }
}
