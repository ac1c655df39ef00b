import { HOUR, instant } from '@embargo/core'
import { MAX_MAIL_BYTES } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { connected, NOW, OWN, place } from '../../test/folder-reading.ts'
import type { FolderReading } from './read-folder.ts'

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
    mailbox.inbox.mails.push({ uid: 5, raw: 'Return-Path: <>\r\nSubject: one\r\n\r\none\r\n', at: 10 })
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

  it.each([
    ['Return-Path: <>\r\n', { envelopeFrom: '' }],
    ['', {}],
  ])('knows the envelope sender if the server is trusted to write it: %j', async (field, expected) => {
    const { mailbox, read, cursors } = await connected({ returnPath: 'trust' })
    mailbox.inbox.mails.push({ uid: 1, raw: `${field}Subject: x\r\n\r\nx` })
    await read()
    expect(cursors.mails).toEqual([expect.objectContaining(expected)])
    expect('envelopeFrom' in (cursors.mails[0] ?? {})).toBe('envelopeFrom' in expected)
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
