import { instant } from '@embargo/core'
import { connectMailbox } from '@embargo/mail-bridge'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MemoryCursors } from '../../apps/mail-bridge/test/fake-mailbox.ts'
import { startDovecot } from './dovecot.ts'
import type { Dovecot } from './dovecot.ts'
import { until } from './programs.ts'
import { mailOf, passwordOf, readMailbox, subjects } from './reader.ts'

const DAY = 24 * 60 * 60 * 1000
const save = async (dovecot: Dovecot, subject: string, folder = 'INBOX') =>
  dovecot.doveadm(['save'], ['-m', folder], Buffer.from(mailOf(subject)))
const numbered = (count: number, from = 1): readonly string[] =>
  Array.from({ length: count }, (_, at) => `report ${from + at}`)

/** Waits until the reader has read all folders: saves one more mail, `last`, and waits until the reader has it. */
async function everythingRead(dovecot: Dovecot, cursors: MemoryCursors, last: string): Promise<void> {
  await save(dovecot, last)
  await until(
    () => subjects(cursors.mails).includes(last) || undefined,
    () => last,
  )
}

describe('a mailbox of Dovecot', () => {
  it('is read further after a restart of Dovecot, and no mail is taken twice', async () => {
    await using dovecot = await startDovecot()
    await using reader = readMailbox(dovecot, { since: 0 })
    await save(dovecot, 'before')
    await reader.taken(1)
    await dovecot.restart()
    await save(dovecot, 'after')
    expect(await reader.taken(2)).toEqual(['before', 'after'])
    expect(reader.troubles).toContainEqual(expect.stringContaining('cannot be reached, or it ended the connection'))
  })

  it('gives no mail older than those already seen after its UIDVALIDITY changed', async () => {
    await using dovecot = await startDovecot()
    const cursors = new MemoryCursors()
    dovecot.receive([{ raw: mailOf('from last year'), at: Date.now() - 400 * DAY }])
    {
      await using reader = readMailbox(dovecot, { cursors })
      await until(
        () => (cursors.cursors.size >= 2 ? true : undefined),
        () => 'the first connection',
      )
      await save(dovecot, 'first')
      await reader.taken(1)
    }
    const before = await cursors.find('security@localhost', 'INBOX')
    await dovecot.doveadm(['mailbox', 'update'], ['--uid-validity', '4242', 'INBOX'])
    await save(dovecot, 'second')
    await using reader = readMailbox(dovecot, { cursors })
    expect(await reader.taken(2)).toEqual(['first', 'second'])
    const after = await cursors.find('security@localhost', 'INBOX')
    expect([before?.uidValidity === 4242, after?.uidValidity]).toEqual([false, 4242])
  })

  it('with 10,000 mails is read whole, each mail once', async () => {
    await using dovecot = await startDovecot()
    const wanted = numbered(10_000)
    dovecot.receive(wanted.map((subject, at) => ({ raw: mailOf(subject), at: Date.now() - DAY + at * 1000 })))
    await using reader = readMailbox(dovecot, { since: Date.now() - 2 * DAY })
    await reader.taken(wanted.length)
    expect(subjects(reader.mails).toSorted()).toEqual([...wanted].toSorted())
  }, 120_000)

  it('is read without a gap after the reader was away for days', async () => {
    await using dovecot = await startDovecot()
    const cursors = new MemoryCursors()
    dovecot.receive([{ raw: mailOf('report 1'), at: Date.now() - 5 * DAY }])
    {
      await using reader = readMailbox(dovecot, { cursors, since: Date.now() - 10 * DAY })
      await save(dovecot, 'report 2')
      await reader.taken(2)
    }
    const missed = numbered(300, 3)
    dovecot.receive(missed.map((subject, at) => ({ raw: mailOf(subject), at: Date.now() - 4 * DAY + at * 1000 })))
    await dovecot.restart()
    await using reader = readMailbox(dovecot, { cursors })
    expect((await reader.taken(302)).toSorted()).toEqual([...numbered(302)].toSorted())
  })

  it('gives at the first connection only mails that arrive from then on', async () => {
    await using dovecot = await startDovecot()
    dovecot.receive(numbered(3).map((subject) => ({ raw: mailOf(subject), at: Date.now() - DAY })))
    const cursors = new MemoryCursors()
    await using reader = readMailbox(dovecot, { cursors })
    await until(
      () => (cursors.cursors.size >= 2 ? true : undefined),
      () => 'the first connection',
    )
    await save(dovecot, 'new')
    expect(await reader.taken(1)).toEqual(['new'])
  })
})

describe('people who work in the mailbox', () => {
  let dovecot: Dovecot
  beforeAll(async () => {
    dovecot = await startDovecot()
  })
  afterAll(async () => dovecot[Symbol.asyncDispose]())

  it('may read, move, move back and delete mails: each mail is taken once', async () => {
    const cursors = new MemoryCursors()
    await using reader = readMailbox(dovecot, { cursors, since: 0 })
    for (const subject of ['read', 'moved', 'moved back', 'deleted']) await save(dovecot, subject)
    await reader.taken(4)
    await dovecot.doveadm(['flags', 'add'], ['\\Seen \\Answered', 'mailbox', 'INBOX', 'subject', 'read'])
    await dovecot.doveadm(['move'], ['Archive', 'mailbox', 'INBOX', 'subject', 'moved'])
    await dovecot.doveadm(['move'], ['INBOX', 'mailbox', 'Archive', 'subject', 'moved back'])
    await dovecot.doveadm(['expunge'], ['mailbox', 'INBOX', 'subject', 'deleted'])
    await everythingRead(dovecot, cursors, 'last')
    // The order of the mails may differ, because the reader takes a mail later if the server does not give it at once.
    expect(subjects(reader.mails).toSorted()).toEqual(['deleted', 'last', 'moved', 'moved back', 'read'])
  })

  it('may read a mail before Embargo does: that it is \\Seen changes nothing', async () => {
    await save(dovecot, 'seen before')
    await dovecot.doveadm(['flags', 'add'], ['\\Seen', 'mailbox', 'INBOX', 'subject', '"seen before"'])
    const cursors = new MemoryCursors()
    await using reader = readMailbox(dovecot, { cursors, since: 0 })
    await everythingRead(dovecot, cursors, 'after it')
    expect(subjects(reader.mails)).toContain('seen before')
  })

  it('see no mark on what Embargo has read', async () => {
    const cursors = new MemoryCursors()
    await using reader = readMailbox(dovecot, { cursors, since: 0 })
    await everythingRead(dovecot, cursors, 'untouched')
    expect(subjects(reader.mails)).toContain('untouched')
    const flags = await dovecot.doveadm(['fetch'], ['flags', 'mailbox', 'INBOX', 'subject', 'untouched'])
    expect(flags.toString()).not.toContain('Seen')
  })

  it('find a report that the spam filter moved: it is marked as spam, not lost', async () => {
    await save(dovecot, 'taken for spam', 'Junk')
    const cursors = new MemoryCursors()
    await using reader = readMailbox(dovecot, { cursors, since: 0 })
    await until(
      () => subjects(reader.mails).includes('taken for spam') || undefined,
      () => 'the mail in Junk',
    )
    const spam = reader.mails.filter((mail) => mail.spam === true)
    expect(subjects(spam)).toEqual(['taken for spam'])
  })
})

describe('the connection to Dovecot', () => {
  it('is told at once of a mail that arrives while it waits', async () => {
    await using dovecot = await startDovecot()
    await using session = await connectMailbox({
      host: 'localhost',
      port: dovecot.imapPort,
      tls: 'plain',
      user: dovecot.user,
      login: passwordOf(dovecot),
    })
    await session.open('INBOX')
    const never = new AbortController()
    const woken = session.wait('INBOX', 60_000, never.signal)
    await save(dovecot, 'wake')
    await woken
    await session.open('INBOX')
    const uids = await session.uids(1, instant(0))
    expect(subjects([...(await session.raw(uids)).values()].map((raw) => ({ raw })))).toEqual(['wake'])
  })
})
