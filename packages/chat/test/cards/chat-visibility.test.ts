import { describe, expect, it } from 'vitest'
import { MessageId, ReportId } from '@embargo/core'
import type { DomainVerdict, Policy } from '@embargo/core'
import { ana, ben, policyOf } from '../fixtures/policy.ts'
import { CASE, cardOf, press, SmallHouse } from '../fixtures/small-house.ts'

const CHAT = { archiveAfter: '30 days', transcript: 'not-kept' } as const

type Content = Policy['chat']['content']

/** The whole card of a report, with its quotes, as a platform gets it. */
async function reportWith(content: Content): Promise<string> {
  const house = new SmallHouse({ policy: policyOf('team', { chat: { ...CHAT, content } }) }).opens()
  return JSON.stringify(await house.lastCard('report'))
}

describe('what a channel shows of a report', () => {
  it('is the whole report by default', async () => {
    const card = await reportWith('full')
    for (const part of ['Rafi', 'rafi@reporter.example', 'Path traversal', '../../etc/passwd', 'poc.txt'])
      expect(card).toContain(part)
  })

  it('has no address if the policy shows only the name, and no name if the policy shows nothing', async () => {
    const name = await reportWith('without-addresses')
    expect(name).toContain('Rafi')
    expect(name).not.toContain('rafi@reporter.example')
    const nobody = await reportWith('without-senders')
    expect(nobody).not.toMatch(/rafi/i)
    expect(nobody).toContain('not shown here')
  })

  it('has no text if the policy shows mail only on request, and says where to read the text', async () => {
    const card = await reportWith('without-mail-text')
    for (const part of ['Path traversal', 'etc/passwd', 'poc.txt']) expect(card).not.toContain(part)
    expect(card).toContain('can read it in the terminal')
  })
})

describe('the domain of a sender', () => {
  const domain = 'rafi-sample.example'

  /** The card of a later mail, and the card of a mail whose domain was checked later. */
  async function shownOf(content: Content): Promise<readonly string[]> {
    const house = new SmallHouse({ policy: policyOf('team', { chat: { ...CHAT, content } }) }).opens()
    const later = MessageId.parse('mail-3')
    const comes = (message: MessageId, verdict: DomainVerdict) =>
      house.comes({
        verb: 'take-in-message',
        case: CASE,
        message,
        from: 'reporter',
        report: ReportId.parse(`${CASE}/r1`),
        trust: 'nothing-proven',
        checks: { signature: { is: 'none' }, encryption: 'none', domain: verdict },
        automatic: false,
      })
    comes(MessageId.parse('mail-2'), { is: 'confirmed', domain })
    const mail = (await house.lastCard('mail')).fallback
    comes(later, { is: 'not-yet', domain })
    house.comes({
      verb: 'record-domain',
      case: CASE,
      message: later,
      trust: 'failed',
      domain: { is: 'failed', domain },
    })
    return [mail, (await house.lastCard('change')).fallback]
  }

  it('is named if addresses are shown', async () => {
    for (const shown of await shownOf('full')) expect(shown).toContain(domain)
  })

  it.each(['without-addresses', 'without-mail-text', 'without-senders'] as const)(
    'is not named: %s',
    async (content) => {
      for (const shown of await shownOf(content)) {
        expect(shown).not.toContain(domain)
        expect(shown).toContain('the sender’s domain')
      }
    },
  )
})

describe('what a channel shows of a report that is forwarded', () => {
  const TEXT = 'this is for you'

  async function forwardedWith(content: Content): Promise<string> {
    const house = new SmallHouse({ policy: policyOf('team', { chat: { ...CHAT, content } }) }).opens()
    await house.asks(ana, 'triage', 'other-vendor --contact see-their-website The parser is theirs.')
    await house.asks(ana, 'log-answer', 'last forward-named')
    const preview = cardOf(await house.asks(ana, 'party.forward', 'security@vendor.example'))
    await house.asks(ana, 'forward', press(preview, 'Ask the second person').input)
    await house.asks(ben, 'approve', press(cardOf(await house.asks(ben, 'approve')), 'Approve').input)
    return (await house.lastCard('change')).fallback
  }

  it.each([
    ['full', true],
    ['without-addresses', false],
    ['without-mail-text', false],
    ['without-senders', false],
  ] as const)('%s', async (content, shows) => {
    const card = await forwardedWith(content)
    expect(card).toContain('wrote a mail about the report')
    expect(card.includes(TEXT)).toBe(shows)
    expect(card.includes('can read it in the terminal, with "read sent"')).toBe(!shows)
  })
})

describe('the name under which a reporter wants to be thanked', () => {
  it.each([
    ['without-addresses', true],
    ['without-senders', false],
  ] as const)('%s', async (content, shows) => {
    const chat = { ...CHAT, content }
    const house = new SmallHouse({ policy: policyOf('team', { chat }) }).opens()
    await house.asks(ana, 'log-answer', 'last credit-named Rafi Sample')
    const card = await house.lastCard('change')
    expect(card.fallback).toContain('credit as a name')
    expect(card.fallback.includes('Rafi Sample')).toBe(shows)
  })
})
