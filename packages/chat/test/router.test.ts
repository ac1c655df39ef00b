import { describe, expect, it } from 'vitest'
import { CaseId, DAY, HOUR } from '@embargo/core'
import { renderTerminal } from '../src/index.ts'
import { ana, ben, cem, policyOf } from './fixtures/policy.ts'
import { CASE, cardOf, formOf, press, SmallHouse } from './fixtures/small-house.ts'

const OTHER = CaseId.parse('SEC-2026-0043')

describe('finding the command', () => {
  it('takes the verb from the root command', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'cvd', 'ack I have it')
    expect(house.asked.map((command) => command.request)).toEqual([{ verb: 'ack', case: CASE, note: 'I have it' }])
    expect(house.asked[0]?.commandId).toMatch(/^slack:d\d+$/)
  })

  it('names the nearest verb to a mistyped one', async () => {
    const reply = await new SmallHouse().opens().asks(ana, 'cvd', 'trige valid')
    expect(cardOf(reply).fallback).toMatchInlineSnapshot(`
      "Not done
      There is no command “trige”. Did you mean triage?
      Write /cvd triage.
      See every command with /cvd help all.
      [ Help ]"
    `)
  })

  it('keeps the case that was named in a terminal', async () => {
    const reply = await new SmallHouse().opens().asks(ana, 'frob', '', { platform: 'terminal', case: CASE })
    expect(renderTerminal(cardOf(reply), { colour: false })).toContain('→ Help: embargo SEC-2026-0042 help')
  })

  it('says how a command is written when what was typed makes no sense', async () => {
    const reply = await new SmallHouse().opens().asks(ana, 'triage', 'nonsense')
    expect(cardOf(reply).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · not done
      “nonsense” is not one of: valid, defense-in-depth, info-only, invalid, duplicate, already-fixed, out-of-scope, other-vendor, spam.
      Write /cvd triage <disposition> [severity] [--affects <branch versions; …>] [CVSS:3.1/…] [CVSS:4.0/…] [CWE-…] [--vendor <name>] [--contact <address>] [--fixed-in <version>] [--follows <case>] [reason].
      [ Triage ]"
    `)
  })
})

describe('finding the case', () => {
  it('takes the case from the channel, from a typed case number, or from the case that is open in the terminal', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'ack')
    await house.asks(ana, 'close', 'sec-2026-0042 --sure yes done', { channel: 'C-elsewhere' })
    await house.asks(ana, 'close', '--sure yes', { platform: 'terminal', case: CASE })
    expect(
      house.asked.map((command) =>
        command.request.verb === 'ack' || command.request.verb === 'close' ? command.request.case : '',
      ),
    ).toEqual([CASE, CASE, CASE])
  })

  it('shows what closing ends while an embargo is in force, and does nothing before it is confirmed', async () => {
    const house = new SmallHouse().opens()
    for (const [verb, input] of [
      ['ack', ''],
      ['triage', 'valid low'],
      ['defer', 'not before the next major version'],
    ] as const)
      await house.asks(ana, verb, input)
    const before = house.asked.length
    const card = cardOf(await house.asks(ana, 'close', 'not worth it'))
    expect(
      card.lines
        .flat()
        .map((span) => span.text)
        .join(' '),
    ).toContain('The embargo ends when the case closes')
    expect(card.actions.map((action) => action.input)).toEqual([{ case: CASE, sure: 'yes', reason: 'not worth it' }])
    expect(house.asked).toHaveLength(before)
  })

  it('asks for no confirmation before it refuses to close a case', async () => {
    const house = new SmallHouse().opens()
    expect(await house.asks(ana, 'close', 'not worth it')).toMatchObject({
      reason: { gate: 'makes-sense' },
    })
    expect(house.asked).toEqual([])
  })

  it('asks which case where none is named', async () => {
    expect(cardOf(await new SmallHouse().opens().asks(ana, 'ack', '', { channel: 'C-elsewhere' })).fallback)
      .toMatchInlineSnapshot(`
        "Not done
        It is not clear which case this is about.
        Run the command in the case’s channel, or add the case’s number."
      `)
  })

  it('takes no command for another case in a case’s channel', async () => {
    const house = new SmallHouse().opens().opens(OTHER)
    const reply = await house.asks(ana, 'close', `${OTHER} wrong one`)
    expect(cardOf(reply).fallback).toMatchInlineSnapshot(`
      "Not done
      This is the channel of SEC-2026-0042, but SEC-2026-0043 was named.
      Run it in the channel of SEC-2026-0043, or without a number."
    `)
    expect(house.asked).toEqual([])
  })
})

describe('need to know', () => {
  it('gives a stranger the same answer for a case that exists and for a case that does not', async () => {
    const house = new SmallHouse({ policy: policyOf('team') }).opens()
    const there = cardOf(await house.asks(cem, 'status', CASE, { channel: 'C-elsewhere' }))
    const notThere = cardOf(await house.asks(cem, 'status', 'SEC-2026-9999', { channel: 'C-elsewhere' }))
    expect(there).toEqual(notThere)
    expect(there.fallback).toMatchInlineSnapshot(`
      "Not done
      There is no such case, or you do not work on it.
      An admin adds people to a case."
    `)
  })

  it('shows nothing to an account that belongs to nobody, even in the channel', async () => {
    const house = new SmallHouse().opens()
    const stranger = await house.router.handle({ ...invocation(house), verb: 'ack' })
    expect(cardOf(stranger).fallback).toContain('There is no such case')
    const status = await house.router.handle({ ...invocation(house), verb: 'status', input: 'all' })
    expect(cardOf(status).fallback).toContain('No case that you may see matches.')
  })

  it('shows a status in the case’s channel to all, elsewhere to the caller alone', async () => {
    const house = new SmallHouse().opens()
    expect(await house.asks(ana, 'status')).toMatchObject({ audience: 'channel' })
    expect(await house.asks(ana, 'status', CASE, { channel: 'C-elsewhere' })).toMatchObject({ audience: 'caller' })
    expect(await house.asks(ana, 'status', 'all')).toMatchObject({ audience: 'caller' })
  })

  it('keeps a reporter of the team out of their own case', async () => {
    const house = new SmallHouse().comes({
      verb: 'open-case',
      case: CASE,
      project: 'quillmark',
      message: 'own-mail' as never,
      receivedAt: 0 as never,
      reporter: 'own' as never,
      identity: { address: 'ben@quillmark.example' },
      person: ben,
      trust: 'domain-vouches',
      automatic: false,
    })
    expect(cardOf(await house.asks(ben, 'status', CASE)).fallback).toContain('You reported this vulnerability')
  })
})

describe('a renamed root command', () => {
  const place = { platform: 'slack', channel: 'C0042', root: 'sec' } as const
  const seen = { platform: 'slack', account: 'U0ANA', kind: 'person', person: ana } as const

  it('is in every hint', async () => {
    const house = new SmallHouse().opens()
    const request = { actor: seen, place, at: house.now }
    const help = await house.router.handle({ ...request, verb: 'help', input: '', deliveryId: '1' })
    const status = await house.router.handle({ ...request, verb: 'status', input: '', deliveryId: '2' })
    const wrong = await house.router.handle({ ...request, verb: 'triage', input: 'perhaps', deliveryId: '3' })
    const unknown = await house.router.handle({ ...request, verb: 'akc', input: '', deliveryId: '4' })
    for (const reply of [help, status, wrong, unknown]) {
      expect(cardOf(reply).fallback).toContain('/sec ')
      expect(cardOf(reply).fallback).not.toContain('/cvd')
    }
  })
})

const invocation = (house: SmallHouse) => ({
  input: '' as const,
  actor: { kind: 'person' as const, platform: 'slack' as const, account: 'U0STRANGER' },
  place: { platform: 'slack' as const, channel: 'C0042' },
  deliveryId: 'stranger',
  at: house.now,
})

describe('refusals', () => {
  it('name the rule, the fact and who lifts it, with a button for what the caller may do', async () => {
    const house = new SmallHouse().opens()
    const refused = cardOf(await house.asks(ana, 'assign-patch', '@ben'))
    expect(refused.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · not assigned
      Nobody has acknowledged the report yet.
      Any team member acknowledges it: /cvd ack
      [ Acknowledge ]"
    `)
    expect(refused.actions).toMatchObject([{ verb: 'ack', input: { case: CASE } }])
  })

  it('offer no button to a person who may not use it', async () => {
    const house = new SmallHouse().opens().wait(HOUR)
    await house.asks(ana, 'triage', 'valid high')
    await house.asks(ana, 'triage.affects', 'main')
    await house.asks(ana, 'assign-patch', 'ana')
    await house.asks(ana, 'patch', { action: 'submit', patch: '--- a\n+++ b\n' })
    const refused = cardOf(await house.wait(4 * DAY).asks(ana, 'confirm', 'main'))
    expect(refused.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · not confirmed
      Nobody confirms their own patch.
      You wrote this patch, so somebody else must confirm it.
      The reporter answers by mail; another team member logs it: /cvd log-answer <last|number|elsewhere> <answer>
      [ Log an answer ]"
    `)
    expect(refused.actions.map((action) => action.verb)).not.toContain('confirm')
  })

  it('say that no person has this name', async () => {
    expect(cardOf(await new SmallHouse().opens().asks(ana, 'assign-patch', '@nobody')).fallback).toContain(
      'Nobody in the policy is called “@nobody”.',
    )
  })
})

describe('a reply', () => {
  it('is shown before it is sent, can be changed, and is sent as it was shown', async () => {
    const house = new SmallHouse().opens()
    expect(formOf(await house.asks(ana, 'reply'))).toMatchObject({ title: 'Write a mail' })
    const preview = cardOf(await house.asks(ana, 'reply', { text: 'Thank you.\nWe look at it.' }))
    expect(preview.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · send this to the reporter?
      To             the reporter of r1 · Rafi <rafi@reporter.example>
      Nothing has been sent yet.
      Your mail:
      > Thank you.
      > We look at it.
      [ Send ] [ Change ]"
    `)
    expect(house.asked).toEqual([])
    const again = formOf(await house.asks(ana, 'reply', press(preview, 'Change').input))
    expect(again.fields.find((field) => field.name === 'text')?.value).toBe('Thank you.\nWe look at it.')
    await house.asks(ana, 'reply', press(preview, 'Send').input)
    expect(house.asked.map((command) => command.request)).toEqual([
      { verb: 'reply', case: CASE, ...sentAs(house, 'Thank you.\nWe look at it.') },
    ])
    expect((await house.lastCard('change')).fallback).toMatchInlineSnapshot(`
      "Ana writes to the reporter.
      What was written:
      > Thank you.
      > We look at it."
    `)
  })

  it('that could be read on its way warns before it is sent, if another report came encrypted', async () => {
    const house = new SmallHouse().opens()
    house.mailPreview = { isReadable: true }
    const preview = cardOf(await house.asks(ana, 'reply', { text: 'Thank you.' }))
    expect(preview.fallback).toContain('⚠ Another report of this case came encrypted')
    expect(house.asked).toEqual([])
  })

  it('does not carry the text of another case', async () => {
    const house = new SmallHouse().opens().opens(OTHER)
    const { blob } = house.putText(OTHER, 'about the other one')
    const reply = await house.asks(ana, 'reply', { blob })
    expect(cardOf(reply).fallback).toContain('belongs to another case')
    expect(house.asked).toEqual([])
  })

  it('with a fixed text is also shown first, and its button sends it like any other reply', async () => {
    const house = new SmallHouse().opens()
    const preview = cardOf(await house.asks(ana, 'reply', '--kind money'))
    expect(preview.fallback).toContain('> we pay for no report.')
    expect(house.asked).toEqual([])
    expect(press(preview, 'Send').verb).toBe('reply')
    await house.asks(ana, 'reply', press(preview, 'Send').input)
    expect(house.asked.map((command) => command.request)).toEqual([
      { verb: 'reply', case: CASE, ...sentAs(house, 'Hello,\n\nwe pay for no report.') },
    ])
    expect(cardOf(await house.asks(ana, 'reply', '--kind praise')).fallback).toContain('choose one of question')
  })

  it('is sent at once if the terminal has already asked', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'reply', 'Thank you.', { platform: 'terminal', case: CASE, confirmed: true })
    expect(house.asked).toHaveLength(1)
  })

  it('is asked about again if it could be read on its way, even where the terminal asked already', async () => {
    const house = new SmallHouse().opens()
    house.mailPreview = { isReadable: true }
    const at = { platform: 'terminal', case: CASE, confirmed: true } as const
    const preview = cardOf(await house.asks(ana, 'reply', 'Thank you.', at))
    expect(preview.fallback).toContain('⚠ Another report of this case came encrypted')
    expect(house.asked).toEqual([])
    await house.asks(ana, 'reply', press(preview, 'Send').input, at)
    expect(house.asked).toHaveLength(1)
  })
})

function sentAs(house: SmallHouse, text: string) {
  const { blob, sha256 } = house.putText(CASE, text)
  return { text: blob, sha256 }
}
