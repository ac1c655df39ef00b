import { describe, expect, it } from 'vitest'
import { MessageId, ReporterId, ReportId } from '@embargo/core'
import type { EncryptionVerdict, MailFrom } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { ana, policyOf } from '../fixtures/policy.ts'
import { CASE, cardOf, MAIL, SmallHouse, START } from '../fixtures/small-house.ts'

/** Every text from outside contains this word, so the tests can see where such a text is shown. */
const PLANTED = 'xyzzyplanted'
const IDENTITY = { name: PLANTED, address: `${PLANTED}@reporter.example` }
const PLANTED_MAIL = {
  ...MAIL,
  from: `${PLANTED} <${PLANTED}@reporter.example>`,
  subject: `${PLANTED} in template names`,
  text: `${PLANTED} reads any file.`,
  attachments: [{ name: `${PLANTED}.txt`, type: 'text/plain', bytes: 812, sha256: 'c'.repeat(64) }],
}
const TERMINAL = { platform: 'terminal', case: CASE, private: true } as const

type Arrival = { readonly encryption: EncryptionVerdict; readonly encrypted?: 'metadata' | 'full' }

function opened({ encryption, encrypted = 'metadata' }: Arrival): SmallHouse {
  const policy = policyOf('team', { chat: { ...policyOf().chat, archiveAfter: '30 days', encrypted } })
  return new SmallHouse({ policy, mail: PLANTED_MAIL }).comes({
    verb: 'open-case',
    case: CASE,
    project: 'quillmark',
    message: MessageId.parse('mail-1'),
    receivedAt: START,
    reporter: ReporterId.parse('rep-1'),
    identity: IDENTITY,
    trust: 'domain-vouches',
    checks: { signature: { is: 'none' }, encryption },
    automatic: false,
  })
}

const comes = (house: SmallHouse, from: MailFrom, encryption: EncryptionVerdict): SmallHouse =>
  house.comes({
    verb: 'take-in-message',
    case: CASE,
    message: MessageId.parse('mail-2'),
    from,
    ...(from === 'reporter' ? { report: ReportId.parse(`${CASE}/r1`) } : {}),
    trust: 'nothing-proven',
    checks: { signature: { is: 'none' }, encryption },
    automatic: false,
  })

const everythingOf = (shown: unknown): string => JSON.stringify(shown)
const mailCards = async (house: SmallHouse): Promise<readonly Card[]> =>
  (await house.cards()).filter(({ kind }) => kind === 'mail')

describe('a report that came encrypted', () => {
  it('appears in chat only as metadata, and its card says so and where to read it', async () => {
    const house = opened({ encryption: 'openpgp' })
    const card = await house.lastCard('report')
    expect(card.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · a report arrived
      From           a reporter
      Came           by mail, Mon 25 May 2026, 09:00 UTC
      Checks         Not signed. Encrypted. ✓ The sender’s domain confirms that it sent this. Not signed.
      Subject        not shown here
      It came encrypted, so chat does not show what it says. To change that, write encrypted: full under chat in the policy.
      The report: 28 characters, not shown here.
      Attached: 1 file, 812 bytes, not shown here.
      Read it in the terminal: embargo SEC-2026-0042 read
      [ Acknowledge ] [ Spam ]"
    `)
    expect(everythingOf(card)).not.toContain(PLANTED)
  })

  it('stays out of every list, answer and suggestion, and is not found by the words of its subject', async () => {
    const house = opened({ encryption: 'openpgp' })
    await house.asks(ana, 'ack', PLANTED, TERMINAL)
    await house.asks(ana, 'triage', `valid high CWE-22 ${PLANTED}`, TERMINAL)
    await house.asks(ana, 'log-answer', `1 credit-named ${PLANTED}`, TERMINAL)
    const actor = { kind: 'person', platform: 'slack', account: 'U0ANA', person: ana } as const
    const place = { platform: 'slack', channel: 'C0042' } as const
    const seen: unknown[] = [await house.cards(), await house.router.home(actor, place)]
    for (const [verb, input] of [
      ['status', ''],
      ['status', 'all'],
      ['status', 'mine'],
      ['status', PLANTED],
      ['retro', ''],
      ['reply', ''],
      ['log-answer', ''],
      ['settle', ''],
    ] as const)
      seen.push(await house.asks(ana, verb, input))
    expect(everythingOf(seen)).not.toContain(PLANTED)
    expect(cardOf(await house.asks(ana, 'status', PLANTED)).title).toBe('0 cases found')
    expect(cardOf(await house.asks(ana, 'status', PLANTED, TERMINAL)).title).toBe('1 case found')
    const { text = '' } = cardOf(await house.asks(ana, 'read', '', TERMINAL)).quote ?? {}
    expect(text).toContain(PLANTED)
    expect(text).toMatch(/^Checks: .*Encrypted\./mu)
  })

  it('is shown like any other where the policy says `encrypted: full`', async () => {
    const card = await opened({ encryption: 'openpgp', encrypted: 'full' }).lastCard('report')
    expect(card.fallback).toContain(`${PLANTED} in template names`)
    expect(card.fallback).not.toContain('It came encrypted, so')
  })
})

describe('a later mail that came encrypted', () => {
  it('of the reporter keeps the case out of chat from then on', async () => {
    const house = opened({ encryption: 'none' })
    expect(everythingOf(await house.lastCard('report'))).toContain(PLANTED)
    comes(house, 'reporter', 'openpgp')
    expect(everythingOf(await mailCards(house))).not.toContain(PLANTED)
    await house.asks(ana, 'wait', PLANTED, TERMINAL)
    expect(everythingOf([await house.lastCard('change'), await house.asks(ana, 'status')])).not.toContain(PLANTED)
  })

  it('of somebody else hides only the content of that mail', async () => {
    const house = opened({ encryption: 'none' })
    comes(house, 'unverified', 'openpgp')
    const [card] = await mailCards(house)
    expect(card?.fallback).toContain('People on the case can read it in the terminal, with "read mails last".')
    expect(everythingOf([card?.quote, card?.attachments, card?.lines])).not.toContain(PLANTED)
    expect(card?.fallback).not.toContain('in template names')
    expect(everythingOf(await house.lastCard('report'))).toContain(`${PLANTED} reads any file.`)
  })

  it('of somebody else is shown where the policy says so', async () => {
    const house = comes(opened({ encryption: 'none', encrypted: 'full' }), 'unverified', 'openpgp')
    expect(everythingOf(await mailCards(house))).toContain(`${PLANTED} reads any file.`)
  })
})

describe('a mail that came encrypted and waits because too many came', () => {
  const held = (hasEncryptedMail: boolean) => ({
    id: MessageId.parse('m-0123456789abcdef'),
    receivedAt: new SmallHouse().now,
    mail: PLANTED_MAIL,
    ...(hasEncryptedMail ? { hasEncryptedMail: true as const } : {}),
  })
  const subject = `${PLANTED} in template names`

  it('is listed in chat without its subject, and in the terminal with it', async () => {
    const house = opened({ encryption: 'none' })
    house.held = [held(true)]
    expect(everythingOf(await house.asks(ana, 'open.waiting'))).not.toContain(subject)
    expect(everythingOf(await house.asks(ana, 'open.waiting', '', { ...TERMINAL }))).toContain(subject)
    house.held = [held(false)]
    expect(everythingOf(await house.asks(ana, 'open.waiting'))).toContain(subject)
  })
})
