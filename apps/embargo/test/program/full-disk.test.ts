import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { actorOf, CaseId } from '@embargo/core'
import { sendMail } from '@embargo/emulator-smtp'
import type { MailToSend } from '@embargo/emulator-smtp'
import { describe, expect, it } from 'vitest'
import { createLog } from '../../src/program/log.ts'
import { listener, POLICY, startIn } from '../fixtures/in-process.ts'

/** The size of the disk, in pages of 4 KiB. The program itself takes about a tenth of it at its start. */
const DISK_PAGES = 500
/** A text that is longer than the free space within SQLite's pages, so that SQLite needs a new page. */
const LONG = 'plumbago '.repeat(8_000)
const YEAR = new Date().getUTCFullYear()
const number = (count: number): CaseId => CaseId.parse(`SEC-${YEAR}-000${count}`)

const mail = (name: string): MailToSend => ({
  from: { name: 'Rea', address: 'rea@reporter.example' },
  to: 'security@quillmark.example',
  subject: `plumbago ${name}`,
  text: LONG,
  messageId: `<${name}@reporter.example>`,
  date: new Date(0),
})

/** Another program that fills the disk, and frees the space again. SQLite requires that it is a separate process. */
async function otherProgram(folder: string, does: 'fills' | 'frees'): Promise<void> {
  const sql =
    does === 'fills' ? `CREATE TABLE filler AS SELECT zeroblob(${DISK_PAGES * 4096}) AS bytes` : 'DROP TABLE filler'
  const script = `
    const { DatabaseSync } = require('node:sqlite')
    const database = new DatabaseSync(process.argv[1], { timeout: 10000 })
    database.exec(process.argv[2])
    database.close()`
  await promisify(execFile)(process.execPath, ['-e', script, join(folder, 'embargo.db'), sql])
}

describe('a full disk under the running program', () => {
  it('leaves mail with its sender by 452, refuses commands with a reason, and continues automatically when there is room', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'embargo-full-'))
    const output = listener()
    const logged = listener()
    try {
      await using program = await startIn(folder, {
        log: createLog({ write: logged.hear }),
        say: output.hear,
        maxPages: DISK_PAGES,
      })
      const port = program.smtpPort ?? 0
      const reply = (deliveryId: string) =>
        program.router.handle({
          verb: 'reply',
          input: { text: LONG.slice(0, 9_000) },
          actor: actorOf(POLICY, 'terminal', 'ana'),
          place: { platform: 'terminal', private: true, case: number(1) },
          deliveryId,
          confirmed: true,
          at: program.engine.now(),
        })
      expect(await sendMail(port, mail('first'))).toMatch(/^250 /u)
      await output.heard(number(1))

      await otherProgram(folder, 'fills')
      // The sender's own server retries, as 452 tells it to (RFC 5321 section 4.2.1).
      await expect(sendMail(port, mail('second'))).rejects.toMatchObject({ responseCode: 452 })
      await expect(sendMail(port, mail('second'))).rejects.toMatchObject({ responseCode: 452 })
      await expect(reply('full')).rejects.toThrow(/disk of the database is full, so nothing was changed. Free some/u)

      await otherProgram(folder, 'frees')
      expect(await sendMail(port, mail('second'))).toMatch(/^250 /u)
      await output.heard(number(2))
      expect(await reply('room')).toHaveProperty('card')

      // The same mail arrives a second time, as it does if the 250 was lost. It must not open a second case, and the
      // next mail must get the next number.
      expect(await sendMail(port, mail('second'))).toMatch(/^250 /u)
      expect(await sendMail(port, mail('third'))).toMatch(/^250 /u)
      await output.heard(number(3))
      const { rows } = await program.engine.queries.cases({ limit: 10, offset: 0 })
      expect(rows.map(({ stream }) => stream).toSorted()).toEqual([number(1), number(2), number(3)])
      for (const stream of [number(1), number(2), number(3)])
        expect(await program.store.events.verify(stream)).toMatchObject({ ok: true })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    const full = logged.all().filter((line) => /full/u.test(line))
    expect(full).toHaveLength(2)
    expect(full[0]).toMatch(
      /a mail could not be stored, and its sender was told to try again.*Free some space; no restart is needed/u,
    )
    for (const line of logged.all()) expect(line).not.toMatch(/plumbago|rea@reporter/u)
  }, 60_000)
})
