import { describe, expect, it } from 'vitest'
import type { DnsTable } from '../../test/dns-table.ts'
import { KEY_RECORD, mailOf, signedBy, WEAK_KEY_RECORD } from '../../test/signed-mails.ts'
import { MailError } from '../errors.ts'
import { MAX_LOOKUPS, MAX_SIGNATURES } from './limits.ts'
import {
  NOW,
  FROM,
  keyQuestion,
  DNS,
  checkSample,
  verdictOf,
  CONFIRMED,
  UNPROVEN,
  FAILED,
  signedMail,
} from '../../test/domain-samples.ts'

describe('attacks on the checks of a domain', () => {
  it('valid DKIM of the attacker’s own domain under another’s From', async () => {
    const mail = await signedBy('attacker.example', mailOf(FROM), { signTime: NOW })
    const facts = { envelopeFrom: 'x@attacker.example', client: { address: '192.0.2.66', helo: 'attacker.example' } }
    expect(await verdictOf({ mail, facts })).toEqual(FAILED)
  })

  it('a domain that only ends like the author’s', async () => {
    const dns = { ...DNS, [keyQuestion('notsample.example')]: KEY_RECORD, [keyQuestion('example')]: KEY_RECORD }
    for (const domain of ['notsample.example', 'example']) {
      const mail = await signedBy(domain, mailOf(FROM), { signTime: NOW })
      expect(await verdictOf({ mail, dns })).toEqual(FAILED)
    }
  })

  it.each([
    ['a second field', (mail: string) => `From: boss@sample.example\r\n${mail}`],
    ['two authors in one From', (mail: string) => mail.replace(FROM, `${FROM}, x@attacker.example`)],
    ['no From', (mail: string) => mail.replace(`${FROM}\r\n`, '')],
  ])('multiple From: %s', async (_, change) => {
    expect(await verdictOf({ mail: change(await signedMail()) })).toEqual({ is: 'unproven' })
  })

  it('a From that library and decoder read in two ways', async () => {
    const mail = await signedMail()
    const from = { address: 'boss@attacker.example' }
    expect(await verdictOf({ mail, facts: { from } })).toEqual({ is: 'failed', domain: 'attacker.example' })
  })

  it('a From that was changed below a valid signature', async () => {
    const mail = (await signedBy('attacker.example', mailOf('From: x@attacker.example'), { signTime: NOW })).replace(
      'From: x@attacker.example',
      FROM,
    )
    expect(await verdictOf({ mail })).toEqual(FAILED)
  })

  it('text that was changed after the signature', async () => {
    expect(await verdictOf({ mail: (await signedMail()).replace('a hole.', 'no hole') })).toEqual(FAILED)
  })

  it('text below a signature with l=, which leaves room for it', async () => {
    const mail = await signedBy('sample.example', mailOf(FROM), { signTime: NOW, maxBodyLength: 18 })
    expect(await verdictOf({ mail })).toEqual(CONFIRMED)
    expect(await verdictOf({ mail: `${mail}Send it to attacker.example instead.\r\n` })).toEqual(UNPROVEN)
  })

  it('a signature that has expired, or that a key of 512 bits made', async () => {
    const expired = await signedBy('sample.example', mailOf(FROM), { signTime: NOW - 2_000, expires: NOW - 1_000 })
    expect(await verdictOf({ mail: expired })).toEqual(FAILED)
    const weak = await signedBy('sample.example', mailOf(FROM), { signTime: NOW, weak: true })
    expect(await verdictOf({ mail: weak, dns: { ...DNS, [keyQuestion('sample.example')]: WEAK_KEY_RECORD } })).toEqual(
      FAILED,
    )
  })

  it('a key record of half a megabyte, or a thousand of them', async () => {
    const [record] = KEY_RECORD
    if (!Array.isArray(record)) throw new Error('unreachable')
    const huge = [[...record, 'x'.repeat(500_000)]]
    const many = Array.from({ length: 1_000 }, () => ['v=DKIM1; p=' + 'A'.repeat(600)])
    for (const answer of [huge, many])
      expect(
        await verdictOf({ mail: await signedMail(), dns: { ...DNS, [keyQuestion('sample.example')]: answer } }),
      ).toEqual(FAILED)
  })

  it('a hundred signatures: the first are verified, and the others count as absent', async () => {
    let mail = mailOf(FROM)
    for (let at = 0; at < 100; at += 1) mail = await signedBy(`x${at}.attacker.example`, mail, { signTime: NOW })
    const { verdict, asked } = await checkSample({ mail })
    expect(verdict).toEqual(FAILED)
    expect(asked.filter((question) => question.includes('_domainkey'))).toHaveLength(MAX_SIGNATURES)
  })

  it('signatures whose name servers never answer', async () => {
    let mail = mailOf(FROM)
    let dns = DNS
    for (let at = 0; at < MAX_SIGNATURES; at += 1) {
      mail = await signedBy(`x${at}.attacker.example`, mail, { signTime: NOW })
      dns = { ...dns, [keyQuestion(`x${at}.attacker.example`)]: 'silence' }
    }
    expect(await verdictOf({ mail, dns })).toEqual(FAILED)
  })

  it('a header of a megabyte, and one field of fifty thousand lines', async () => {
    const large = `X-Filler: ${'x'.repeat(990)}\r\n`.repeat(200)
    const folded = `X-Filler: x${'\r\n x'.repeat(20_000)}\r\n`
    for (const filler of [large, folded])
      expect(await verdictOf({ mail: filler + (await signedMail()) })).toEqual(FAILED)
  })

  it('an SPF record that includes itself, a hundred other records, or hundreds of hosts', async () => {
    const facts = { envelopeFrom: 'x@attacker.example' }
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, at) => [
        `TXT s${at}.attacker.example`,
        [[`v=spf1 mx:s${at}.attacker.example -all`]],
      ]),
    )
    const hosts = Array.from({ length: 100 }, (_, at) => ({ exchange: `h${at}.attacker.example`, priority: at }))
    const bombs: readonly DnsTable[] = [
      { 'TXT attacker.example': [['v=spf1 include:attacker.example -all']] },
      {
        ...many,
        'TXT attacker.example': [
          [
            `v=spf1 ${Object.keys(many)
              .map((name) => `include:${name.slice(4)}`)
              .join(' ')}`,
          ],
        ],
      },
      { 'TXT attacker.example': [['v=spf1 mx mx:x.example mx:y.example ptr a -all']], 'MX attacker.example': hosts },
    ]
    for (const bomb of bombs) {
      const { verdict, asked } = await checkSample({ mail: mailOf(FROM), facts, dns: { ...DNS, ...bomb } })
      expect(verdict).toEqual(FAILED)
      expect(asked.length).toBeLessThanOrEqual(MAX_LOOKUPS + 10)
    }
  })

  it('text that keeps the library busy until it is stopped: the mail counts as unsigned', async () => {
    const stopped = async () => {
      throw new MailError('parser-died', 'It took too long.')
    }
    expect(await verdictOf({ mail: await signedMail(), verify: stopped })).toEqual(FAILED)
  })

  it('a record that asks for the name of our host (macro r)', async () => {
    const dns = { ...DNS, 'TXT attacker.example': [['v=spf1 exists:%{r}.attacker.example -all']] }
    const { asked } = await checkSample({ mail: mailOf(FROM), facts: { envelopeFrom: 'x@attacker.example' }, dns })
    expect(asked).toContain('A unknown.attacker.example')
  })
})
