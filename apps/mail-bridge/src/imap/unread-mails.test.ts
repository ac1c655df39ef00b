import { HOUR } from '@embargo/core'
import { SMALL_MAIL_BYTES } from '@embargo/engine'
import { MAX_MAIL_BYTES } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { connected } from '../../test/folder-reading.ts'
import type { FolderReading } from './read-folder.ts'

describe('a full list of unread mails', () => {
  it('attack: is not caused by mails that are too large, which hold up no report', async () => {
    const { mailbox, read, subjects } = await connected()
    for (let uid = 1; uid <= 1_000; uid += 1) mailbox.receive(uid, 'huge', { bytes: MAX_MAIL_BYTES + 1 })
    mailbox.receive(1_001, 'report')
    expect(await read()).toBe('read')
    expect(subjects()).toEqual(['report'])
  })

  it('attack: mails that are too large do not delay another try of the others', async () => {
    const { mailbox, read, later, subjects } = await connected()
    for (let uid = 1; uid <= 30; uid += 1) mailbox.receive(uid, 'huge', { bytes: MAX_MAIL_BYTES + 1 })
    mailbox.receive(31, 'report', { gives: 'none' })
    await read()
    delete mailbox.inbox.mails.at(-1)?.gives
    later(HOUR)
    await read()
    expect(subjects()).toEqual(['report'])
  })

  it('is reported while more mails cannot be read, and each of these is tried once there is room', async () => {
    const { mailbox, read, later, subjects, cursor } = await connected()
    for (let uid = 1; uid <= 1_003; uid += 1) mailbox.receive(uid, `${uid}`, { gives: 'none' })
    expect(await read()).toBe('unread-full')
    expect([cursor()?.uid, cursor()?.unread.length]).toEqual([1_000, 1_000])
    mailbox.asked.length = 0
    expect(await read()).toBe('unread-full')
    expect(mailbox.asked.filter((one) => one.startsWith('raw 10'))).toEqual(['raw 10'])
    mailbox.inbox.mails = mailbox.inbox.mails.slice(20)
    for (const mail of mailbox.inbox.mails.slice(-2)) delete mail.gives
    later(HOUR)
    expect(await read()).toBe('read')
    expect([subjects(), cursor()?.uid, cursor()?.unread.length]).toEqual([['1002', '1003'], 1_003, 981])
  })

  it('attack: holds up no newer mail, which is stored once, also after a restart', async () => {
    const { mailbox, read, restart, subjects, cursor } = await connected()
    for (let uid = 1; uid <= 1_002; uid += 1) mailbox.receive(uid, 'no bytes', { gives: 'none' })
    mailbox.receive(1_003, 'report')
    expect(await read()).toBe('unread-full')
    expect([subjects(), cursor()?.uid]).toEqual([['report'], 1_000])
    mailbox.receive(1_004, 'answer')
    const written = cursor()?.version
    mailbox.asked.length = 0
    await read()
    expect(mailbox.asked.filter((one) => one.startsWith('raw 100'))).toEqual(['raw 1004'])
    expect([subjects(), cursor()?.version]).toEqual([['report', 'answer'], (written ?? 0) + 1])
    restart()
    await read()
    expect([subjects(), cursor()?.uid]).toEqual([['report', 'answer'], 1_000])
    mailbox.inbox.mails = mailbox.inbox.mails.filter(({ uid }) => uid !== 1_001 && uid !== 1_002)
    expect(await read()).toBe('read')
    expect([subjects(), cursor()?.uid]).toEqual([['report', 'answer'], 1_004])
  })
})

describe('the quota', () => {
  it('when used up, postpones the mail of strangers but not that of open cases, and later reads what was postponed', async () => {
    let room = false
    const quota: FolderReading['quota'] = {
      isKnown: async (to) => to.some((one) => one.includes('+')),
      refuses: async ({ known }) => (room || known ? undefined : 'day'),
      stored: () => undefined,
    }
    const { mailbox, read, subjects, cursor } = await connected({ quota })
    mailbox.receive(1, 'stranger')
    mailbox.inbox.mails.push({ uid: 2, raw: `To: security+case@lantern.example\r\nSubject: known\r\n\r\nx` })
    await read()
    expect(subjects()).toEqual(['known'])
    expect(cursor()?.unread.map(({ because }) => because)).toEqual(['no-room'])
    room = true
    await read()
    expect([subjects(), cursor()?.unread]).toEqual([['known', 'stranger'], []])
  })

  it('attack: many large mails for which there is no room do not delay another try of a small one', async () => {
    let roomForSmall = false
    const quota: FolderReading['quota'] = {
      isKnown: async () => false,
      refuses: async (_, bytes) => (roomForSmall && bytes <= SMALL_MAIL_BYTES ? undefined : 'day'),
      stored: () => undefined,
    }
    const { mailbox, read, subjects } = await connected({ quota })
    const large = 'x'.repeat(SMALL_MAIL_BYTES + 1)
    for (let uid = 1; uid <= 30; uid += 1) mailbox.receive(uid, large)
    mailbox.receive(31, 'report')
    await read()
    roomForSmall = true
    await read()
    expect(subjects()).toEqual(['report'])
  })

  it('attack: a full list of strangers’ mails for which there is no room holds up no mail to an open case', async () => {
    const quota: FolderReading['quota'] = {
      isKnown: async (to) => to.some((one) => one.includes('+')),
      refuses: async ({ known }) => (known ? undefined : 'day'),
      stored: () => undefined,
    }
    const { mailbox, read, subjects } = await connected({ quota })
    for (let uid = 1; uid <= 1_100; uid += 1) mailbox.receive(uid, 'stranger')
    mailbox.inbox.mails.push({ uid: 1_101, raw: `To: security+case@lantern.example\r\nSubject: known\r\n\r\nx` })
    await read()
    expect(subjects()).toEqual(['known'])
    mailbox.asked.length = 0
    await read()
    expect(mailbox.asked.filter((one) => one.startsWith('raw'))).toEqual(['raw 1'])
  })

  it('counts large mails separately, so that a flood of them keeps out no small report', async () => {
    const asked: string[] = []
    const quota: FolderReading['quota'] = {
      isKnown: async () => false,
      refuses: async ({ source }) => (asked.push(source), undefined),
      stored: () => undefined,
    }
    const { mailbox, read } = await connected({ quota })
    mailbox.receive(1, 'x'.repeat(2 * 1024 * 1024))
    mailbox.receive(2, 'small')
    await read()
    expect(asked).toEqual(['box@imap.example small', 'box@imap.example large'])
  })
})
