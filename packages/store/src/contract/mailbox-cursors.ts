import { instant } from '@embargo/core'
import type { MailboxCursor } from '@embargo/engine'
import { describe, expect, it } from 'vitest'
import { arriving } from './spool.ts'
import type { Suite } from './suite.ts'

const cursor = (mailbox: string, more: Partial<MailboxCursor> = {}): MailboxCursor => ({
  mailbox,
  folder: 'INBOX',
  version: 0,
  uidValidity: 4_294_967_295,
  uid: 7,
  newest: instant(1_000),
  unread: [],
  ...more,
})

export function mailboxCursorsContract(suite: Suite): void {
  describe('cursors of mailboxes', () => {
    it('are stored completely, together with the mails that were read', async () => {
      const { mailboxCursors, spool } = suite.store()
      const kept = cursor('whole', {
        backlog: { below: 9, from: instant(500) },
        unread: [{ uid: 3, bytes: 12, because: 'no-bytes', receivedAt: instant(900) }],
      })
      const { envelopeFrom: _, ...mail } = arriving({ raw: new Uint8Array(300_000).fill(65), spam: true })
      let stored = 0
      const off = spool.onStore(() => void (stored += 1))
      expect(await mailboxCursors.advance(kept, [mail, arriving()])).toBe('stored')
      off()
      expect(await mailboxCursors.find('whole', 'INBOX')).toEqual({ ...kept, version: 1 })
      expect(await mailboxCursors.find('whole', 'Junk')).toBeUndefined()
      expect(stored).toBe(1)
      const found = (await spool.list({ limit: 10 })).find(({ delivery }) => delivery === mail.delivery)
      expect(found).toMatchObject({ spam: true, state: 'waiting' })
      expect(found).not.toHaveProperty('envelopeFrom')
      expect(Buffer.from((found && (await spool.find(found.id))?.raw) ?? []).equals(Buffer.from(mail.raw))).toBe(true)
      expect(await mailboxCursors.advance({ ...kept, version: 1, uid: 8 }, [])).toBe('stored')
      expect(await mailboxCursors.find('whole', 'INBOX')).toMatchObject({ version: 2, uid: 8 })
    })

    it('do not change a mail that is already stored, and move on', async () => {
      const { mailboxCursors, spool } = suite.store()
      const mail = arriving()
      const stored = await spool.store(mail)
      if (stored.is === 'full') throw new Error('unreachable')
      expect(await mailboxCursors.advance(cursor('again'), [{ ...mail, delivery: 'imap' }, arriving()])).toBe('stored')
      expect(await spool.find(stored.id)).toMatchObject({ delivery: mail.delivery, raw: expect.anything() })
      expect(await mailboxCursors.find('again', 'INBOX')).toMatchObject({ version: 1 })
    })

    it('are moved by only one of two processes that read the same folder, and the other stores nothing', async () => {
      const { mailboxCursors, spool } = suite.store()
      const [one, two] = [arriving(), arriving()]
      const results = await Promise.all([
        mailboxCursors.advance(cursor('shared', { uid: 1 }), [one]),
        mailboxCursors.advance(cursor('shared', { uid: 2 }), [two]),
      ])
      expect(results.toSorted()).toEqual(['moved', 'stored'])
      const listed = (await spool.list({ limit: 100 })).map(({ delivery }) => delivery)
      expect([one, two].filter(({ delivery }) => listed.includes(delivery))).toHaveLength(1)
      expect(await mailboxCursors.advance(cursor('shared', { version: 9 }), [])).toBe('moved')
    })

    it('store nothing if one of the mails could not be written', async () => {
      const { mailboxCursors } = suite.store()
      await using raw = await suite.raw()
      await raw.execute('ALTER TABLE "MailBytes" RENAME TO "Elsewhere"')
      await expect(mailboxCursors.advance(cursor('broken'), [arriving()])).rejects.toThrow()
      await raw.execute('ALTER TABLE "Elsewhere" RENAME TO "MailBytes"')
      expect(await mailboxCursors.find('broken', 'INBOX')).toBeUndefined()
    })

    it('accept nothing from a row that somebody else wrote', async () => {
      const { mailboxCursors } = suite.store()
      for (const mailbox of ['altered', 'other']) await mailboxCursors.advance(cursor(mailbox), [])
      {
        await using raw = await suite.raw()
        await raw.execute(
          `UPDATE "MailboxCursor" SET "sealed" = (SELECT "sealed" FROM "MailboxCursor" WHERE "mailbox" = 'other') WHERE "mailbox" = 'altered'`,
        )
      }
      await expect(mailboxCursors.find('altered', 'INBOX')).rejects.toMatchObject({ code: 'damaged' })
      const listed = (await mailboxCursors.list()).map(({ mailbox }) => mailbox)
      expect([listed.includes('other'), listed.includes('altered')]).toEqual([true, false])
    })
  })
}
