import { HOUR, instant } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { SMALL_MAIL_BYTES } from '@embargo/engine'
import { MAX_MAIL_BYTES } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { FakeMailbox, MemoryCursors } from '../../test/fake-mailbox.ts'
import { readFolder } from './read-folder.ts'
import type { FolderReading } from './read-folder.ts'

const OWN = 'security@lantern.example'
const NOW = 1_000_000_000

function place(change: Partial<FolderReading> = {}) {
  const mailbox = new FakeMailbox()
  const cursors = new MemoryCursors()
  const points: string[] = []
  let now = NOW
  const kept = { broken: new Map<string, number>(), tried: new Map<string, Instant>(), ahead: new Set<string>() }
  const read = async (folder = 'INBOX') =>
    readFolder(
      {
        session: mailbox.session(),
        mailbox: 'box@imap.example',
        addresses: [OWN, 'security@kiln.example'],
        cursors,
        quota: { isKnown: async () => false, refuses: async () => undefined, stored: () => undefined },
        clock: { now: () => instant(now) },
        log: { info: () => undefined, warn: () => undefined, error: () => undefined },
        ...kept,
        crashPoints: (name) => void points.push(name),
        ...change,
      },
      { path: folder, spam: folder === 'Junk' },
      new AbortController().signal,
    )
  return {
    mailbox,
    cursors,
    points,
    read,
    restart: () => kept.ahead.clear(),
    later: (milliseconds: number) => void (now += milliseconds),
    subjects: () => cursors.mails.map(({ raw }) => /Subject: (.*)\r/u.exec(Buffer.from(raw).toString())?.[1]),
    cursor: () => cursors.cursors.get('box@imap.example INBOX'),
  }
}

/** A test setup with a mailbox that was read once while it was empty. */
async function connected(change: Partial<FolderReading> = {}) {
  const house = place(change)
  await house.read()
  return house
}

describe('the first connection', () => {
  it('reads only mails that arrive later', async () => {
    const { mailbox, read, subjects, cursor } = place()
    mailbox.receive(41, 'before')
    await read()
    expect([subjects(), cursor()?.uid]).toEqual([[], 41])
    mailbox.receive(42, 'new')
    await read()
    expect(subjects()).toEqual(['new'])
  })

  it('reads mails received since the given date, and skips older ones', async () => {
    const { mailbox, read, subjects } = place({ since: instant(500) })
    mailbox.receive(1, 'older', { at: 499 })
    mailbox.receive(2, 'younger', { at: 500 })
    mailbox.receive(3, 'copied from somewhere old', { at: 3 })
    mailbox.receive(4, 'without a date')
    await read()
    mailbox.receive(5, 'with a wrong date', { at: 7 })
    await read()
    expect(subjects()).toEqual(['younger', 'without a date', 'with a wrong date'])
    expect(mailbox.asked).toContain('uids 1 since')
  })
})

describe('a reading', () => {
  it('stores each mail once and moves the cursor past it, without an envelope sender, which IMAP does not know', async () => {
    const { mailbox, read, subjects, cursors, points } = await connected()
    mailbox.receive(5, 'one', { at: 10 })
    mailbox.receive(9, 'two', { at: 20 })
    await read()
    await read()
    expect(subjects()).toEqual(['one', 'two'])
    expect(cursors.mails[0]).toMatchObject({
      envelopeTo: [OWN],
      receivedAt: NOW,
      delivery: 'imap:box@imap.example:INBOX:1:5',
    })
    expect(cursors.mails[0]).not.toHaveProperty('envelopeFrom')
    expect(cursors.mails[0]).not.toHaveProperty('spam')
    expect(points).toEqual(['imap-mail-fetched-before-store', 'imap-mail-stored'])
  })

  it('takes the recipients from the Delivered-To header, because one mailbox may serve several projects', async () => {
    const { mailbox, read, cursors } = await connected()
    mailbox.inbox.mails.push({ uid: 1, raw: 'Delivered-To: security+t@kiln.example\r\nSubject: x\r\n\r\nx' })
    await read()
    expect(cursors.mails[0]?.envelopeTo).toEqual(['security+t@kiln.example'])
  })

  it('reads the spam folder too, and marks its mails', async () => {
    const { mailbox, read, cursors } = place()
    mailbox.folders.set('Junk', { uidValidity: 7, mails: [] })
    await read('Junk')
    mailbox.folderAt('Junk').mails.push({ uid: 1, raw: 'Subject: x\r\n\r\nx' })
    await read('Junk')
    expect(cursors.mails[0]).toMatchObject({ spam: true })
  })

  it('stores no mail twice when people move mails away and back, and skips those that vanish', async () => {
    const { mailbox, read, subjects, cursor } = await connected()
    mailbox.receive(1, 'one')
    mailbox.receive(2, 'two')
    await read()
    mailbox.inbox.mails = []
    await read()
    mailbox.receive(7, 'one')
    mailbox.receive(9, 'three')
    mailbox.before = (question) => {
      if (question.startsWith('raw')) mailbox.inbox.mails = mailbox.inbox.mails.filter(({ uid }) => uid !== 9)
    }
    await read()
    expect([subjects(), cursor()?.uid]).toEqual([['one', 'two'], 9])
    await read()
    expect(cursor()?.unread).toEqual([])
  })

  it('fetches a flood in bounded batches, and a large mail alone', async () => {
    const { mailbox, read, subjects } = await connected()
    for (let uid = 1; uid <= 120; uid += 1) mailbox.receive(uid, `${uid}`)
    mailbox.receive(121, 'x'.repeat(5 * 1024 * 1024))
    mailbox.receive(122, 'last')
    await read()
    expect(subjects()).toHaveLength(122)
    const fetched = mailbox.asked.filter((one) => one.startsWith('raw')).map((one) => one.split(' ').length - 1)
    expect(fetched).toEqual([50, 50, 21, 1])
  })

  it('fetches the next batch while one is stored', async () => {
    const fetched: number[] = []
    const { mailbox, read } = await connected({
      crashPoints: (name) => {
        if (name === 'imap-mail-fetched-before-store')
          fetched.push(mailbox.asked.filter((one) => one.startsWith('raw')).length)
      },
    })
    for (let uid = 1; uid <= 120; uid += 1) mailbox.receive(uid, `${uid}`)
    await read()
    expect(fetched).toEqual([2, 3, 3])
  })

  it('blames no mail for an end of the connection while the batch before cannot be stored', async () => {
    const { mailbox, read, cursors, subjects, cursor } = await connected()
    for (let uid = 1; uid <= 50; uid += 1) mailbox.receive(uid, `${uid}`)
    mailbox.receive(51, 'last', { gives: 'breaks' })
    cursors.answer = 'full'
    for (let time = 0; time < 3; time += 1) await expect(read()).rejects.toMatchObject({ code: 'full' })
    cursors.answer = undefined
    mailbox.inbox.mails.pop()
    mailbox.receive(51, 'last')
    await read()
    expect([subjects().at(-1), cursor()?.unread]).toEqual(['last', []])
  })

  it.each(['full', 'moved'] as const)(
    'stops when the database answers %s, and later continues from there',
    async (answer) => {
      const { mailbox, read, subjects, cursors } = await connected()
      mailbox.receive(1, 'one')
      cursors.answer = answer
      await expect(read()).rejects.toMatchObject({ code: answer })
      cursors.answer = undefined
      await read()
      expect(subjects()).toEqual(['one'])
    },
  )
})

describe('new UIDs', () => {
  it('open no case for mails older than the newest mail that was seen', async () => {
    const { mailbox, read, subjects } = await connected()
    mailbox.receive(1, 'seen', { at: NOW + 10 })
    await read()
    mailbox.inbox.uidValidity = 2
    mailbox.inbox.mails = []
    mailbox.receive(1, 'from before the first connection', { at: 5 })
    mailbox.receive(2, 'seen', { at: NOW + 10 })
    mailbox.receive(3, 'came meanwhile', { at: NOW + 11 })
    await read()
    mailbox.receive(4, 'came after it', { at: 6 })
    await read()
    expect(subjects()).toEqual(['seen', 'came meanwhile', 'came after it'])
  })

  it('lose no mail after one whose date was in the future', async () => {
    const { mailbox, read, subjects, later } = await connected()
    mailbox.receive(1, 'from the future', { at: NOW + 1_000_000 })
    await read()
    mailbox.inbox.uidValidity = 2
    later(1_000)
    mailbox.receive(2, 'came meanwhile', { at: NOW + 500 })
    await read()
    expect(subjects()).toContain('came meanwhile')
  })

  it('lose no mail that was not stored yet', async () => {
    const { mailbox, read, subjects } = await connected()
    mailbox.receive(1, 'no bytes yet', { at: NOW + 1, gives: 'none' })
    mailbox.receive(2, 'seen', { at: NOW + 10 })
    await read()
    mailbox.inbox.uidValidity = 2
    for (const mail of mailbox.inbox.mails) delete mail.gives
    await read()
    expect(subjects()).toEqual(['seen', 'no bytes yet'])
  })
})

describe('a mail that cannot be read', () => {
  it('stays on the list, is tried again, and does not delay other mails', async () => {
    const { mailbox, read, later, subjects, cursor } = await connected()
    mailbox.receive(1, 'poison', { at: 5, gives: 'none' })
    mailbox.receive(2, 'after it')
    await read()
    expect(subjects()).toEqual(['after it'])
    expect(cursor()?.unread).toEqual([{ uid: 1, bytes: 27, because: 'no-bytes', receivedAt: 5 }])
    await read()
    for (const mail of mailbox.inbox.mails) delete mail.gives
    await read()
    expect(subjects()).toEqual(['after it'])
    later(HOUR)
    await read()
    expect([subjects(), cursor()?.unread]).toEqual([['after it', 'poison'], []])
  })

  it('is fetched alone after it broke the connection, and put on the list after the third break', async () => {
    const { mailbox, read, subjects, cursor } = await connected()
    mailbox.receive(1, 'before')
    mailbox.receive(2, 'poison', { gives: 'breaks' })
    mailbox.receive(3, 'after')
    for (let time = 0; time < 3; time += 1) await expect(read()).rejects.toThrow('the connection ended')
    await read()
    expect(subjects()).toEqual(['before', 'after'])
    expect(cursor()?.unread.map(({ uid, because }) => [uid, because])).toEqual([[2, 'no-bytes']])
  })

  it('is not fetched again if the server sent more bytes than it announced', async () => {
    const { mailbox, read, later } = await connected()
    mailbox.receive(1, 'x'.repeat(MAX_MAIL_BYTES), { bytes: 100 })
    await read()
    later(HOUR)
    await read()
    expect(mailbox.asked.filter((one) => one.startsWith('raw'))).toEqual(['raw 1'])
  })

  it('is never fetched if it is too large, and leaves the list when somebody deletes it', async () => {
    const { mailbox, read, later, cursor } = await connected()
    mailbox.receive(1, 'huge', { bytes: MAX_MAIL_BYTES + 1 })
    await read()
    expect(cursor()?.unread.map(({ because }) => because)).toEqual(['too-large'])
    mailbox.inbox.mails = []
    later(HOUR)
    await read()
    expect(cursor()?.unread).toEqual([])
    expect(mailbox.asked.some((one) => one.startsWith('raw'))).toBe(false)
  })
})

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

  it('is reported, and the next mails are read once some of the list are gone', async () => {
    const { mailbox, read, later, subjects, cursor } = await connected()
    for (let uid = 1; uid <= 1_000; uid += 1) mailbox.receive(uid, 'no bytes', { gives: 'none' })
    expect(await read()).toBe('read')
    mailbox.receive(1_001, 'report')
    expect(await read()).toBe('unread-full')
    expect([subjects(), cursor()?.uid]).toEqual([[], 1_000])
    mailbox.inbox.mails = mailbox.inbox.mails.slice(20)
    later(HOUR)
    expect(await read()).toBe('read')
    expect([subjects(), cursor()?.unread.length]).toEqual([['report'], 980])
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

describe('a genuine report behind large mails', () => {
  const LARGE = 'x'.repeat(2 * 1024 * 1024)

  it('is stored before the large mails, while the cursor waits at the first mail that is not stored', async () => {
    const { mailbox, read, cursors } = await connected()
    const positions: number[] = []
    const advance = cursors.advance.bind(cursors)
    cursors.advance = async (cursor, mails) => (positions.push(cursor.uid), advance(cursor, mails))
    mailbox.receive(1, 'first')
    mailbox.receive(2, LARGE)
    mailbox.receive(3, LARGE.toUpperCase())
    mailbox.receive(4, 'report')
    await read()
    expect(cursors.mails.map(({ raw }) => raw.length > LARGE.length)).toEqual([false, false, true, true])
    expect(positions).toEqual([1, 2, 4])
  })

  it.each(['the connection', 'the program'])(
    'is stored once, as is each large mail, if %s ends in between',
    async (ends) => {
      const { mailbox, read, cursors, restart } = await connected()
      mailbox.receive(1, LARGE, { gives: 'breaks' })
      mailbox.receive(2, 'report')
      await expect(read()).rejects.toThrow('ended')
      expect(cursors.mails).toHaveLength(1)
      if (ends === 'the program') restart()
      mailbox.asked.length = 0
      delete mailbox.inbox.mails[0]?.gives
      await read()
      expect(cursors.mails).toHaveLength(2)
      expect(mailbox.asked.filter((one) => one.startsWith('raw'))).toEqual(
        ends === 'the program' ? ['raw 2', 'raw 1'] : ['raw 1'],
      )
    },
  )

  it('stays on the list of unread ones until there is room', async () => {
    let room = false
    const quota: FolderReading['quota'] = {
      isKnown: async () => false,
      refuses: async ({ source }) => (room || source.endsWith('large') ? undefined : 'day'),
      stored: () => undefined,
    }
    const { mailbox, read, cursors, cursor } = await connected({ quota })
    mailbox.receive(1, LARGE, { gives: 'breaks' })
    mailbox.receive(2, 'report')
    await expect(read()).rejects.toThrow('ended')
    delete mailbox.inbox.mails[0]?.gives
    await read()
    expect([cursors.mails.length, cursor()?.unread.map(({ uid }) => uid)]).toEqual([1, [2]])
    room = true
    await read()
    expect([cursors.mails.length, cursor()?.unread]).toEqual([2, []])
  })
})
