import { describe, expect, it } from 'vitest'
import { PersonId, unreadMails } from '@embargo/core'
import { CASE, createHouse, mailBytes, OWN, policyOf, REPORTER } from '../house.ts'
import type { MailText } from '../house.ts'
import { replyTo } from '../story.ts'
import { state, spoolRows, openedCase } from './spooled-mail.ts'

describe('a mail that belongs to no case', () => {
  it('opens a case with its sender as the reporter, and is in that case', async () => {
    const house = await openedCase()
    expect((await state(house)).reports).toMatchObject([
      { identity: { value: { address: REPORTER, name: 'Rea' } }, answerable: true },
    ])
    expect(await spoolRows(house)).toEqual([['in-case', CASE]])
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
    expect(await spoolRows(house)).toEqual([['set-aside', because]])
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
    const house = await openedCase()
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
    expect(await spoolRows(house)).toEqual([['set-aside', 'a mailing-list mail that belongs to no case']])
  })
})

describe('an answer', () => {
  it('with the token of the report and from its address counts as the reporter’s', async () => {
    const house = await openedCase()
    await house.receive({ to: replyTo(house), body: 'More of it.' })
    expect((await state(house)).messages.at(-1)).toMatchObject({ from: 'reporter', report: `${CASE}/r1` })
  })

  it('with the token from somebody else is shown as unverified', async () => {
    const house = await openedCase()
    await house.receive({
      to: replyTo(house),
      from: 'Eve <eve@elsewhere.example>',
      envelopeFrom: 'eve@elsewhere.example',
    })
    expect((await state(house)).messages.at(-1)).toMatchObject({ from: 'unverified' })
    expect((await state(house)).messages.at(-1)?.report).toBeUndefined()
  })

  it('from an address of the team proves nothing about its sender', async () => {
    const house = await openedCase()
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
    const house = await openedCase()
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
    const house = await openedCase()
    const forged = replyTo(house).replace(/.@/u, (end) => (end.startsWith('a') ? 'b@' : 'a@'))
    await house.receive({ to: forged, subject: 'forged' })
    expect([...house.memory.streams.keys()]).toEqual([CASE, 'SEC-2026-0002'])
  })

  it('to a Message-ID of ours finds its case without the token', async () => {
    const house = await openedCase()
    await house.receive({ subject: 'Re: it', headers: [`In-Reply-To: ${house.relay.mails[0]?.messageId}`] })
    expect([...house.memory.streams.keys()]).toEqual([CASE])
    expect((await state(house)).messages).toHaveLength(2)
  })

  it('by a program is recorded as automatic and does not count as an answer', async () => {
    const house = await openedCase()
    const before = unreadMails(await state(house))
    await house.receive({ to: replyTo(house), headers: ['Auto-Submitted: auto-replied'] })
    expect(unreadMails(await state(house))).toEqual(before)
    expect(house.events()).toContain('MessageTakenIn')
  })

  it('of a mail server to the return path of one mail is recorded in that mail’s case', async () => {
    const house = await openedCase()
    const returnPath = house.relay.mails[0]?.envelopeFrom ?? ''
    const headers = ['Content-Type: multipart/report; report-type=delivery-status; boundary=b']
    await house.receive({ to: returnPath, envelopeFrom: '', headers, body: '--b\r\n\r\nno such user\r\n--b--' })
    expect(await spoolRows(house)).toEqual([
      ['in-case', CASE],
      ['in-case', CASE],
    ])
  })
})
