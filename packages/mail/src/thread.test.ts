import { CaseId, EffectId, ReportId } from '@embargo/core'
import type { DomainVerdict, SignatureVerdict } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { macOf, mail, OWN } from '../test/samples.ts'
import { makeToken } from './address-token.ts'
import { authenticate } from './authenticate.ts'
import { recipientMark } from './case-tag.ts'
import { makeMessageId } from './message-id.ts'
import { parse } from './parse.ts'
import { thread } from './thread.ts'

const UNSIGNED = { is: 'none' } as const
const macs = { address: macOf('address'), message: macOf('message') }
const known = CaseId.parse('SEC-2026-0042')
const report = ReportId.parse('SEC-2026-0042/r1')
const address = makeToken({ case: known, report }, 'security@example.org', macs.address)
const messageId = makeMessageId(
  { case: known, report, effect: EffectId.parse('e'), domain: 'example.org' },
  macs.message,
)
const find = async (envelopeTo: string[], ...fields: string[]) =>
  thread({
    mail: await parse(mail('From: rae@reporter.example', ...fields, '', 'x')),
    envelopeTo,
    own: OWN,
    macs,
    exists: async (id) => id === known,
  })

describe('thread', () => {
  it('finds the case by the token in the envelope', async () => {
    expect(await find([address])).toEqual({ case: known, report, by: 'token', token: 'valid' })
  })

  it('finds the case by the token in To when the envelope lost the tag', async () => {
    expect(await find(OWN, `To: Team <${address}>`)).toEqual({ case: known, report, by: 'token', token: 'valid' })
  })

  it('finds the case if the mail answers a mail of ours', async () => {
    expect(await find(OWN, `In-Reply-To: ${messageId}`)).toEqual({
      case: known,
      report,
      by: 'references',
      token: 'none',
    })
    expect(await find(OWN, `References: ${messageId} <other@reporter.example>`)).toMatchObject({
      case: known,
      by: 'references',
    })
  })

  it.each([
    ['a case number in the subject', OWN, 'Subject: Re: [SEC-2026-0042] your report', 'none'],
    ['a token that does not verify', [address.replace(/.{4}@/u, 'aaaa@')], 'Subject: x', 'invalid'],
  ])('takes %s only as a hint', async (_, to, field, token) => {
    expect(await find(to, field)).toEqual({ by: 'none', token, hint: known })
  })

  it.each([
    ['a Message-ID that was altered', `References: ${messageId.replace('.r1.', '.r2.')}`],
    ['References of others', 'References: <a@b> <c@d>'],
    ['a number that was never given', 'Subject: [SEC-1999-0001]'],
  ])('finds nothing in %s', async (_, field) => {
    expect(await find(OWN, field)).toEqual({ by: 'none', token: 'none' })
  })

  it('names the recipient whose address or mail was answered', async () => {
    const recipient = recipientMark({ list: 'distros', recipient: 'north' })
    const theirs = { case: known, recipient }
    const theirAddress = makeToken(theirs, 'security@example.org', macs.address)
    expect(await find([theirAddress])).toEqual({ ...theirs, by: 'token', token: 'valid' })
    const sent = makeMessageId({ ...theirs, effect: EffectId.parse('e'), domain: 'example.org' }, macs.message)
    expect(await find(OWN, `In-Reply-To: ${sent}`)).toEqual({ ...theirs, by: 'references', token: 'none' })
  })

  it('ignores a valid token of a case that does not exist', async () => {
    const gone = makeToken({ case: CaseId.parse('SEC-2026-0099') }, 'security@example.org', macs.address)
    expect(await find([gone])).toEqual({ by: 'none', token: 'invalid' })
  })
})

describe('authenticate', () => {
  const sender = { address: 'Rae@Reporter.example' }
  const holder = { is: 'reporter', address: 'rae@reporter.example' } as const

  it.each([
    ['the reporter with the token', { sender, token: 'valid', holder }, 'reporter'],
    ['a stranger with the token', { sender: { address: 'eve@evil.example' }, token: 'valid', holder }, 'unverified'],
    ['the reporter without it', { sender, token: 'none', holder }, 'unverified'],
    ['the reporter with a wrong one', { sender, token: 'invalid', holder }, 'unverified'],
    ['two senders', { sender: undefined, token: 'valid', holder }, 'unverified'],
    ['a recipient with the token', { sender, token: 'valid', holder: { ...holder, is: 'recipient' } }, 'recipient'],
    ['a recipient without it', { sender, token: 'none', holder: { ...holder, is: 'recipient' } }, 'unverified'],
  ] as const)('takes %s for %s', (_, input, from) => {
    expect(authenticate({ ...input, domain: { is: 'not-checked' }, signature: UNSIGNED })).toEqual({
      trust: 'nothing-proven',
      from,
    })
  })

  it('trusts a signature by the sender’s own key whatever the domain checks say, but no bad signature and no other key', () => {
    const judge = (signature: SignatureVerdict, is: 'confirmed' | 'failed') =>
      authenticate({ sender, token: 'valid', holder, domain: { is, domain: 'reporter.example' }, signature })
    const fingerprint = 'A'.repeat(40)
    expect(judge({ is: 'own-key', fingerprint }, 'failed')).toEqual({ trust: 'signed-by-sender', from: 'reporter' })
    expect(judge({ is: 'first-seen', fingerprint }, 'failed')).toEqual({ trust: 'failed', from: 'unverified' })
    expect(judge({ is: 'bad' }, 'confirmed').trust).toBe('nothing-proven')
    expect(judge({ is: 'changed-key', fingerprint, before: 'B'.repeat(40) }, 'confirmed').trust).toBe('nothing-proven')
  })

  it.each<[Exclude<DomainVerdict['is'], 'account'>, ReturnType<typeof authenticate>]>([
    ['confirmed', { trust: 'domain-vouches', from: 'reporter' }],
    ['unproven', { trust: 'nothing-proven', from: 'reporter' }],
    ['failed', { trust: 'failed', from: 'unverified' }],
    ['forwarded', { trust: 'nothing-proven', from: 'reporter' }],
    ['not-yet', { trust: 'nothing-proven', from: 'reporter' }],
    ['not-checked', { trust: 'nothing-proven', from: 'reporter' }],
  ])('takes the word of the domain: %s', (is, expected) => {
    const domain =
      is === 'forwarded' ? { is, domain: 'reporter.example', by: 'lists.example' } : { is, domain: 'reporter.example' }
    expect(authenticate({ sender, token: 'valid', holder, domain, signature: UNSIGNED })).toEqual(expected)
  })
})
