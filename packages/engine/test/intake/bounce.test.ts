import { describe, expect, it } from 'vitest'
import { HOUR } from '@embargo/core'
import { OutsideError } from '../../src/index.ts'
import { CASE, createHouse, OWN, REPORTER } from '../house.ts'
import {
  ANNOUNCE,
  requestAndApprove,
  DATE,
  ONE,
  prenotifiedRelease,
  RELEASE,
  recipientsSince,
  TWO,
} from '../two-cases.ts'
import type { House } from '../house.ts'

/** A case whose receipt was sent, and the receipt. */
async function withReceipt() {
  const house = createHouse()
  await house.receive()
  await house.drain()
  const receipt = house.relay.mails.at(-1)
  if (receipt === undefined) throw new Error('no receipt left')
  return { house, receipt }
}

const setAside = async (house: House) =>
  (await house.spool.list({ limit: 100, state: 'set-aside' })).map(({ because }) => because)

const bounces = (house: House) =>
  [...house.memory.streams.values()]
    .flat()
    .flatMap(({ event }) => (event.type === 'MailBounced' ? [{ kind: event.kind, status: event.status }] : []))

const messages = async (house: House) =>
  (await house.caseState()).messages.slice(1).map(({ from, automatic }) => ({ from, automatic: automatic ?? false }))

const cases = (house: House) => [...house.memory.streams.keys()].filter((stream) => stream.startsWith('SEC-'))

const qmail = (messageId: string): string =>
  [
    `<${REPORTER}>:`,
    'Sorry, no mailbox here by that name. (#5.1.1)',
    '--- Below this line is a copy of the message.',
    `Message-ID: ${messageId}`,
  ].join('\r\n')

const report = (...recipients: readonly string[]) => ({
  headers: ['Content-Type: multipart/report; report-type=delivery-status; boundary=b'],
  body: [
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    ...recipients.flatMap((one) => ['', one]),
    '',
    '--b--',
  ].join('\r\n'),
})

describe('a bounce of a mail of ours', () => {
  it('in an old form is recognised by the return path to which it was sent', async () => {
    const { house, receipt } = await withReceipt()
    expect(receipt.envelopeFrom).toMatch(/^security\+b[a-z2-7]{14}sec-26-1@/u)
    await house.receive({
      to: receipt.envelopeFrom,
      envelopeFrom: '',
      from: 'MAILER-DAEMON@mx.example',
      body: qmail('<replaced@relay.example>'),
    })
    expect(bounces(house)).toEqual([{ kind: 'hard', status: '5.1.1' }])
    expect(cases(house)).toEqual([CASE])
  })

  it('in an old form is recognised by the Message-ID that it returns, if the relay replaced the return path', async () => {
    const { house, receipt } = await withReceipt()
    await house.receive({
      envelopeFrom: '',
      from: 'MAILER-DAEMON@mx.example',
      body: qmail(receipt.messageId),
    })
    expect(bounces(house)).toEqual([{ kind: 'hard', status: '5.1.1' }])
    expect(cases(house)).toEqual([CASE])
  })

  it('says nothing about our recipient if another recipient failed', async () => {
    const { house, receipt } = await withReceipt()
    await house.receive({
      to: receipt.envelopeFrom,
      envelopeFrom: '',
      from: 'MAILER-DAEMON@mx.example',
      ...report(
        `Original-Recipient: rfc822;${REPORTER}\r\nFinal-Recipient: rfc822;rea@home.example\r\nAction: delayed\r\nStatus: 4.4.1`,
        'Final-Recipient: rfc822;old@home.example\r\nAction: failed\r\nStatus: 5.1.1',
      ),
    })
    expect(bounces(house)).toEqual([{ kind: 'delayed', status: '4.4.1' }])
  })

  it('is no bounce if it says that the mail was delivered', async () => {
    const { house, receipt } = await withReceipt()
    await house.receive({
      to: receipt.envelopeFrom,
      envelopeFrom: '',
      from: 'MAILER-DAEMON@mx.example',
      ...report(`Final-Recipient: rfc822;${REPORTER}\r\nAction: delivered\r\nStatus: 2.0.0`),
    })
    expect(bounces(house)).toEqual([])
    expect(await messages(house)).toEqual([{ from: 'unverified', automatic: true }])
  })

  it.each([
    ['a person writes', { envelopeFrom: 'kim@other.example', from: 'Kim <kim@other.example>' }, false],
    ['a program answers', { envelopeFrom: '', headers: ['Auto-Submitted: auto-replied'] }, true],
    ['an old program answers without saying so', { envelopeFrom: '' }, true],
  ])('opens no case when %s to its return path, and is shown in it', async (_, text, automatic) => {
    const { house, receipt } = await withReceipt()
    await house.receive({ to: receipt.envelopeFrom, ...text })
    expect(cases(house)).toEqual([CASE])
    expect(bounces(house)).toEqual([])
    expect(await messages(house)).toEqual([{ from: 'unverified', automatic }])
  })
})

describe('a mail that a stranger makes look like a bounce', () => {
  const failed = report(`Final-Recipient: rfc822;${REPORTER}\r\nAction: failed\r\nStatus: 5.1.1`)

  it('is a report like any other: nothing is hidden', async () => {
    const { house } = await withReceipt()
    await house.receive({ envelopeFrom: 'eve@evil.example', from: 'Eve <eve@evil.example>', ...failed })
    expect(cases(house)).toEqual([CASE, 'SEC-2026-0002'])
  })

  it('changes nothing if its return path, Message-ID and header are invented', async () => {
    const { house, receipt } = await withReceipt()
    const guesses = [
      { to: receipt.envelopeFrom.replace(/\+b.{14}/u, `+b${'a'.repeat(14)}`), ...failed },
      { to: OWN, body: qmail(receipt.messageId.replace(/\.[^.]*@/u, '.aaaaaaaaaaaaaaaa@')) },
      { to: OWN, headers: [`X-Failed-Recipients: ${REPORTER}`] },
    ]
    for (const guess of guesses) await house.receive({ envelopeFrom: '', from: 'MAILER-DAEMON@evil.example', ...guess })
    expect(bounces(house)).toEqual([])
    expect(cases(house)).toEqual([CASE])
    expect(await setAside(house)).toEqual(guesses.map(() => 'a bounce that belongs to no case'))
  })
})

describe('a bounce of a public letter', () => {
  /**
   * Publishes a release of two cases. Then bounces arrive at the return path of the announcement. Each of them says
   * that mail to `recipient` failed.
   */
  async function bounced(recipient: string, messageId?: string, times = 1) {
    const house = await prenotifiedRelease()
    house.clock.moveTo(DATE)
    const before = house.relay.mails.length
    await requestAndApprove(house, { verb: 'disclose', case: TWO })
    await house.drain()
    const announcement = house.relay.mails.slice(before).find(({ envelopeTo }) => envelopeTo === ANNOUNCE)
    if (announcement === undefined) throw new Error('no announcement left')
    const sent = recipientsSince(house).length
    const { headers, body } = report(`Final-Recipient: rfc822;${recipient}\r\nAction: failed\r\nStatus: 5.1.1`)
    const returned = [
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${messageId ?? announcement.messageId}`,
      '',
      '--b--',
    ]
    for (let nth = 0; nth < times; nth += 1)
      await house.receive({
        to: announcement.envelopeFrom,
        envelopeFrom: '',
        from: 'MAILER-DAEMON@mx.example',
        headers: [...headers, `Message-ID: <bounce${nth}@mx.example>`],
        body: [body.replace(/--b--$/u, ''), ...returned].join('\r\n'),
      })
    await house.drain()
    const state = await house.engine.queries.state(ONE)
    const release = (await house.engine.queries.world(ONE))?.release
    return {
      returnPath: announcement.envelopeFrom,
      shown: state?.kind === 'case' ? state.messages.flatMap(({ returned: letter }) => letter ?? []) : [],
      aside: await setAside(house),
      parked: release?.parked,
      failed: release?.steps.filter(({ failed }) => failed !== undefined),
      recorded: house.events(RELEASE).filter((type) => type === 'MailBounced').length,
      sentAgain: recipientsSince(house).length - sent,
    }
  }

  // A bounce of a public letter must change nothing. The list's archive shows the Message-ID of the letter, so anybody
  // can forge such a bounce.
  const NOTHING_CHANGED = { parked: [], failed: [], recorded: 0, sentAgain: 0 }

  it('is shown in the case, changes nothing and causes no retry', async () => {
    expect(await bounced(ANNOUNCE)).toMatchObject({
      returnPath: OWN,
      shown: ['announcement'],
      aside: [],
      ...NOTHING_CHANGED,
    })
  })

  it('is shown once, however many bounces somebody makes up', async () => {
    expect(await bounced(ANNOUNCE, undefined, 3)).toMatchObject({
      shown: ['announcement'],
      aside: Array(2).fill('another bounce of a public mail; the case already shows one'),
    })
  })

  it.each([
    ['about a reader of the list', 'reader@elsewhere.example', undefined],
    ['with a Message-ID that nobody wrote', ANNOUNCE, '<aaaaaaaaaaaaa@quillmark.example>'],
  ])('%s is only kept', async (_, recipient, messageId) => {
    expect(await bounced(recipient, messageId)).toMatchObject({
      shown: [],
      aside: ['a bounce that belongs to no case'],
      ...NOTHING_CHANGED,
    })
  })
})

describe('a mail that our relay refuses temporarily', () => {
  const busy = new OutsideError('unreachable', 'The relay did not take the mail for now (450 4.2.2).')

  /** A case with a receipt. This many attempts to send the receipt failed, an hour apart. */
  async function tried(times: number, error = busy) {
    const house = createHouse()
    await house.receive()
    house.relay.failures.push(...Array.from({ length: times }, () => ({ error })))
    for (let nth = 0; nth < times; nth += 1) {
      await house.drain()
      house.machine.ms += HOUR
    }
    return house
  }

  it('is not mentioned during the first hours', async () => {
    expect(bounces(await tried(19))).toEqual([])
  })

  it('is mentioned once in its case, and nothing is given up', async () => {
    const house = await tried(40)
    expect(bounces(house)).toEqual([{ kind: 'delayed', status: '4.2.2' }])
    expect((await house.caseState()).undelivered).toBeUndefined()
    await house.drain()
    expect(house.relay.mails).toHaveLength(1)
  })

  it('is left to the alert about the relay if the relay takes no mail', async () => {
    const away = new OutsideError('unreachable', 'The relay could not be reached.', { away: true })
    expect(bounces(await tried(40, away))).toEqual([])
  })
})
