import { instant } from '@embargo/core'
import { Outages } from '@embargo/engine'
import { describe, expect, it } from 'vitest'
import { FakeMailbox, MemoryCursors } from '../../test/fake-mailbox.ts'
import type { FakeMail } from '../../test/fake-mailbox.ts'
import { keepMailbox, mailboxOutages } from './mailbox.ts'
import type { MailboxOptions } from './mailbox.ts'

const SECRET = 'kumquat'

type Change = Partial<MailboxOptions> & { readonly mostPauses?: number }

/**
 * Runs `keepMailbox` until the mailbox gets a certain request, or until `keepMailbox` has paused `mostPauses` times.
 */
async function keep(mailbox: FakeMailbox, until: (question: string) => boolean, change: Change = {}) {
  const over = new AbortController()
  const cursors = new MemoryCursors()
  const outages = new Outages(() => instant(0))
  const pauses: number[] = []
  const lines: string[] = []
  const write = (line: string, data: object = {}): void => void lines.push(line, JSON.stringify(data))
  const before = mailbox.before
  mailbox.before = (question) => {
    if (until(question)) over.abort()
    before(question)
  }
  await keepMailbox(
    {
      connect: async () => mailbox.session(),
      mailbox: 'box@imap.example',
      addresses: ['security@lantern.example'],
      cursors,
      quota: { isKnown: async () => false, refuses: async () => undefined, stored: () => undefined },
      clock: { now: () => instant(1_000) },
      log: { info: write, warn: write, error: write },
      outages: mailboxOutages(outages),
      sleep: async (milliseconds) => {
        if (pauses.push(milliseconds) === change.mostPauses) over.abort()
      },
      ...change,
    },
    over.signal,
  )
  return { cursors, outages, pauses, lines }
}

describe('a mailbox', () => {
  it('is read again after each wake, in all its folders', async () => {
    const mailbox = new FakeMailbox()
    mailbox.folders.set('Junk', { uidValidity: 1, mails: [] })
    let waits = 0
    mailbox.before = (question) => {
      if (question === 'wait') mailbox.receive((waits += 1), `mail ${waits}`)
    }
    const { cursors } = await keep(mailbox, (question) => question === 'wait' && waits === 2)
    expect(cursors.mails).toHaveLength(2)
    expect(mailbox.asked.filter((one) => one === 'state Junk')).toHaveLength(3)
    expect(mailbox.asked.at(-1)).toBe('end')
  })

  it('has its spam folder opened only when a mail came there', async () => {
    const mailbox = new FakeMailbox()
    const junk: FakeMail[] = []
    mailbox.folders.set('Junk', { uidValidity: 1, mails: junk })
    let waits = 0
    mailbox.before = (question) => {
      if (question === 'wait' && (waits += 1) === 2) junk.push({ uid: 1, raw: 'Subject: report\r\n\r\nreport\r\n' })
    }
    const { cursors } = await keep(mailbox, (question) => question === 'wait' && waits === 3)
    expect(cursors.mails.map(({ spam }) => spam)).toEqual([true])
    expect(mailbox.asked.filter((one) => one === 'open Junk')).toHaveLength(1)
  })

  it('without a spam folder is read, and the log says so once', async () => {
    const mailbox = new FakeMailbox()
    let waits = 0
    mailbox.before = (question) => {
      if (question === 'wait' && (waits += 1) === 1) throw new Error('the server closed the connection')
    }
    const { lines } = await keep(mailbox, (question) => question === 'wait' && waits === 1)
    expect(lines.filter((one) => one.includes('spam folder'))).toHaveLength(1)
    expect(mailbox.asked.filter((one) => one === 'open INBOX')).toHaveLength(2)
  })

  it('whose spam folder cannot be opened is still read at each wake, and people are told', async () => {
    const mailbox = new FakeMailbox()
    mailbox.folders.set('Junk', { uidValidity: 1, mails: [] })
    let waits = 0
    mailbox.before = (question) => {
      if (question.endsWith(' Junk')) throw Object.assign(new Error('refused'), { responseStatus: 'NO' })
      if (question === 'wait') mailbox.receive((waits += 1), `mail ${waits}`)
    }
    const failures: string[] = []
    const outages = {
      works: () => void failures.push('works'),
      fails: (_: string, { why }: { why: string }) => void failures.push(why),
    }
    const { cursors, pauses } = await keep(mailbox, (question) => question === 'wait' && waits === 2, { outages })
    expect(cursors.mails).toHaveLength(2)
    expect(pauses).toEqual([])
    expect(new Set(failures)).toEqual(new Set([expect.stringContaining('refuses to open the spam folder (Junk)')]))
  })

  it('with a full list of unread mails is reported as an outage until the list has room', async () => {
    const mailbox = new FakeMailbox()
    for (let uid = 1; uid <= 1_001; uid += 1) mailbox.receive(uid, 'no bytes', { gives: 'none' })
    let waits = 0
    mailbox.before = (question) => {
      if (question === 'wait' && (waits += 1) === 1) mailbox.inbox.mails = []
    }
    const told: unknown[] = []
    const { pauses } = await keep(mailbox, (question) => question === 'wait' && waits === 1, {
      since: instant(0),
      outages: { works: () => void told.push('works'), fails: (_, trouble) => void told.push(trouble) },
    })
    expect(told).toEqual([
      {
        why: '1000 mails in INBOX could not be read, and neither could some later ones. Embargo tries all of these again, and still reads new mails. "embargo read mails" lists the 1000: move the unneeded ones to another folder.',
        passing: true,
      },
      'works',
    ])
    expect(pauses).toEqual([])
  })

  it('continues where it was after its connection ended', async () => {
    const mailbox = new FakeMailbox()
    let waits = 0
    mailbox.before = (question) => {
      if (question !== 'wait') return
      mailbox.receive((waits += 1), `mail ${waits}`)
      if (waits === 1) throw new Error('the server closed the connection')
    }
    const { cursors, pauses } = await keep(mailbox, (question) => question === 'wait' && waits === 2)
    expect(cursors.mails).toHaveLength(2)
    expect(pauses).toEqual([2_000])
  })

  it.each([
    [{ authenticationFailed: true, responseText: SECRET }, false, 'The server refuses the login.'],
    [{ code: 'CERT_HAS_EXPIRED' }, false, 'not trusted here (CERT_HAS_EXPIRED), so no password was sent'],
    [{ tlsFailed: true }, false, 'offers no TLS, so no password was sent'],
    [{ code: 'ECONNREFUSED' }, true, 'cannot be reached, or it ended the connection (ECONNREFUSED)'],
    [{ code: `${SECRET} with spaces` }, true, 'ended the connection (no reason given)'],
  ])('is tried again at ever longer intervals after %j, and says what to change', async (error, passing, words) => {
    const told: unknown[] = []
    const { pauses, lines } = await keep(new FakeMailbox(), () => false, {
      connect: async () => Promise.reject(Object.assign(new Error(SECRET), error)),
      outages: { works: () => undefined, fails: (_, trouble) => void told.push(trouble) },
      mostPauses: 6,
    })
    expect(pauses).toEqual([2_000, 15_000, 60_000, 300_000, 300_000, 300_000])
    expect(told[0]).toEqual({ passing, why: expect.stringContaining(words) })
    expect(`${lines.join()} ${JSON.stringify(told)}`).not.toContain(SECRET)
  })
})

describe('the outage of mailboxes', () => {
  it('is shared by all mailboxes, and ends when each of them works again', () => {
    const outages = new Outages(() => instant(0))
    const { fails, works, state } = mailboxOutages(outages)
    const folders = [{ path: 'INBOX', spam: false }]
    expect(state('one@imap.example')).toBeUndefined()
    fails('one@imap.example', { why: 'No login.', passing: false })
    fails('two@imap.example', { why: 'No TLS.', passing: false })
    expect(outages.find('mailbox')?.why).toBe('one@imap.example: No login. two@imap.example: No TLS.')
    works('one@imap.example', folders)
    expect(outages.find('mailbox')?.why).toBe('two@imap.example: No TLS.')
    works('two@imap.example', folders)
    expect(outages.find('mailbox')).toBeUndefined()
    expect(state('one@imap.example')).toEqual({ folders })
  })
})
