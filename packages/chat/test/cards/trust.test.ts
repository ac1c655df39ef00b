import type { DomainVerdict, MailChecks } from '@embargo/core'
import { instant, MessageId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { checksInWords } from '../../src/cards/trust.ts'
import { CASE, SmallHouse } from '../fixtures/small-house.ts'

const domain = 'sample.example'
const words = (checks: Partial<MailChecks>): readonly string[] =>
  checksInWords(
    { trust: 'nothing-proven', checks: { signature: { is: 'none' }, encryption: 'none', ...checks } },
    'name-and-address',
  ).map((parts) => parts.map((part) => (typeof part === 'string' ? part : part.text)).join(''))

describe('the lines about the checks of a mail', () => {
  it.each<[DomainVerdict, string]>([
    [{ is: 'confirmed', domain }, '✓ sample.example confirms it sent this.'],
    [{ is: 'unproven', domain }, 'Nothing proves that sample.example sent this.'],
    [{ is: 'unproven' }, 'Nothing proves who sent this.'],
    [{ is: 'failed', domain }, '✗ Fails sample.example’s own checks: treat sender as unknown.'],
    [{ is: 'forwarded', domain, by: 'lists.example' }, 'lists.example forwarded it and found it genuine.'],
    [{ is: 'not-yet', domain }, 'Not checked yet: DNS didn’t answer.'],
    [{ is: 'not-checked' }, 'Not checked here.'],
  ])('its domain: $is', (verdict, said) => {
    expect(words({ domain: verdict })).toEqual(['Not signed. Not encrypted.', said])
  })

  it('show the domain beside a signature, which proves something else', () => {
    const signature = { is: 'own-key', fingerprint: `${'A'.repeat(36)}07CE` } as const
    expect(words({ signature, encryption: 'openpgp', domain: { is: 'confirmed', domain } })).toEqual([
      '✓ Signed by the sender’s own key (…07CE). Encrypted.',
      '✓ sample.example confirms it sent this.',
    ])
  })

  it('say that the subject is not signed, which stands above a good signature', () => {
    const signature = { is: 'same-key', fingerprint: `${'A'.repeat(36)}07CE` } as const
    expect(words({ signature, unsignedSubject: true, domain: { is: 'not-checked' } })).toEqual([
      '✓ Signed by the reporter, same key as before (…07CE). ⚠ Its subject is not signed. Not encrypted.',
      'Not checked here.',
    ])
  })

  it.each([
    [{ is: 'expired-key', endedAt: instant(Date.UTC(2026, 4, 1)) }, 'expired on 1 May 2026.'],
    [{ is: 'revoked-key', endedAt: instant(Date.UTC(2026, 4, 1)) }, 'was revoked on 1 May 2026.'],
    [{ is: 'expired-key' }, 'expired.'],
  ] as const)('say since when a key is not valid: %#', (signature, said) => {
    expect(words({ signature })[0]).toBe(`⚠ Signed with a key that ${said} Not encrypted.`)
  })

  it('say that a mail was encrypted only in part', () => {
    expect(words({ encryption: 'openpgp', encryptedInPart: true, domain: { is: 'not-checked' } })).toEqual([
      'Not signed. ⚠ Only partly encrypted; the rest is marked.',
      'Not checked here.',
    ])
  })

  it.each([
    ['s-mime', '✗ Encrypted by S/MIME, which cannot be read here.'],
    ['no-key', '✗ Encrypted to a key we don’t have.'],
    ['file', 'Not signed. ✗ An attached file is encrypted and could not be opened.'],
  ] as const)('do not say that an encryption that was not opened contains no signature: %s', (encryption, said) => {
    expect(words({ encryption, domain: { is: 'not-checked' } })[0]).toBe(said)
  })

  it('say nothing of signatures and encryption for a private report', () => {
    expect(words({ domain: { is: 'account', at: 'github.com' } })).toEqual(['✓ Its author is logged in at github.com.'])
  })

  it('keep the name of the domain out of a channel that shows no senders', () => {
    const [, parts] = checksInWords(
      { trust: 'failed', checks: { signature: { is: 'none' }, encryption: 'none', domain: { is: 'failed', domain } } },
      'name-and-address',
    )
    expect(parts).toContainEqual({ text: domain, hostile: true, instead: 'the sender’s domain' })
  })
})

describe('the line on a key that came with a mail', () => {
  it('suggests adding the key to the policy once it was compared', () => {
    expect(words({ offersKey: '07CE' }).join('\n')).toContain(
      'The mail came with an OpenPGP key (…07CE) that is not in the policy.',
    )
  })

  it.each([
    ['expired', 'has expired. Ask for another one.'],
    ['revoked', 'was revoked. Ask for another one.'],
    ['sign-only', 'can only sign, not encrypt. Ask for another one.'],
    ['weak', 'is too weak. Ask for another one.'],
    ['post-quantum-only', 'uses algorithms that Embargo does not support yet. Ask for another one.'],
    ['version-5', 'is of version 5, which only GnuPG reads. Ask for one of version 4.'],
    ['private', 'is a private key. Tell the key’s owner that other people have the key now'],
    ['unreadable', 'cannot be read. Ask for another one.'],
  ] as const)('says what is wrong with it, and what to do: %s', (keyProblem, said) => {
    expect(words({ keyProblem }).join('\n')).toContain(`⚠ The OpenPGP key that came with it ${said}`)
  })

  it('is not there without a problem', () => {
    expect(words({}).join('\n')).not.toContain('OpenPGP key')
  })
})

describe('a domain that answers later', () => {
  it('is reported in the channel, with the number of the mail', async () => {
    const house = new SmallHouse().opens()
    const message = MessageId.parse('mail-2')
    const checks = { signature: { is: 'none' }, encryption: 'none', domain: { is: 'not-yet', domain } } as const
    house.comes({
      verb: 'take-in-message',
      case: CASE,
      message,
      from: 'reporter',
      trust: 'nothing-proven',
      checks,
      automatic: false,
    })
    expect((await house.lastCard('mail')).fallback).toContain('Not checked yet: DNS didn’t answer.')
    const answer = {
      verb: 'record-domain',
      case: CASE,
      message,
      trust: 'failed',
      domain: { is: 'failed', domain },
    } as const
    house.comes(answer)
    expect((await house.lastCard('change')).fallback).toContain(
      'Mail 2: ✗ Fails sample.example’s own checks: treat sender as unknown.',
    )
    expect(house.state().messages[1]).toMatchObject({ from: 'unverified', trust: 'failed' })
    const before = house.recorded.length
    house.comes(answer)
    expect(house.recorded).toHaveLength(before)
  })
})
