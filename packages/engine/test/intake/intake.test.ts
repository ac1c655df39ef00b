import { describe, expect, it } from 'vitest'
import { PersonId, unreadMails } from '@embargo/core'
import { MailError, parse } from '@embargo/mail'
import { EngineError, SMALL_MAIL_BYTES } from '../../src/index.ts'
import { CASE, createHouse, mailBytes, OWN, policyOf, REPORTER } from '../house.ts'
import type { House, MailText } from '../house.ts'
import { replyTo } from '../story.ts'

const state = async (house: House) => house.caseState()
const spooled = async (house: House) =>
  (await house.spool.list({ limit: 100 })).map(({ state: where, stream, because }) => [where, stream ?? because])

const quarantines = async (house: House) =>
  [...house.memory.streams.values()]
    .flat()
    .flatMap(({ event }) => (event.type === 'MessageQuarantined' ? [event.because] : []))

async function opened(): Promise<House> {
  const house = createHouse()
  await house.receive()
  await house.drain()
  return house
}

/** Stores a mail that the intake has not read yet. */
const put = (house: ReturnType<typeof createHouse>, subject: string, body = 'x'): Promise<unknown> =>
  house.spool.store({
    raw: mailBytes({ subject, body }),
    envelopeFrom: REPORTER,
    envelopeTo: [OWN],
    receivedAt: house.clock.now(),
    delivery: subject,
  })

describe('a mail that belongs to no case', () => {
  it('opens a case with its sender as the reporter, and is in that case', async () => {
    const house = await opened()
    expect((await state(house)).reports).toMatchObject([
      { identity: { value: { address: REPORTER, name: 'Rea' } }, answerable: true },
    ])
    expect(await spooled(house)).toEqual([['in-case', CASE]])
  })

  it('opens a case without a promise to answer if the sender is a program', async () => {
    const house = createHouse()
    await house.receive({ envelopeFrom: 'noreply@reporter.example' })
    await house.drain()
    expect((await state(house)).reports[0]?.answerable).toBe(false)
    expect(house.relay.mails).toEqual([])
  })

  it('of a team member opens a case that names them, and does not let them see it', async () => {
    const house = createHouse()
    await house.receive({ from: 'Ben <ben@quillmark.example>', envelopeFrom: 'ben@quillmark.example' })
    expect((await state(house)).reports[0]?.person).toBe('ben')
    expect(Object.keys((await state(house)).people)).toEqual(['ana'])
  })

  it('of a team member lets them onto the case once another member says that somebody used their name', async () => {
    const house = createHouse()
    await house.receive({ from: 'Ben <ben@quillmark.example>', envelopeFrom: 'ben@quillmark.example' })
    await house.drain()
    expect(house.chat.invited).toEqual(['ana'])
    expect(
      await house.ask('ana', { verb: 'people.not-reporter', case: CASE, person: PersonId.parse('ben') }),
    ).toMatchObject({
      ok: true,
    })
    await house.drain()
    expect(house.chat.invited).toEqual(['ana', 'ben'])
    expect(house.chat.posts.map(({ title }) => title)).toContain('ImpersonationLogged')
    expect(await house.ask('ben', { verb: 'ack', case: CASE })).toMatchObject({ ok: true })
  })

  it.each<[string, MailText, string]>([
    [
      'a bounce',
      {
        envelopeFrom: '',
        headers: ['Content-Type: multipart/report; report-type=delivery-status; boundary=b'],
        body: '--b\r\n\r\nhello\r\n--b--',
      },
      'a bounce that belongs to no case',
    ],
    ['an automatic answer', { headers: ['Auto-Submitted: auto-replied'] }, 'an automatic mail that belongs to no case'],
    [
      'an automatic answer through a list',
      { headers: ['List-Id: <announce.lists.example>', 'Auto-Submitted: auto-replied'] },
      'an automatic mail that belongs to no case',
    ],
  ])('opens none when it is %s, and is kept', async (_name, text, because) => {
    const house = createHouse()
    await house.receive(text)
    expect(house.memory.streams.size).toBe(0)
    expect(await spooled(house)).toEqual([['set-aside', because]])
  })
})

describe('a mail from a mailbox', () => {
  it('opens a case with a receipt although its return path is unknown, and says that it was in the spam folder', async () => {
    const house = createHouse()
    await house.spool.store({
      raw: mailBytes(),
      envelopeTo: ['security@quillmark.example'],
      receivedAt: house.clock.now(),
      delivery: 'imap:1',
      spam: true,
    })
    await house.receive({ subject: 'Another' })
    const [first] = [...house.memory.streams.values()]
    expect(first?.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'MessageTakenIn', checks: expect.objectContaining({ spam: true }) }),
    )
    expect(first?.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'ReportAttached', answerable: true }),
    )
  })
})

describe('a mail through a mailing list', () => {
  const LIST: MailText = {
    envelopeFrom: 'security-bounces@lists.example',
    headers: ['List-Id: <security.lists.example>', 'List-Post: <mailto:security@lists.example>'],
  }

  it('opens a case, gets no receipt, and its sender can be written to', async () => {
    const house = createHouse()
    await house.receive(LIST)
    await house.drain()
    expect((await state(house)).reports).toMatchObject([
      { identity: { value: { address: REPORTER } }, through: 'list', answerable: true },
    ])
    expect(unreadMails(await state(house))).toHaveLength(1)
    expect(house.relay.mails).toEqual([])
    await house.ask('ana', { verb: 'ack', case: CASE })
    await house.drain()
    expect(house.relay.mails.map(({ envelopeTo }) => envelopeTo)).toEqual([REPORTER])
  })

  it.each([
    ['the list', 'Rea via Security <security@lists.example>'],
    ['us', `Rea via Security <${OWN}>`],
  ])('sends nothing to its sender when From is %s', async (_name, from) => {
    const house = createHouse()
    await house.receive({ ...LIST, from })
    await house.ask('ana', { verb: 'ack', case: CASE })
    await house.drain()
    expect((await state(house)).reports).toMatchObject([{ through: 'list', answerable: false }])
    expect(house.relay.mails).toEqual([])
  })

  it('of ours that comes back from a list to which we wrote opens no case', async () => {
    const house = await opened()
    const messageId = house.relay.mails[0]?.messageId ?? ''
    const raw = new TextEncoder().encode(
      `From: ${OWN}\r\nList-Id: <announce.lists.example>\r\nMessage-ID: ${messageId}\r\n\r\nNews\r\n`,
    )
    await house.receive(LIST, raw)
    expect([...house.memory.streams.keys()]).toEqual([CASE])
  })

  it('is set aside if the policy says so', async () => {
    const house = createHouse({ policy: policyOf({ intake: { lists: 'set-aside' } }) })
    await house.receive(LIST)
    expect(house.memory.streams.size).toBe(0)
    expect(await spooled(house)).toEqual([['set-aside', 'a mail from a list that belongs to no case']])
  })
})

describe('an answer', () => {
  it('with the token of the report and from its address counts as the reporter’s', async () => {
    const house = await opened()
    await house.receive({ to: replyTo(house), body: 'More of it.' })
    expect((await state(house)).messages.at(-1)).toMatchObject({ from: 'reporter', report: `${CASE}/r1` })
  })

  it('with the token from somebody else is shown as unverified', async () => {
    const house = await opened()
    await house.receive({
      to: replyTo(house),
      from: 'Eve <eve@elsewhere.example>',
      envelopeFrom: 'eve@elsewhere.example',
    })
    expect((await state(house)).messages.at(-1)).toMatchObject({ from: 'unverified' })
    expect((await state(house)).messages.at(-1)?.report).toBeUndefined()
  })

  it('from an address of the team proves nothing about its sender', async () => {
    const house = await opened()
    await house.receive({
      to: replyTo(house),
      from: 'Ana <ana@quillmark.example>',
      envelopeFrom: 'ana@quillmark.example',
    })
    expect((await state(house)).messages.at(-1)).toMatchObject({ from: 'team', trust: 'nothing-proven' })
  })

  it.each([
    ['the reporter', REPORTER],
    ['the coordinator, in their own words', 'ana@quillmark.example'],
  ])('runs no command from a mail of %s', async (_who, from) => {
    const house = await opened()
    const before = await state(house)
    await house.receive({
      to: replyTo(house),
      from,
      envelopeFrom: from,
      subject: '/disclose --yes',
      body: '/ack\n/confirm main\n/cvd approve\nembargo SEC-2026-0001 disclose --yes\n',
    })
    const { rm, em, cs, people, acknowledgedAt, approvals } = await state(house)
    expect({ rm, em, cs, people, acknowledgedAt, approvals }).toEqual({
      rm: before.rm,
      em: before.em,
      cs: before.cs,
      people: before.people,
      acknowledgedAt: undefined,
      approvals: [],
    })
    const since = house.memory.streams.get(CASE)?.map(({ event }) => event.type) ?? []
    expect(since.slice(since.indexOf('ReportAttached'))).toContain('MessageTakenIn')
    expect(since).not.toContain('CaseAcknowledged')
  })

  it('with a forged token opens a case of its own', async () => {
    const house = await opened()
    const forged = replyTo(house).replace(/.@/u, (end) => (end.startsWith('a') ? 'b@' : 'a@'))
    await house.receive({ to: forged, subject: 'forged' })
    expect([...house.memory.streams.keys()]).toEqual([CASE, 'SEC-2026-0002'])
  })

  it('to a Message-ID of ours finds its case without the token', async () => {
    const house = await opened()
    await house.receive({ subject: 'Re: it', headers: [`In-Reply-To: ${house.relay.mails[0]?.messageId}`] })
    expect([...house.memory.streams.keys()]).toEqual([CASE])
    expect((await state(house)).messages).toHaveLength(2)
  })

  it('by a program is recorded as automatic and does not count as an answer', async () => {
    const house = await opened()
    const before = unreadMails(await state(house))
    await house.receive({ to: replyTo(house), headers: ['Auto-Submitted: auto-replied'] })
    expect(unreadMails(await state(house))).toEqual(before)
    expect(house.events()).toContain('MessageTakenIn')
  })

  it('of a mail server to the return path of one mail is recorded in that mail’s case', async () => {
    const house = await opened()
    const returnPath = house.relay.mails[0]?.envelopeFrom ?? ''
    const headers = ['Content-Type: multipart/report; report-type=delivery-status; boundary=b']
    await house.receive({ to: returnPath, envelopeFrom: '', headers, body: '--b\r\n\r\nno such user\r\n--b--' })
    expect(await spooled(house)).toEqual([
      ['in-case', CASE],
      ['in-case', CASE],
    ])
  })
})

describe('a program that dies while it places a mail', () => {
  it.each([
    [2, [], 1],
    [3, [], 1],
    [4, ['program-died'], 0],
  ])('%i times: quarantined %j, read %i times', async (deaths, reasons, reads) => {
    const house = createHouse()
    const raw = mailBytes()
    const stored = await house.spool.store({
      raw,
      envelopeFrom: REPORTER,
      envelopeTo: [OWN],
      receivedAt: house.clock.now(),
      delivery: 'd',
    })
    if (stored.is === 'full') throw new Error('full')
    for (let death = 0; death < deaths; death += 1) await house.spool.attempt(stored.id)
    await house.receive({}, raw)
    expect(await quarantines(house)).toEqual(reasons)
    expect(house.parser.calls).toBe(reads)
    expect((await state(house)).reports).toHaveLength(reads)
    expect(await spooled(house)).toEqual([['in-case', CASE]])
  })
})

describe('a death', () => {
  const attempts = async ({ spool }: House): Promise<number | undefined> =>
    (await spool.list({ limit: 1 }))[0]?.attempts

  it('counts against a mail only while the parser has it', async () => {
    const house = createHouse()
    const seen: [string, number | undefined][] = []
    const look = async (when: string) => void seen.push([when, await attempts(house)])
    house.parser.ready = async () => look('the reader starts')
    house.parser.parse = async (raw) => look('it reads').then(async () => parse(raw))
    await house.receive({}, undefined, { crashPoint: async (point) => look(point) })
    expect(seen).toEqual([
      ['the reader starts', 0],
      ['it reads', 1],
      ['mail-placed-before-case', 0],
      ['mail-in-case', 0],
    ])
  })

  it('of the parser does not count as a death of the program', async () => {
    const house = createHouse()
    house.parser.parse = async () => {
      throw new Error('the reader was shut down')
    }
    await house.receive()
    expect(await attempts(house)).toBe(0)
  })

  it('counts against no mail if no parser can be started', async () => {
    const house = createHouse()
    house.parser.ready = async () => {
      throw new Error('no memory for a process')
    }
    await house.receive()
    expect(await attempts(house)).toBe(0)
    expect(await spooled(house)).toEqual([['waiting', undefined]])
  })
})

describe('a mail that cannot be read', () => {
  const unreadable = async (): Promise<never> => {
    throw new MailError('too-deep', 'too many parts in parts')
  }

  it('opens a case, is quarantined in it and answers nobody', async () => {
    const house = createHouse()
    house.parser.parse = unreadable
    await house.receive()
    await house.drain()
    expect((await state(house)).quarantined).toHaveLength(1)
    expect((await state(house)).reports).toEqual([])
    expect(house.chat.posts.map(({ title }) => title)).toContain('MessageQuarantined')
    expect(house.relay.mails).toEqual([])
    expect(await spooled(house)).toEqual([['in-case', CASE]])
  })

  it('is quarantined in its case if its address names the case', async () => {
    const house = await opened()
    house.parser.parse = unreadable
    await house.receive({ to: replyTo(house) })
    expect([...house.memory.streams.keys()]).toEqual([CASE])
    expect((await state(house)).quarantined).toHaveLength(1)
  })

  it('gets a third parser if two crashed, and is quarantined if the third crashes too', async () => {
    const house = createHouse()
    const died = new MailError('parser-died', 'it took too long')
    let deaths = 2
    house.parser.parse = async (raw) => {
      if (deaths-- > 0) throw died
      return parse(raw)
    }
    await house.receive()
    expect(await quarantines(house)).toEqual([])
    deaths = 3
    await house.receive({ to: OWN, subject: 'ends three readers' })
    expect(await quarantines(house)).toEqual(['parser-died'])
    expect(house.parser.calls).toBe(6)
  })

  it('delays no other mail: small mails are read first, and a mail that crashed its parser last', async () => {
    const house = createHouse()
    const read: string[] = []
    house.parser.parse = async (raw) => {
      const mail = await parse(raw)
      read.push(mail.subject)
      if (mail.subject === 'ends its reader') throw new MailError('parser-died', 'it took too long')
      return mail
    }
    await put(house, 'large', 'x'.repeat(SMALL_MAIL_BYTES))
    await put(house, 'larger', 'x'.repeat(SMALL_MAIL_BYTES + 1))
    await put(house, 'ends its reader')
    await house.receive({ subject: 'small' })
    expect(read).toEqual(['ends its reader', 'small', 'large', 'larger', 'ends its reader', 'ends its reader'])
  })

  it('waits for at most one large mail, if it is small', async () => {
    const house = createHouse()
    const read: string[] = []
    house.parser.parse = async (raw) => {
      const mail = await parse(raw)
      read.push(mail.subject)
      if (mail.subject === 'large') await put(house, 'small, and later')
      return mail
    }
    await put(house, 'large', 'x'.repeat(SMALL_MAIL_BYTES))
    await put(house, 'larger', 'x'.repeat(SMALL_MAIL_BYTES + 1))
    await house.receive({ subject: 'small' })
    expect(read).toEqual(['small', 'large', 'small, and later', 'larger'])
  })

  it('is quarantined, and the record names the limit that it broke or says that it is no mail', async () => {
    const house = createHouse()
    for (const code of ['too-large', 'unparsable'] as const) {
      house.parser.parse = async () => {
        throw new MailError(code, 'it is as it is')
      }
      await house.receive({ subject: code })
    }
    expect(await quarantines(house)).toEqual(['too-large', 'unparsable'])
  })

  it('waits as long as the disk is full', async () => {
    let full = true
    const house = createHouse({
      events: (real) => ({
        ...real,
        commit: async (commit) => {
          if (full) throw new EngineError('full', 'no room')
          return real.commit(commit)
        },
      }),
    })
    const raw = mailBytes()
    for (let minute = 0; minute < 30; minute += 1) await house.receive({}, raw)
    expect(await spooled(house)).toEqual([['waiting', undefined]])
    full = false
    await house.receive({}, raw)
    expect((await spooled(house)).map(([where]) => where)).toEqual(['in-case'])
    expect(house.memory.streams.size).toBe(1)
    expect(await quarantines(house)).toEqual([])
  })

  it('does not delay the next mail', async () => {
    const house = createHouse()
    house.parser.parse = async (raw) => {
      if (new TextDecoder().decode(raw).includes('poison')) throw new Error('a bug')
      return parse(raw)
    }
    await house.receive({ subject: 'poison' })
    await house.receive({ subject: 'a report' })
    expect((await spooled(house)).map(([where]) => where)).toEqual(['waiting', 'in-case'])
  })
})
