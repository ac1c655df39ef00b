import { describe, expect, it } from 'vitest'
import { CaseId, DAY, HOUR, MessageId } from '@embargo/core'
import { ana, ben, policyOf } from '../fixtures/policy.ts'
import { cardOf, CASE, formOf, MAIL, press, SmallHouse } from '../fixtures/small-house.ts'

const VENDOR = 'security@vendor.example'
const OTHER = CaseId.parse('SEC-2026-0043')
const TEXT = 'Hello,\n\nthis is for you.'

async function agreed(
  said = 'forward-named',
  contact = VENDOR,
  text = 'The loader.',
  name = 'Rafi',
): Promise<SmallHouse> {
  const house = new SmallHouse({ mail: { ...MAIL, text } }).opens(CASE, { name, address: 'rea.42@reporter.example' })
  await house.asks(ana, 'triage', `other-vendor --contact ${contact} The parser is theirs.`)
  await house.asks(ana, 'log-answer', `last ${said}`)
  return house
}

async function vendorWrites(house: SmallHouse, from: 'vendor' | 'unverified') {
  const message = MessageId.parse('mail-of-vendor')
  const of = { message, from, vendor: VENDOR, trust: 'nothing-proven', automatic: false } as const
  house.comes({ verb: 'take-in-message', case: CASE, ...of })
  return house.lastCard('mail')
}

const sent = (house: SmallHouse) =>
  house.recorded.flatMap(({ one }) => (one.event.type === 'ReportForwarded' ? [one.event] : []))

async function bothSayYes(house: SmallHouse, typed: string): Promise<void> {
  const preview = cardOf(await house.asks(ana, 'party.forward', typed))
  await house.asks(ana, 'party.forward', press(preview, 'Ask the second person').input)
  expect(sent(house)).toEqual([])
  await house.asks(ben, 'approve', press(cardOf(await house.asks(ben, 'approve')), 'Approve').input)
}

describe('a report to another vendor', () => {
  it('waits until its reporter agrees', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'triage', `other-vendor --contact ${VENDOR} The parser is theirs.`)
    expect(cardOf(await house.asks(ana, 'party.forward', VENDOR)).fallback).toContain(
      'A report goes to another vendor only with its reporter’s yes.',
    )
  })

  it('is sent if two people approve, and never if only one does', async () => {
    const house = await agreed()
    await bothSayYes(house, `${VENDOR} Rafi reports this.`)
    expect(sent(house)).toMatchObject([{ to: VENDOR, named: true, files: ['c'.repeat(64)] }])
    expect((await house.cards()).map(({ fallback }) => fallback)).toContainEqual(
      expect.stringContaining('Ana, with the approval of Ben, wrote a mail about the report'),
    )
  })

  it('goes to the recorded contact if no other address is typed', async () => {
    const house = await agreed()
    const preview = cardOf(await house.asks(ana, 'party.forward', { text: TEXT }))
    expect(preview.fallback).toContain(`${VENDOR}, the contact on record`)
    const actor = { kind: 'person', platform: 'slack', account: 'U0ANA', person: ana } as const
    const place = { platform: 'slack', channel: 'C0042' } as const
    const offered = await house.router.suggest({
      verb: 'party.forward',
      option: 'to',
      typed: '',
      actor,
      place,
      values: {},
    })
    expect(offered.map(({ value }) => value)).toEqual([VENDOR])
    await bothSayYes(house, '')
    expect(sent(house)).toMatchObject([{ to: VENDOR }])
  })

  it('says that an address is unknown if nobody has recorded it', async () => {
    const house = await agreed()
    const preview = cardOf(await house.asks(ana, 'party.forward', 'someone@elsewhere.example'))
    expect(preview.fallback).toContain('someone@elsewhere.example, an address that nobody has recorded')
  })

  it('asks for an address if none is recorded', async () => {
    const house = await agreed('forward-named', 'see-their-website')
    expect(cardOf(await house.asks(ana, 'party.forward', { text: TEXT })).fallback).toContain(
      'No contact of the other vendor is recorded: give the address with --to.',
    )
  })

  it('can be changed before anybody is asked to approve', async () => {
    const house = await agreed()
    const preview = cardOf(await house.asks(ana, 'party.forward', VENDOR))
    const form = formOf(await house.asks(ana, 'party.forward', press(preview, 'Change').input))
    expect(form.fields.find(({ name }) => name === 'to')?.value).toBe(VENDOR)
    expect(form.fields.find(({ name }) => name === 'text')?.value).toBe(TEXT)
  })

  it.each([
    ['forward-named', '', true],
    ['forward-named', ' --files without', false],
    ['forward-unnamed', '', false],
    ['forward-unnamed', ' --files with', true],
  ])('includes its files if nobody wants to stay anonymous: %s%s', async (said, option, goes) => {
    const house = await agreed(said)
    const preview = cardOf(await house.asks(ana, 'party.forward', `${VENDOR}${option}`))
    expect(preview.fallback.includes('Not sent       poc.txt.')).toBe(!goes)
    await bothSayYes(house, `${VENDOR}${option}`)
    expect('files' in (sent(house)[0] ?? {})).toBe(goes)
  })

  it('asks which reporter is meant if there are several, and keeps what was typed', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    house.wait(DAY).opens(OTHER, { name: 'Sol', address: 'sol@other.example' }).wait(HOUR)
    const merge = cardOf(await house.asks(ana, 'triage.duplicate', `${OTHER} ${CASE}`, { channel: 'C-elsewhere' }))
    await house.asks(ana, 'duplicate', press(merge, 'Merge').input, { channel: 'C-elsewhere' })
    await house.asks(ana, 'log-answer', '1 forward-named')
    await house.asks(ana, 'triage', `other-vendor --contact ${VENDOR} The parser is theirs.`)
    const which = cardOf(await house.asks(ana, 'party.forward', { to: VENDOR, text: 'Please look.' }))
    expect(which.title).toContain('which reporter?')
    const preview = cardOf(await house.asks(ana, 'party.forward', press(which, 'r1').input))
    await house.asks(ana, 'party.forward', press(preview, 'Ask the second person').input)
    expect(house.asked.at(-1)?.request).toMatchObject({ verb: 'party.forward', report: `${CASE}/r1`, to: VENDOR })
  })

  it.each([
    ['please look at it', { reportIn: false, nameIn: false }],
    ['Rafi asks you to look at it', { reportIn: false, nameIn: true }],
    ['Please look.\n\n> Best, Stone', { reportIn: false, nameIn: true }],
    ['It came from Rea.', { reportIn: false, nameIn: true }],
    ['Stonework, 42 and Al', { reportIn: false, nameIn: false }],
    ['Sent on:\n\n> The loader reads\n> outside its folder.', { reportIn: true, nameIn: false }],
  ])('says, with “%s”, whether the report and the name of its reporter are included', async (text, held) => {
    const house = await agreed('forward-named', VENDOR, 'The loader reads outside\nits folder.', 'Rafi Al Stone')
    const preview = cardOf(await house.asks(ana, 'party.forward', { text }))
    await house.asks(ana, 'party.forward', press(preview, 'Ask the second person').input)
    expect(house.asked.at(-1)?.request).toMatchObject({ verb: 'party.forward', ...held })
  })

  it('does not carry the text of another case', async () => {
    const house = await agreed()
    const { blob } = house.opens(OTHER).putText(OTHER, 'about the other one')
    const refused = cardOf(await house.asks(ana, 'party.forward', { to: VENDOR, written: blob }))
    expect(refused.fallback).toContain('belongs to another case')
    expect(policyOf().approvals.by).toBe('second-person')
  })
})

describe('an answer of another vendor', () => {
  it('is shown as an answer of the vendor, and a reply goes to the vendor', async () => {
    const house = await agreed()
    await bothSayYes(house, '')
    const mail = await vendorWrites(house, 'vendor')
    expect(mail.title).toBe(`${CASE} · ${VENDOR}, another vendor, writes · mail 2`)
    expect(mail.actions.map(({ label }) => label)).toEqual(['Reply'])
    expect(cardOf(await house.asks(ana, 'status')).fallback).toMatch(/Unanswered +1 mail from the other vendor\n/u)
    const preview = cardOf(await house.asks(ana, 'reply', { ...press(mail, 'Reply').input, text: 'On Monday.' }))
    expect(preview.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · send this to another vendor?
      To             the vendor security@vendor.example
      Nothing has been sent yet.
      Your mail:
      > On Monday.
      [ Send ] [ Change ]"
    `)
    await house.asks(ana, 'reply', press(preview, 'Send').input)
    expect(house.recorded.at(-1)?.one.event).toMatchObject({ type: 'VendorWritten', to: VENDOR })
    expect((await house.lastCard('change')).fallback).toContain(`Ana writes to ${VENDOR}.`)
    expect(cardOf(await house.asks(ana, 'status')).fallback).not.toContain('Unanswered')
  })

  it('is not taken as the vendor’s if it comes from another address, and a reply to it goes to no reporter', async () => {
    const house = await agreed()
    await bothSayYes(house, '')
    const mail = await vendorWrites(house, 'unverified')
    expect(mail.title).toBe(`${CASE} · somebody unknown uses the reply address of ${VENDOR}, another vendor · mail 2`)
    expect(mail.fallback).toContain('not from the vendor’s address')
    expect(press(mail, 'Write to the vendor').input).toEqual({ case: CASE, to: VENDOR })
  })

  it('is answered if its address is typed', async () => {
    const house = await agreed()
    await bothSayYes(house, '')
    const preview = cardOf(await house.asks(ana, 'reply', `--to ${VENDOR} Thank you.`))
    await house.asks(ana, 'reply', press(preview, 'Send').input)
    expect(house.recorded.at(-1)?.one.event).toMatchObject({ type: 'VendorWritten', to: VENDOR })
  })

  it('accepts the number under which they handle the report, but none that would break a subject', async () => {
    const house = await agreed()
    await bothSayYes(house, '')
    const refused = cardOf(await house.asks(ana, 'party.reference', { reference: 'VU#1\r\nBcc: eve@evil.example' }))
    expect(refused.fallback).toContain('in one line')
    expect(cardOf(await house.asks(ana, 'party.reference', 'VU#190042')).fallback).toContain('Recorded.')
    expect(cardOf(await house.asks(ana, 'party')).fallback).toContain(
      `${VENDOR} · got the report of the reporter, their number VU#190042`,
    )
    expect((await house.lastCard('change')).fallback).toContain(`Ana: ${VENDOR} handles the report under VU#190042.`)
  })
})
