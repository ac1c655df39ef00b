import { CaseId, clocks, DAY, HOUR, MessageId, ReporterId, ReportId } from '@embargo/core'
import type { MailFrom, MailTrust, RecipientName } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { statusActions } from '../../src/cards/status-actions.ts'
import { ana, ben } from '../fixtures/policy.ts'
import { cardOf, CASE, formOf, press, SmallHouse } from '../fixtures/small-house.ts'
import { untilReady } from '../fixtures/until-ready.ts'

const LATER = CaseId.parse('SEC-2026-0043')
const ELSEWHERE = { channel: 'C-elsewhere' }
const NORTH = { list: 'distros', recipient: 'north' }
const SECOND = ReportId.parse(`${CASE}/r2`)
const QUESTION = 'Can we ship to our largest client on Monday?'

/** A case whose recipients have the patches. */
async function prenotified(): Promise<SmallHouse> {
  const house = await untilReady()
  await house.asks(
    ana,
    'prenotify',
    press(cardOf(await house.asks(ana, 'prenotify', '2026-06-09')), 'Ask the second person').input,
  )
  await house.asks(ben, 'approve', press(cardOf(await house.asks(ben, 'approve')), 'Approve').input)
  const mails = house.recorded.flatMap((_, index) => house.effectsOf(index)).filter((one) => one.kind === 'send-mail')
  for (const { stream, id, letter, to } of mails.filter((one) => one.stream !== CASE)) {
    const outcome = { is: 'mail-accepted', letter, to, messageId: '<m@quillmark.example>' } as const
    house.comes({ verb: 'record-outcome', stream, effect: id, outcome })
  }
  return house
}

async function writes(
  house: SmallHouse,
  from: MailFrom,
  of: { report?: ReportId; recipient?: RecipientName; trust?: MailTrust },
) {
  const message = MessageId.parse(`mail-${house.state().messages.length + 1}`)
  house.comes({ verb: 'take-in-message', case: CASE, message, from, trust: 'nothing-proven', ...of, automatic: false })
  return house.lastCard('mail')
}

/** A case with two reporters. */
async function two(): Promise<SmallHouse> {
  const house = new SmallHouse().opens().wait(HOUR)
  await house.asks(ana, 'ack')
  house.wait(DAY).opens(LATER, { name: 'Sol', address: 'sol@other.example' })
  const merge = cardOf(await house.asks(ana, 'triage.duplicate', `${LATER} ${CASE}`, ELSEWHERE))
  await house.asks(ana, 'duplicate', press(merge, 'Merge').input, ELSEWHERE)
  return house
}

/** A case that was closed after the recipients were informed. */
async function cancelled(): Promise<SmallHouse> {
  const house = await prenotified()
  const preview = cardOf(await house.asks(ana, 'release.cancel', 'it is by design'))
  await house.asks(ana, 'release.cancel', press(preview, 'Ask the second person').input)
  await house.asks(ben, 'approve', press(cardOf(await house.asks(ben, 'approve')), 'Approve').input)
  const close = cardOf(await house.asks(ana, 'close', 'it is by design'))
  await house.asks(ana, 'close', press(close, 'Close the case').input)
  return house
}

/** A closed case with two reporters. */
async function rejected(): Promise<SmallHouse> {
  const house = await two()
  await house.asks(ana, 'triage', 'invalid it is by design')
  return house
}

/** The first reminder about a mail that came after the case was closed. */
async function remindedLate(house: SmallHouse) {
  const late = clocks(house.policy.policy, { case: house.state(), others: new Map() }).find(
    ({ clock }) => clock === 'late-mail',
  )
  const { clock, round, moments } = late ?? expect.fail('nothing runs')
  const { fraction, at } = moments[0] ?? expect.fail('nobody is reminded')
  house.wait(at - house.now).comes({ verb: 'fire-clock', stream: CASE, clock, round, fraction })
  return house.lastCard('reminder')
}

const sentTo = (house: SmallHouse) =>
  house.recorded.flatMap(({ one }, index) =>
    one.event.type === 'MessageSentOut' || one.event.type === 'RecipientsWritten'
      ? house.effectsOf(index).flatMap((effect) => (effect.kind === 'send-mail' ? [effect.to] : []))
      : [],
  )

describe('a mail that cannot be sent', () => {
  it('is refused before a preview of it is shown', async () => {
    const house = new SmallHouse().opens().wait(HOUR)
    await house.asks(ana, 'ack')
    const refused = await house.asks(ana, 'reply', '--to nobody Hello.')
    expect(cardOf(refused).fallback).toMatch(/^SEC-2026-0042 · not sent/u)
    expect(cardOf(refused).fallback).not.toContain('Nothing has been sent yet.')
  })

  it('is not offered if no reporter can be reached', async () => {
    const house = new SmallHouse().opens().wait(HOUR)
    const labels = async () => cardOf(await house.asks(ana, 'status')).actions.map(({ label }) => label)
    expect(await labels()).toContain('Write to reporter')
    const { policy } = house.engine.policy
    const state = { ...house.state(), reports: [] }
    const world = { case: state, others: new Map() }
    const actions = statusActions({ state, world, policy, at: house.now, next: undefined }, 'received')
    expect(actions.map(({ label }) => label)).toEqual(['Acknowledge', 'Triage'])
  })

  it('is not offered under the mail of a reporter who cannot be reached, and a late mail can be set aside from its reminder', async () => {
    const house = new SmallHouse()
    house.comes({
      verb: 'open-case',
      case: CASE,
      project: 'quillmark',
      message: MessageId.parse('mail-1'),
      receivedAt: house.now,
      reporter: ReporterId.parse('the-reporter'),
      identity: { address: 'rafi@reporter.example' },
      trust: 'failed',
      automatic: false,
    })
    house.wait(HOUR)
    await house.asks(ana, 'triage', 'invalid it is by design')
    const mail = await writes(house, 'unverified', {})
    expect(mail.actions.map(({ label }) => label)).toEqual(['Get the files'])
    const { input, verb } = press(await remindedLate(house), 'Set it aside')
    await house.asks(ana, verb, { ...input, reason: 'it is an advertisement' })
    expect(house.state().answeredAfterClosing).toBeUndefined()
  })
})

describe('one of several reporters', () => {
  it('is called by the number of their report, and not “the reporter”', async () => {
    const house = await two()
    const second = ReportId.parse(`${CASE}/r2`)
    const mail = await writes(house, 'reporter', { report: second })
    expect(mail.title).toBe(`${CASE} · the reporter of r2 writes · mail ${house.state().messages.length}`)
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(/Unanswered +2 mails from the reporter of r2\n/u)
    await house.asks(ana, 'log-answer', 'last credit-named Sol')
    await house.asks(ana, 'log-answer', 'elsewhere credit-named Uma T. --report r1')
    const texts = (await house.cards()).flatMap(({ kind, fallback }) => (kind === 'change' ? [fallback] : []))
    expect(texts.slice(-2)).toEqual([
      'Ana logged the answer of the reporter of r2: credit as a name, Sol.',
      'Ana recorded, without a mail from the reporter of r1: credit as a name, Uma T.',
    ])
  })
})

describe('an answer to a mail', () => {
  it('of a recipient goes to that recipient, and the preview names them', async () => {
    const house = await prenotified()
    const mail = await writes(house, 'recipient', { recipient: NORTH })
    expect(mail.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · north (distros) writes · mail 3
      From           Rafi <rafi@reporter.example>
      Subject        Path traversal in template names
      Nothing proves who sent this.
      The mail:
      > Hello,
      >
      > naming a template ../../etc/passwd reads it.
      >
      > Rafi
      Attached: poc.txt · 812 bytes · text/plain · sha256 cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc
      [ Reply ] [ They have it ] [ Get the files ]"
    `)
    const reply = press(mail, 'Reply')
    const form = formOf(await house.asks(ana, 'reply', reply.input))
    expect(form.fields.find(({ name }) => name === 'to')?.value).toBe('distros/north')
    const preview = cardOf(await house.asks(ana, 'reply', { ...reply.input, text: `No. ${QUESTION}` }))
    expect(preview.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · send this to recipients?
      To             the recipient north (distros)
      Nothing has been sent yet.
      Your mail:
      > No. Can we ship to our largest client on Monday?
      [ Send ] [ Change ]"
    `)
    await house.asks(ana, 'reply', press(preview, 'Send').input)
    expect(sentTo(house)).toEqual([{ kind: 'recipient', ...NORTH }])
    expect((await house.lastCard('change')).fallback).toMatch(/^Ana writes to north\.\n/u)
    expect(cardOf(await house.asks(ana, 'status')).fallback).not.toContain('of north')
  })

  it('of a recipient still goes to that recipient after its text is changed in the preview', async () => {
    const house = await prenotified()
    const { input } = press(await writes(house, 'recipient', { recipient: NORTH }), 'Reply')
    const preview = cardOf(await house.asks(ana, 'reply', { ...input, text: 'No.' }))
    const form = formOf(await house.asks(ana, 'reply', press(preview, 'Change').input))
    const values = Object.fromEntries(
      form.fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
    )
    const again = cardOf(await house.asks(ana, 'reply', { ...form.hidden, ...values, text: 'Not yet.' }))
    await house.asks(ana, 'reply', press(again, 'Send').input)
    expect(sentTo(house)).toEqual([{ kind: 'recipient', ...NORTH }])
  })

  it('of a suspended recipient still goes to them, and the preview says why they are suspended', async () => {
    const house = await prenotified()
    await house.asks(ana, 'signal', 'leak north a mirror had it')
    await house.asks(ben, 'approve', press(cardOf(await house.asks(ben, 'approve')), 'Approve').input)
    const { input } = press(await writes(house, 'recipient', { recipient: NORTH }), 'Reply')
    const preview = cardOf(await house.asks(ana, 'reply', { ...input, text: 'Did you publish it?' }))
    expect(preview.fallback).toContain(
      'the recipient north (distros) · details may have got out through this recipient',
    )
    await house.asks(ana, 'reply', press(preview, 'Send').input)
    expect(sentTo(house)).toEqual([{ kind: 'recipient', ...NORTH }])
  })

  it('of somebody else at a recipient’s address is for the recipient, and never for a reporter', async () => {
    const house = await prenotified()
    const mail = await writes(house, 'unverified', { recipient: NORTH })
    expect(mail.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · somebody unknown uses the reply address of north (distros) · mail 3
      From           Rafi <rafi@reporter.example>
      Subject        Path traversal in template names
      Nothing proves who sent this.
      It was sent to the reply address that we gave north, but not from the address that the list distros has for them. Ask them before you rely on it.
      The mail:
      > Hello,
      >
      > naming a template ../../etc/passwd reads it.
      >
      > Rafi
      Attached: poc.txt · 812 bytes · text/plain · sha256 cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc
      [ Write to north ] [ Get the files ]"
    `)
    const preview = cardOf(
      await house.asks(ana, 'reply', { ...press(mail, 'Write to north').input, text: 'Was it you?' }),
    )
    await house.asks(ana, 'reply', press(preview, 'Send').input)
    expect(sentTo(house)).toEqual([{ kind: 'recipient', ...NORTH }])
  })

  it('of one of several reporters goes to that reporter alone', async () => {
    const house = await two()
    const { input } = press(await writes(house, 'reporter', { report: SECOND }), 'Reply')
    const preview = cardOf(await house.asks(ana, 'reply', { ...input, text: 'Thank you.' }))
    expect(preview.fallback).toContain('To             the reporter of r2 · Sol <sol@other.example>')
    await house.asks(ana, 'reply', press(preview, 'Send').input)
    expect(sentTo(house)).toEqual([{ kind: 'report', report: SECOND }])
  })

  it('of the team is no mail to a reporter', async () => {
    const house = await two()
    expect((await writes(house, 'team', {})).actions).toEqual([])
  })
})

describe('a reminder of a mail that came after closing', () => {
  it.each([
    ['a recipient', cancelled, 'recipient', { recipient: NORTH }, { kind: 'recipient', ...NORTH }],
    ['one of several reporters', rejected, 'reporter', { report: SECOND }, { kind: 'report', report: SECOND }],
  ] as const)('answers %s who wrote it', async (_who, closed, from, of, to) => {
    const house = await closed()
    await writes(house, from, of)
    const { input } = press(await remindedLate(house), 'Reply')
    const preview = cardOf(await house.asks(ana, 'reply', { ...input, text: 'No.' }))
    await house.asks(ana, 'reply', press(preview, 'Send').input)
    expect(sentTo(house)).toEqual([to])
    expect(house.state().answeredAfterClosing).toBeUndefined()
  })
})

describe('a mail to one of several reporters', () => {
  it.each(['reply', 'ask'])('asks which before anything is shown to be sent, and keeps the text: %s', async (verb) => {
    const house = await two()
    const which = cardOf(await house.asks(ana, verb, 'Which version was it?'))
    if (verb === 'reply')
      expect(which.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · which reporter?
      This case has several reporters. Nothing has been sent yet: choose who this is for.
      r1 · the reporter of r1 · Rafi <rafi@reporter.example>
      r2 · the reporter of r2 · Sol <sol@other.example>
      [ r1 ] [ r2 ]"
    `)
    const preview = cardOf(await house.asks(ana, verb, press(which, 'r2').input))
    expect(preview.fallback).toContain('the reporter of r2 · Sol <sol@other.example>')
    expect(preview.fallback).toContain('> Which version was it?')
    expect(sentTo(house)).toEqual([])
    await house.asks(ana, verb, press(preview, 'Send').input)
    const { request } = house.asked.at(-1) ?? expect.fail('nothing was asked')
    expect(request).toMatchObject({ verb: verb === 'ask' ? 'reply.question' : verb, report: `${CASE}/r2` })
  })

  it('asks which reporter before the form opens, so that no text is lost', async () => {
    const house = await two()
    const which = cardOf(await house.asks(ana, 'reply'))
    const form = formOf(await house.asks(ana, 'reply', press(which, 'r1').input))
    expect(form.fields.find(({ name }) => name === 'report')?.value).toBe(`${CASE}/r1`)
  })

  it('is refused if a recipient is also named', async () => {
    const house = await prenotified()
    const both = cardOf(await house.asks(ana, 'reply', { report: 'r1', to: 'distros/north', text: 'Thank you.' }))
    expect(both.fallback).toContain('A mail goes to a reporter or to recipients, never to both')
  })
})

describe('patches of a release that was cancelled', () => {
  it('are said to be held from an earlier release, however it ended', async () => {
    const house = await prenotified()
    const preview = cardOf(await house.asks(ana, 'release.cancel', 'it is by design'))
    await house.asks(ana, 'release.cancel', press(preview, 'Ask the second person').input)
    await house.asks(ben, 'approve', press(cardOf(await house.asks(ben, 'approve')), 'Approve').input)
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(
      /Patches held +by north.*, from an earlier release$/mu,
    )
  })
})

describe('the confirmation of a recipient that they have the pre-notification', () => {
  it.each([
    ['unverified', 'nothing-proven'],
    ['recipient', 'failed'],
  ] as const)('is not taken from a mail that nobody can attribute to them (%s, %s)', async (from, trust) => {
    const house = await prenotified()
    const mail = await writes(house, from, { recipient: NORTH, trust })
    expect(mail.actions.map(({ label }) => label)).not.toContain('They have it')
    const input = { case: CASE, message: 'mail-3', recipient: 'has-it', name: 'distros/north' }
    expect(cardOf(await house.asks(ana, 'log-answer', input)).fallback).toContain(
      'Nothing shows that north wrote that mail.',
    )
  })

  it('is recorded with a button under their mail, and they are not asked again', async () => {
    const house = await prenotified()
    const mail = await writes(house, 'recipient', { recipient: NORTH })
    expect(cardOf(await house.asks(ana, 'status')).fallback).toContain('Unanswered     1 mail from north')
    const done = press(mail, 'They have it')
    expect(cardOf(await house.asks(ana, done.verb, done.input)).fallback).toContain(
      'Recorded. Their mail now counts as answered. If it asks anything else, answer it with /cvd reply --to distros/north, and your text.',
    )
    const { request } = house.asked.at(-1) ?? expect.fail('nothing was asked')
    expect(request).toMatchObject({ verb: 'log-answer.has-it', ...NORTH, message: 'mail-3' })
    expect(cardOf(await house.asks(ana, 'status')).fallback).not.toContain('of north')
    expect((await writes(house, 'recipient', { recipient: NORTH })).actions.map(({ label }) => label)).toEqual([
      'Reply',
      'Get the files',
    ])
  })
})
