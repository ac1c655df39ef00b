import { describe, expect, it } from 'vitest'
import { later } from '@embargo/core'
import type { MessageId, ReporterId } from '@embargo/core'
import { SMALL_MAIL_BYTES } from '@embargo/engine'
import type { ArrivingMail } from '@embargo/engine'
import type { Suite } from './suite.ts'
import { acknowledged, AT, commitOf, mailTo, newCase } from './samples.ts'

let mails = 0
export const arriving = (over: Partial<ArrivingMail> = {}): ArrivingMail => ({
  raw: new TextEncoder().encode(`Subject: report ${++mails}\r\n\r\nA hole.\r\n`),
  envelopeFrom: 'ada@reporter.example',
  envelopeTo: ['security@project.example', 'second@project.example'],
  client: { address: '192.0.2.7', helo: 'mx.reporter.example', tls: 'TLSv1.3' },
  receivedAt: AT,
  delivery: `session-${mails}`,
  ...over,
})

export function spoolContract(suite: Suite): void {
  describe('mail spool', () => {
    it('stores every byte and finds the mail again', async () => {
      const { spool } = suite.store()
      const raw = new Uint8Array(70_000).map((_, index) => index % 256)
      const mail = arriving({ raw })
      const { is, id } = (await spool.store(mail)) as { is: string; id: never }
      expect(is).toBe('stored')
      const found = await spool.find(id)
      expect(Buffer.from(found?.raw ?? []).equals(raw)).toBe(true)
      expect(found).toMatchObject({ ...mail, raw: expect.anything(), id, state: 'waiting', attempts: 0 })
      expect((await spool.waiting(1_000)).map((each) => each.id)).toContain(id)
    })

    it('lists small mails first but always includes the oldest large one, and lists the mails during which the program died last', async () => {
      const { spool } = suite.store()
      const put = async (bytes: number): Promise<MessageId> => {
        const raw = new Uint8Array(bytes)
        raw.set(new TextEncoder().encode(`Subject: ${++mails}`))
        const stored = await spool.store(arriving({ raw }))
        if (stored.is === 'full') throw new Error('unreachable')
        return stored.id
      }
      const [large, larger] = [await put(SMALL_MAIL_BYTES + 1), await put(SMALL_MAIL_BYTES + 2)]
      const [killer, small] = [await put(100), await put(100)]
      await spool.attempt(killer)
      const ours = [large, larger, killer, small]
      const order = async (limit: number, except: readonly MessageId[] = []): Promise<number[]> =>
        (await spool.waiting(limit, except)).map(({ id }) => ours.indexOf(id)).filter((at) => at >= 0)
      expect(await order(1_000)).toEqual([3, 0, 1, 2])
      expect(await order(1_000, [large, small])).toEqual([1, 2])
      expect(await order(1)).toContain(0)
      expect((await spool.waiting(1_000))[0]).not.toHaveProperty('raw')
      for (const id of ours) await spool.setAside(id, 'tidied away')
    })

    it('sums the bytes that wait to be read, and those received since a given time', async () => {
      const { spool } = suite.store()
      const receivedAt = later(AT, 1_000_000)
      const [before, none] = [await spool.usage(AT), await spool.usage(receivedAt)]
      const stored = await spool.store(arriving({ receivedAt, raw: new Uint8Array(1_234) }))
      if (stored.is === 'full') throw new Error('unreachable')
      expect(await spool.usage(AT)).toMatchObject({ unread: before.unread + 1_234, received: before.received + 1_234 })
      await spool.setAside(stored.id, 'tidied away')
      expect(await spool.usage(receivedAt)).toMatchObject({ unread: before.unread, received: none.received + 1_234 })
    })

    it('stores a mail once whatever the order of its recipients, but stores the same bytes for other recipients separately', async () => {
      const { spool } = suite.store()
      const mail = arriving()
      const first = await spool.store(mail)
      expect(await spool.store({ ...mail, delivery: 'again', envelopeTo: [...mail.envelopeTo].reverse() })).toEqual({
        ...first,
        is: 'already-stored',
      })
      expect(await spool.store({ ...mail, envelopeTo: ['security@project.example'] })).toMatchObject({ is: 'stored' })
      const both = await Promise.all([
        spool.store(arriving({ raw: mail.raw.slice(1) })),
        spool.store(arriving({ raw: mail.raw.slice(1) })),
      ])
      expect(both.map(({ is }) => is).sort()).toEqual(['already-stored', 'stored'])
    })

    it('stores a private report once, even if its text changed, and never confuses it with a mail', async () => {
      const { spool } = suite.store()
      const link = `https://git.example/security/advisories/${++mails}`
      const raw = new TextEncoder().encode(`private report${link}`)
      expect(await spool.store(arriving({ raw }))).toMatchObject({ is: 'stored' })
      const first = await spool.store(arriving({ privateReport: { link, address: 'robin@sample.example' } }))
      expect(first.is).toBe('stored')
      expect(await spool.store(arriving({ privateReport: { link } }))).toEqual({ ...first, is: 'already-stored' })
      if (first.is === 'full') throw new Error('unreachable')
      expect(await spool.find(first.id)).toMatchObject({
        state: 'waiting',
        privateReport: { link, address: 'robin@sample.example' },
      })
    })

    it('holds a private report that was there before its repository was connected', async () => {
      const { spool } = suite.store()
      const told: string[] = []
      const unsubscribe = [spool.onStore(() => told.push('store')), spool.onAside(() => told.push('aside'))]
      const link = `https://git.example/security/advisories/${++mails}`
      const stored = await spool.store(arriving({ privateReport: { link, held: true } }))
      for (const stop of unsubscribe) stop()
      if (stored.is === 'full') throw new Error('unreachable')
      expect(told).toEqual(['aside'])
      expect((await spool.waiting(1_000)).map(({ id }) => id)).not.toContain(stored.id)
      expect((await spool.held(1_000)).map(({ id }) => id)).toContain(stored.id)
      expect(await spool.decide(stored.id, 'dismissed', 'ana')).toBe(true)
    })

    it('stores a mail once if its sender received the answers for some recipients only and sends it again for the others', async () => {
      const { spool } = suite.store()
      const mail = arriving()
      const [first = '', ...others] = mail.envelopeTo
      const stored = await spool.store(mail, 'each')
      const again = { ...mail, delivery: 'again' }
      const repeated = { ...stored, is: 'already-stored' }
      expect(await spool.store({ ...again, envelopeTo: others }, 'each')).toEqual(repeated)
      expect(await spool.store({ ...again, envelopeTo: [first] }, 'each')).toEqual(repeated)
      expect(await spool.store({ ...again, envelopeTo: [first, 'third@project.example'] }, 'each')).toMatchObject({
        is: 'stored',
      })
      const sameSize = { ...again, raw: Buffer.from(mail.raw).reverse(), envelopeTo: others }
      expect(await spool.store(sameSize, 'each')).toMatchObject({ is: 'stored' })
    })

    it('lists the mails in cases whose domain check is due, the longest overdue first, until they are checked', async () => {
      const { spool, events } = suite.store()
      const [first, second, waiting] = [
        await spool.store(arriving()),
        await spool.store(arriving()),
        await spool.store(arriving()),
      ]
      if (first.is === 'full' || second.is === 'full' || waiting.is === 'full') throw new Error('unreachable')
      const due = async (at: number) => (await spool.toCheck(later(AT, at), 1_000)).filter((id) => ours.includes(id))
      const ours: readonly MessageId[] = [first.id, second.id, waiting.id]
      for (const { id } of [first, second]) {
        const stream = newCase()
        await events.commit(commitOf(stream, { events: [acknowledged('x')], mail: { message: id, stream } }))
      }
      await spool.checkAgain(first.id, later(AT, 2))
      await spool.checkAgain(second.id, later(AT, 1))
      await spool.checkAgain(waiting.id, AT)
      expect([await due(0), await due(1), await due(2)]).toEqual([[], [second.id], [second.id, first.id]])
      expect(await spool.toCheck(later(AT, 2), 1)).toHaveLength(1)
      await spool.checkAgain(second.id, undefined)
      expect(await due(2)).toEqual([first.id])
      await spool.checkAgain(first.id, undefined)
    })

    it('counts parsing attempts that the program did not survive, and sets a mail aside with the reason', async () => {
      const { spool } = suite.store()
      const stored = await spool.store(arriving())
      if (stored.is === 'full') throw new Error('unreachable')
      const attempts = async (): Promise<number | undefined> => (await spool.find(stored.id))?.attempts
      await spool.attempt(stored.id)
      expect(await attempts()).toBe(1)
      await spool.survived(stored.id)
      expect(await attempts()).toBe(0)
      await spool.attempt(stored.id)
      await spool.attempt(stored.id)
      expect(await attempts()).toBe(2)
      const { receivedAt } = arriving()
      const before = await spool.countAside(receivedAt, later(receivedAt, 1))
      const notice = new Promise<void>((resolve) => spool.onAside(resolve))
      await spool.setAside(stored.id, 'an automatic answer')
      await notice
      expect(await spool.countAside(receivedAt, later(receivedAt, 1))).toBe(before + 1)
      expect(await spool.countAside(later(receivedAt, 1), later(receivedAt, 2))).toBe(0)
      const aside = { state: 'set-aside', because: 'an automatic answer', attempts: 2 }
      expect(await spool.find(stored.id)).toMatchObject(aside)
      expect((await spool.waiting(1_000)).map(({ id }) => id)).not.toContain(stored.id)
      await spool.setAside(stored.id, 'a test', 'test')
      expect(await spool.countAside(receivedAt, later(receivedAt, 1))).toBe(before)
      expect(await spool.find(stored.id)).toMatchObject({ state: 'test', because: 'a test' })
    })

    it('claims the mails that it opens, and hides those of another process until its claim ends', async () => {
      const { spool } = suite.store()
      const [one, two] = [await spool.store(arriving()), await spool.store(arriving())]
      if (one.is === 'full' || two.is === 'full') throw new Error('unreachable')
      const elsewhere = async (until: string): Promise<void> => {
        await using raw = await suite.raw()
        await raw.execute(
          `UPDATE "Mail" SET "claimedBy" = 'another', "claimedUntil" = ${until} WHERE "id" = '${one.id}'`,
        )
      }
      const waiting = async () => (await spool.waiting(1_000)).map(({ id }) => id)
      expect(await waiting()).toEqual(expect.arrayContaining([one.id, two.id]))
      expect(await spool.open(one.id)).toMatchObject({ id: one.id })
      await elsewhere('9007199254740991')
      expect(await waiting()).not.toContain(one.id)
      expect(await waiting()).toContain(two.id)
      expect(await spool.open(one.id)).toBeUndefined()
      await elsewhere('0')
      expect(await waiting()).toContain(one.id)
      expect(await spool.open(one.id)).toMatchObject({ id: one.id })
      for (const { id } of [one, two]) await spool.setAside(id, 'tidied away')
    })

    it('holds a mail for a person, whose decision counts once and can be changed', async () => {
      const { spool } = suite.store()
      const stored = await spool.store(arriving())
      if (stored.is === 'full') throw new Error('unreachable')
      const { id } = stored
      const before = await spool.countHeld()
      const isWaiting = async () => (await spool.waiting(1_000)).some((mail) => mail.id === id)
      expect(await spool.decide(id, 'let-in', 'ana')).toBe(false)
      const notice = new Promise<void>((resolve) => spool.onAside(resolve))
      await spool.hold(id)
      await notice
      expect(await spool.countHeld()).toBe(before + 1)
      expect((await spool.held(1_000)).at(-1)).toMatchObject({ id, state: 'held' })
      expect(await isWaiting()).toBe(false)
      expect(await spool.decide(id, 'dismissed', 'ana')).toBe(true)
      expect(await spool.decide(id, 'dismissed', 'ben')).toBe(false)
      expect(await spool.find(id)).toMatchObject({ state: 'dismissed', because: 'ana' })
      const stirred = new Promise<void>((resolve) => spool.onStore(resolve))
      expect(await spool.decide(id, 'let-in', 'ben')).toBe(true)
      await stirred
      expect(await isWaiting()).toBe(true)
      await spool.hold(id)
      expect(await spool.find(id)).toMatchObject({ state: 'let-in', because: 'ben' })
      expect(await spool.countHeld()).toBe(before)
      const listed = await spool.list({ limit: 1_000, state: 'let-in' })
      expect(listed.map((mail) => mail.id)).toContain(id)
      await spool.setAside(id, 'tidied away')
    })

    it.each([
      ['Mail', 'key'],
      ['Mail', 'envelope'],
      ['MailBytes', 'raw'],
    ])('sets aside a waiting mail whose %s.%s is damaged, and places the others', async (table, column) => {
      const { spool } = suite.store()
      const [damaged, whole] = [await spool.store(arriving()), await spool.store(arriving())]
      if (damaged.is === 'full' || whole.is === 'full') throw new Error('unreachable')
      {
        await using raw = await suite.raw()
        await raw.execute(
          `UPDATE "${table}" SET "${column}" = (SELECT "${column}" FROM "${table}" WHERE "id" = '${whole.id}') WHERE "id" = '${damaged.id}'`,
        )
      }
      const { receivedAt } = arriving()
      const before = await spool.countAside(receivedAt, later(receivedAt, 1))
      const notice = new Promise<void>((resolve) => spool.onAside(resolve))
      const waiting = (await spool.waiting(1_000)).map(({ id }) => id)
      expect(waiting).toContain(whole.id)
      expect(await spool.open(damaged.id)).toBeUndefined()
      expect(await spool.open(whole.id)).toMatchObject({ id: whole.id, raw: expect.anything() })
      expect((await spool.waiting(1_000)).map(({ id }) => id)).not.toContain(damaged.id)
      await notice
      expect(await spool.countAside(receivedAt, later(receivedAt, 1))).toBe(before + 1)
      const listed = await spool.list({ limit: 1_000, state: 'set-aside' })
      expect(listed.find(({ id }) => id === damaged.id)).toMatchObject({
        envelopeTo: column === 'raw' ? ['security@project.example', 'second@project.example'] : [],
        because: expect.stringContaining('cannot be read'),
      })
    })

    it('sets a waiting mail aside if its bytes are gone', async () => {
      const { spool } = suite.store()
      const stored = await spool.store(arriving())
      if (stored.is === 'full') throw new Error('unreachable')
      {
        await using raw = await suite.raw()
        await raw.execute(`DELETE FROM "MailBytes" WHERE "id" = '${stored.id}'`)
      }
      expect(await spool.open(stored.id)).toBeUndefined()
      const listed = await spool.list({ limit: 1_000, state: 'set-aside' })
      expect(listed.find(({ id }) => id === stored.id)).toMatchObject({
        because: expect.stringContaining('cannot be read'),
      })
    })

    it('keeps nothing of a mail whose bytes could not be written', async () => {
      const { spool } = suite.store()
      const mail = arriving()
      await using raw = await suite.raw()
      await raw.execute('ALTER TABLE "MailBytes" RENAME TO "Elsewhere"')
      await expect(spool.store(mail)).rejects.toThrow()
      await raw.execute('ALTER TABLE "Elsewhere" RENAME TO "MailBytes"')
      const stored = await spool.store(mail)
      if (stored.is !== 'stored') throw new Error(stored.is)
      await spool.setAside(stored.id, 'tidied away')
    })

    it('stores a mail again if its row is gone, and replaces the bytes that remained', async () => {
      const { spool } = suite.store()
      const mail = arriving()
      const stored = await spool.store(mail)
      if (stored.is === 'full') throw new Error('unreachable')
      {
        await using raw = await suite.raw()
        await raw.execute(`DELETE FROM "Mail" WHERE "id" = '${stored.id}'`)
      }
      expect(await spool.store(mail)).toEqual({ is: 'stored', id: stored.id })
      expect(Buffer.from((await spool.find(stored.id))?.raw ?? [])).toEqual(Buffer.from(mail.raw))
      await spool.setAside(stored.id, 'tidied away')
    })

    it.each(['key', 'envelope'])('sets a held mail aside whose %s is damaged, and lists the others', async (column) => {
      const { spool } = suite.store()
      const [damaged, whole] = [await spool.store(arriving()), await spool.store(arriving())]
      if (damaged.is === 'full' || whole.is === 'full') throw new Error('unreachable')
      for (const { id } of [damaged, whole]) await spool.hold(id)
      {
        await using raw = await suite.raw()
        await raw.execute(
          `UPDATE "Mail" SET "${column}" = (SELECT "${column}" FROM "Mail" WHERE "id" = '${whole.id}') WHERE "id" = '${damaged.id}'`,
        )
      }
      expect((await spool.held(1_000)).map(({ id }) => id)).toEqual([whole.id])
      expect(await spool.countHeld()).toBe(1)
      expect(await spool.decide(damaged.id, 'let-in', 'ana')).toBe(false)
      await spool.setAside(whole.id, 'tidied away')
    })

    it('records that a mail belongs to a case in the commit of a command, and lists the mail in that case', async () => {
      const { spool, events } = suite.store()
      const stream = newCase()
      const stored = await spool.store(arriving())
      if (stored.is === 'full') throw new Error('unreachable')
      await events.commit(commitOf(stream, { events: [acknowledged('x')], mail: { message: stored.id, stream } }))
      expect(await spool.find(stored.id)).toMatchObject({
        state: 'in-case',
        stream,
        envelopeFrom: 'ada@reporter.example',
      })
      const listed = await spool.list({ limit: 10, stream })
      expect(listed.map(({ id }) => id)).toEqual([stored.id])
      expect(listed[0]).not.toHaveProperty('raw')
    })

    it('moves a mail from one case to another', async () => {
      const { spool, events } = suite.store()
      const [one, two] = [newCase(), newCase()]
      const stored = await spool.store(arriving())
      if (stored.is === 'full') throw new Error('unreachable')
      await events.commit(
        commitOf(one, { events: [acknowledged('x')], mail: { message: stored.id, stream: one, reporter: `${one}/p` } }),
      )
      await events.commit(
        commitOf(two, { events: [acknowledged('x')], mail: { message: stored.id, stream: two, reporter: `${two}/p` } }),
      )
      expect(await spool.find(stored.id)).toMatchObject({ stream: two, envelopeFrom: 'ada@reporter.example' })
    })

    it('makes a mail and the copies of our answers unreadable when its reporter is erased', async () => {
      const { spool, events, keys, outbox } = suite.store()
      const stream = newCase()
      const reporter = `${stream}/reporter` as ReporterId
      const stored = await spool.store(arriving())
      if (stored.is === 'full') throw new Error('unreachable')
      const answer = mailTo(stream, 'receipt')
      await events.commit(
        commitOf(stream, {
          events: [acknowledged('x')],
          effects: [answer],
          mail: { message: stored.id, stream, reporter },
        }),
      )
      expect(await spool.find(stored.id)).toMatchObject({ envelopeFrom: 'ada@reporter.example' })
      for (;;) {
        const claimed = await outbox.claim({
          capabilities: ['mail'],
          worker: 'w',
          nowMs: Number.MAX_SAFE_INTEGER - 1,
          leaseMs: 1,
          limit: 100,
        })
        if (claimed.length === 0) break
        for (const { effect } of claimed) {
          await outbox.keepRendered(effect.id, 'w', new TextEncoder().encode('To: ada@reporter.example'))
          await outbox.done(effect.id, 'w', '250 ok')
        }
      }
      expect(await outbox.find(answer.id)).toHaveProperty('rendered')
      await keys.eraseReporter(reporter)
      expect(await spool.find(stored.id)).toBeUndefined()
      expect(await spool.list({ limit: 10, stream })).toMatchObject([
        { id: stored.id, envelopeFrom: '', envelopeTo: [] },
      ])
      const kept = await outbox.find(answer.id)
      expect(kept).toMatchObject({ state: 'done' })
      expect(kept).not.toHaveProperty('rendered')
    })

    it('answers a repeated command even if its reporter has been erased since', async () => {
      const { spool, events, keys } = suite.store()
      const stream = newCase()
      const reporter = `${stream}/reporter` as ReporterId
      const stored = await spool.store(arriving())
      if (stored.is === 'full') throw new Error('unreachable')
      const commit = commitOf(stream, { events: [acknowledged('x')], mail: { message: stored.id, stream, reporter } })
      await events.commit(commit)
      await keys.eraseReporter(reporter)
      expect(await events.commit(commit)).toEqual({ is: 'known', answer: commit.answer, digest: commit.digest })
    })

    it('refuses a command about a mail that was never stored', async () => {
      const stream = newCase()
      await expect(
        suite
          .store()
          .events.commit(commitOf(stream, { events: [acknowledged('x')], mail: { message: 'm-none', stream } })),
      ).rejects.toMatchObject({ code: 'unknown-row' })
    })

    it('tells listeners of a stored mail', async () => {
      const { spool } = suite.store()
      let calls = 0
      const off = spool.onStore(() => void calls++)
      const mail = arriving()
      await spool.store(mail)
      await spool.store(mail)
      await spool.list({ limit: 1 })
      off()
      expect(calls).toBe(1)
    })
  })
}
