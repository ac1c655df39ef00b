import type { DomainVerdict } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { tableResolver } from '../../test/dns-table.ts'
import type { DnsTable } from '../../test/dns-table.ts'
import { KEY_RECORD, mailOf, sealedBy, SELECTOR, signedBy, WEAK_KEY_RECORD } from '../../test/signed-mails.ts'
import { MailError } from '../errors.ts'
import { parse } from '../parse.ts'
import { checkDomain } from './check-domain.ts'
import type { DomainLookup, DomainSettings, MailFacts } from './check-domain.ts'
import { MAX_ARC_SETS, MAX_LOOKUPS, MAX_SIGNATURES } from './limits.ts'
import { verifySignatures } from './signatures.ts'

const NOW = Date.UTC(2026, 5, 2, 9)
const FROM = 'From: Robin Sample <robin@sample.example>'
const CLIENT = { address: '192.0.2.7', helo: 'mx.sample.example' }
const key = (domain: string) => `TXT ${SELECTOR}._domainkey.${domain}`

/**
 * Three domains: the sender's, the attacker's and the mailing list's. Each has a policy, a key and one host that may
 * send for it.
 */
const DNS: DnsTable = Object.fromEntries(
  ['sample.example', 'attacker.example', 'lists.example'].flatMap((domain, at) => [
    [`TXT _dmarc.${domain}`, [['v=DMARC1; p=reject']]],
    [key(domain), KEY_RECORD],
    [`TXT ${domain}`, [[`v=spf1 ip4:192.0.2.${at === 0 ? 7 : 66} -all`]]],
  ]),
)

type DomainSample = {
  readonly mail: string
  readonly facts?: Partial<Omit<MailFacts, 'raw'>>
  readonly settings?: Partial<DomainSettings>
  readonly dns?: DnsTable
  readonly verify?: DomainLookup['verify']
}

/** The verdict, and the DNS queries that were made for it. */
async function checked({ mail, facts, settings, dns = DNS, verify = verifySignatures }: DomainSample) {
  const raw = Buffer.from(mail, 'latin1')
  const { resolver, asked } = tableResolver(dns)
  const verdict = await checkDomain(
    {
      raw,
      from: (await parse(raw)).from,
      envelopeFrom: 'robin@sample.example',
      client: { address: '198.51.100.1', helo: 'elsewhere.example' },
      receivedAt: NOW,
      ...facts,
    },
    { domains: 'check', forwarders: [], ...settings },
    { resolver, verify, limits: { lookupMs: 100, stepMs: 300 } },
  )
  return { verdict, asked }
}
const verdictOf = async (asked: DomainSample): Promise<DomainVerdict> => (await checked(asked)).verdict

const CONFIRMED = { is: 'confirmed', domain: 'sample.example' }
const UNPROVEN = { is: 'unproven', domain: 'sample.example' }
const FAILED = { is: 'failed', domain: 'sample.example' }
const NOT_YET = { is: 'not-yet', domain: 'sample.example' }

it('a mail without a signature is not given to the process that verifies signatures', async () => {
  const verify = async (): Promise<never> => Promise.reject(new Error('There is nothing to verify.'))
  expect(await verdictOf({ mail: mailOf(FROM), facts: { client: CLIENT }, verify })).toEqual(CONFIRMED)
})

const signed = (mail = mailOf(FROM)) => signedBy('sample.example', mail, { signTime: NOW })

describe('the domain of a mail’s author', () => {
  it('confirms a mail that it signed, from any host', async () => {
    expect(await verdictOf({ mail: await signed() })).toEqual(CONFIRMED)
  })

  it('confirms a mail from a host that may send for it', async () => {
    expect(await verdictOf({ mail: mailOf(FROM), facts: { client: CLIENT } })).toEqual(CONFIRMED)
  })

  it('confirms a mail that a subdomain signed, but not if the policy of the domain is strict', async () => {
    const strict = { 'TXT _dmarc.sample.example': [['v=DMARC1; p=none; adkim=s']] }
    const mail = await signedBy('mail.sample.example', mailOf(FROM), { signTime: NOW })
    const dns = { ...DNS, [key('mail.sample.example')]: KEY_RECORD }
    expect(await verdictOf({ mail, dns })).toEqual(CONFIRMED)
    expect(await verdictOf({ mail, dns: { ...dns, ...strict } })).toEqual(FAILED)
  })

  it('fails a mail that has neither a valid signature nor an allowed host', async () => {
    expect(await verdictOf({ mail: mailOf(FROM) })).toEqual(FAILED)
  })

  it('proves nothing if the domain has no DMARC policy, unless the domain signed the mail', async () => {
    const dns = { [key('sample.example')]: KEY_RECORD }
    expect(await verdictOf({ mail: mailOf(FROM), dns })).toEqual(UNPROVEN)
    expect(await verdictOf({ mail: await signed(), dns })).toEqual(CONFIRMED)
    expect(await verdictOf({ mail: mailOf(FROM), dns: {} })).toEqual(UNPROVEN)
  })

  it('checks a bounce by the name of the host that sends it', async () => {
    const dns = { ...DNS, 'TXT mx.sample.example': [['v=spf1 a -all']], 'A mx.sample.example': ['192.0.2.7'] }
    const facts = { envelopeFrom: '', client: CLIENT }
    expect(await verdictOf({ mail: mailOf(FROM), facts, dns })).toEqual(CONFIRMED)
  })

  it('is not checked if the settings turn checks off, or there is no resolver', async () => {
    const { verdict, asked } = await checked({ mail: await signed(), settings: { domains: 'off' } })
    expect([verdict, asked]).toEqual([{ is: 'not-checked' }, []])
    const facts = { raw: Buffer.from(await signed()), envelopeFrom: '', receivedAt: NOW }
    const from = { address: 'robin@sample.example' }
    expect(
      await checkDomain({ ...facts, from }, { domains: 'check', forwarders: [] }, { verify: verifySignatures }),
    ).toEqual({
      is: 'not-checked',
    })
  })
})

describe('a mail behind a relay, where SPF cannot be checked', () => {
  const relays = [
    ['on this machine', { address: '127.0.0.1', helo: 'mx.project.example' }],
    ['in our network', { address: '10.1.2.3', helo: 'mx.project.example' }],
    ['in our network (IPv6)', { address: 'fd00::25', helo: 'mx.project.example' }],
    ['of ours by the settings', { address: '203.0.113.9', helo: 'mx.project.example', relay: true }],
    ['that nobody wrote down', undefined],
  ] as const

  it.each(relays)('%s: is confirmed by DKIM alone, and does not fail without DKIM', async (_, client) => {
    expect(await verdictOf({ mail: await signed(), facts: { client } })).toEqual(CONFIRMED)
    expect(await verdictOf({ mail: mailOf(FROM), facts: { client } })).toEqual(UNPROVEN)
  })

  const client = { address: '127.0.0.1', helo: 'mx.project.example' }

  it('fails if the envelope names another domain, so that SPF could not have passed for the author', async () => {
    const facts = { client, envelopeFrom: 'somebody@attacker.example' }
    expect(await verdictOf({ mail: mailOf(FROM), facts })).toEqual(FAILED)
    expect(await verdictOf({ mail: await signed(), facts })).toEqual(CONFIRMED)
  })

  it.each(['', 'SRS0=hash=tt=sample.example=robin@project.example', 'SRS1=h=a.example==x@project.example'])(
    'does not fail with the envelope %j, because the original envelope is unknown',
    async (envelopeFrom) => {
      expect(await verdictOf({ mail: mailOf(FROM), facts: { client, envelopeFrom } })).toEqual(UNPROVEN)
    },
  )

  it('asks the DNS nothing about our own hosts', async () => {
    const { asked } = await checked({ mail: mailOf(FROM), facts: { client } })
    expect(asked.filter((question) => !question.includes('_dmarc'))).toEqual([])
  })
})

describe('a DNS that does not answer', () => {
  const questions = [
    ['the policy', 'TXT _dmarc.sample.example'],
    ['the key', key('sample.example')],
    ['the hosts', 'TXT sample.example'],
  ] as const

  it.each(questions)('about %s: the verdict is not yet known, after a bounded time', async (_, question) => {
    for (const answer of ['silence', { code: 'ESERVFAIL' }] as const) {
      const dns = { ...DNS, [question]: answer }
      const mail = question === key('sample.example') ? await signed() : mailOf(FROM)
      expect(await verdictOf({ mail, dns })).toEqual(NOT_YET)
    }
  })

  it('does not matter if the other check is proven', async () => {
    const hosts = { ...DNS, 'TXT sample.example': 'silence' } as const
    expect(await verdictOf({ mail: await signed(), dns: hosts })).toEqual(CONFIRMED)
    const keys = { ...DNS, [key('sample.example')]: 'silence' } as const
    expect(await verdictOf({ mail: await signed(), dns: keys, facts: { client: CLIENT } })).toEqual(CONFIRMED)
  })
})

describe('attacks on the checks of a domain', () => {
  it('valid DKIM of the attacker’s own domain under another’s From', async () => {
    const mail = await signedBy('attacker.example', mailOf(FROM), { signTime: NOW })
    const facts = { envelopeFrom: 'x@attacker.example', client: { address: '192.0.2.66', helo: 'attacker.example' } }
    expect(await verdictOf({ mail, facts })).toEqual(FAILED)
  })

  it('a domain that only ends like the author’s', async () => {
    const dns = { ...DNS, [key('notsample.example')]: KEY_RECORD, [key('example')]: KEY_RECORD }
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
    expect(await verdictOf({ mail: change(await signed()) })).toEqual({ is: 'unproven' })
  })

  it('a From that library and decoder read in two ways', async () => {
    const mail = await signed()
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
    expect(await verdictOf({ mail: (await signed()).replace('a hole.', 'no hole') })).toEqual(FAILED)
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
    expect(await verdictOf({ mail: weak, dns: { ...DNS, [key('sample.example')]: WEAK_KEY_RECORD } })).toEqual(FAILED)
  })

  it('a key record of half a megabyte, or a thousand of them', async () => {
    const [record] = KEY_RECORD
    if (!Array.isArray(record)) throw new Error('unreachable')
    const huge = [[...record, 'x'.repeat(500_000)]]
    const many = Array.from({ length: 1_000 }, () => ['v=DKIM1; p=' + 'A'.repeat(600)])
    for (const answer of [huge, many])
      expect(await verdictOf({ mail: await signed(), dns: { ...DNS, [key('sample.example')]: answer } })).toEqual(
        FAILED,
      )
  })

  it('a hundred signatures: the first are verified, and the others count as absent', async () => {
    let mail = mailOf(FROM)
    for (let at = 0; at < 100; at += 1) mail = await signedBy(`x${at}.attacker.example`, mail, { signTime: NOW })
    const { verdict, asked } = await checked({ mail })
    expect(verdict).toEqual(FAILED)
    expect(asked.filter((question) => question.includes('_domainkey'))).toHaveLength(MAX_SIGNATURES)
  })

  it('signatures whose name servers never answer', async () => {
    let mail = mailOf(FROM)
    let dns = DNS
    for (let at = 0; at < MAX_SIGNATURES; at += 1) {
      mail = await signedBy(`x${at}.attacker.example`, mail, { signTime: NOW })
      dns = { ...dns, [key(`x${at}.attacker.example`)]: 'silence' }
    }
    expect(await verdictOf({ mail, dns })).toEqual(FAILED)
  })

  it('a header of a megabyte, and one field of fifty thousand lines', async () => {
    const large = `X-Filler: ${'x'.repeat(990)}\r\n`.repeat(200)
    const folded = `X-Filler: x${'\r\n x'.repeat(20_000)}\r\n`
    for (const filler of [large, folded]) expect(await verdictOf({ mail: filler + (await signed()) })).toEqual(FAILED)
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
      const { verdict, asked } = await checked({ mail: mailOf(FROM), facts, dns: { ...DNS, ...bomb } })
      expect(verdict).toEqual(FAILED)
      expect(asked.length).toBeLessThanOrEqual(MAX_LOOKUPS + 10)
    }
  })

  it('text that keeps the library busy until it is stopped: the mail counts as unsigned', async () => {
    const stopped = async () => {
      throw new MailError('parser-died', 'It took too long.')
    }
    expect(await verdictOf({ mail: await signed(), verify: stopped })).toEqual(FAILED)
  })

  it('a record that asks for the name of our host (macro r)', async () => {
    const dns = { ...DNS, 'TXT attacker.example': [['v=spf1 exists:%{r}.attacker.example -all']] }
    const { asked } = await checked({ mail: mailOf(FROM), facts: { envelopeFrom: 'x@attacker.example' }, dns })
    expect(asked).toContain('A unknown.attacker.example')
  })
})

describe('a mail that a named forwarder sealed', () => {
  const FOUND = 'lists.example; dmarc=pass header.from=sample.example; dkim=pass header.d=sample.example'
  const FORWARDED = { is: 'forwarded', domain: 'sample.example', by: 'lists.example' }
  const changed = async () => (await signed()).replace('Subject: A hole', 'Subject: [list] A hole')
  const facts = { envelopeFrom: 'bounces@lists.example', client: { address: '192.0.2.66', helo: 'lists.example' } }
  const settings = { forwarders: ['lists.example'] }

  it('is shown as forwarded, because it was genuine when it reached the forwarder', async () => {
    const mail = await sealedBy('lists.example', await changed(), FOUND)
    expect(await verdictOf({ mail, facts, settings })).toEqual(FORWARDED)
  })

  it('fails if the settings do not name it', async () => {
    const mail = await sealedBy('lists.example', await changed(), FOUND)
    expect(await verdictOf({ mail, facts })).toEqual(FAILED)
    expect(await verdictOf({ mail, facts, settings: { forwarders: ['example', 'other.example'] } })).toEqual(FAILED)
  })

  it.each([
    ['found that it failed', 'lists.example; dmarc=fail header.from=sample.example'],
    ['found another author', 'lists.example; dmarc=pass header.from=other.example'],
    ['says so only in a comment', 'lists.example; dmarc=fail (dmarc=pass header.from=sample.example)'],
    ['found nothing', 'lists.example; none'],
  ])('fails if the forwarder %s', async (_, found) => {
    expect(await verdictOf({ mail: await sealedBy('lists.example', await changed(), found), facts, settings })).toEqual(
      FAILED,
    )
  })

  it('fails if it was changed after the seal, or the results were', async () => {
    const mail = await sealedBy('lists.example', await changed(), FOUND)
    expect(await verdictOf({ mail: mail.replace('a hole.', 'no hole'), facts, settings })).toEqual(FAILED)
    const other = await sealedBy('lists.example', await changed(), FOUND.replace('dmarc=pass', 'dmarc=none'))
    expect(await verdictOf({ mail: other.replace('dmarc=none', 'dmarc=pass'), facts, settings })).toEqual(FAILED)
  })

  it('fails if a stranger had it after the forwarder', async () => {
    const first = await sealedBy('lists.example', await changed(), FOUND)
    const mail = await sealedBy('attacker.example', first, 'attacker.example; arc=pass', { cv: 'pass' })
    expect(await verdictOf({ mail, facts, settings })).toEqual(FAILED)
    const both = { forwarders: ['Lists.example', 'attacker.example'] }
    expect(await verdictOf({ mail, facts, settings: both })).toEqual(FORWARDED)
  })

  it('is undecided while the DNS does not answer for the key of the seal', async () => {
    const mail = await sealedBy('lists.example', await changed(), FOUND)
    const dns = { ...DNS, [key('lists.example')]: 'silence' } as const
    expect(await verdictOf({ mail, facts, settings, dns })).toEqual(NOT_YET)
  })

  it('with a chain of two hundred seals makes us look up no more keys than the limit', async () => {
    const mail = await sealedBy('lists.example', await changed(), FOUND)
    const chain = Array.from(
      { length: 200 },
      (_, at) => `ARC-Seal: i=${at + 2}; a=rsa-sha256; d=x${at}.example; s=s\r\n`,
    )
    const { verdict, asked } = await checked({ mail: chain.join('') + mail, facts, settings })
    expect(verdict).toEqual(FAILED)
    expect(asked.filter((question) => question.includes('_domainkey.x'))).toHaveLength(2 * MAX_ARC_SETS)
  })
})

describe('the results of the operator’s own server', () => {
  const OURS = 'Received: from mx.sample.example by mx.project.example (Postfix); Tue, 2 Jun 2026 09:00:00 +0000'
  const THEIRS = 'Received: from laptop by mx.sample.example; Tue, 2 Jun 2026 08:59:00 +0000'
  const results = (found: string, server = 'mx.project.example') =>
    `Authentication-Results: ${server}; ${found} header.from=sample.example`
  const settings = { domains: 'trust', server: 'mx.project.example' } as const
  const verdict = (...lines: readonly string[]) => verdictOf({ mail: mailOf(...lines, FROM), settings, dns: {} })

  it.each([
    ['pass', CONFIRMED],
    ['fail', FAILED],
    ['none', UNPROVEN],
    ['temperror', UNPROVEN],
    ['bestguesspass', UNPROVEN],
  ])('count: dmarc=%s', async (found, expected) => {
    expect(await verdict(results(`dmarc=${found}`), OURS, THEIRS)).toEqual(expected)
    expect(await verdict(OURS, results(`dmarc=${found}`), THEIRS)).toEqual(expected)
  })

  it('are found in a field that is folded and has comments', async () => {
    const folded =
      'Authentication-Results: MX.project.example (ours; dmarc=fail);\r\n\tdmarc=pass (p=reject "x) header.from=sample.example'
    expect(await verdict(folded, OURS)).toEqual(CONFIRMED)
  })

  it('ask the DNS nothing', async () => {
    const { asked } = await checked({ mail: mailOf(results('dmarc=pass'), FROM), settings })
    expect(asked).toEqual([])
  })

  const NOT_CHECKED = { is: 'not-checked' }
  it.each([
    ['of another server', [results('dmarc=pass', 'mx.attacker.example'), OURS]],
    [
      'of a server whose name only begins like it',
      [results('dmarc=pass', 'mx.project.example.attacker.example'), OURS],
    ],
    ['below its own trace, which came with the mail', [OURS, THEIRS, results('dmarc=pass')]],
    ['about another author', [results('dmarc=pass').replace('sample', 'other'), OURS]],
    ['in a comment of another', [results('dmarc=pass', 'mx.attacker.example (mx.project.example)'), OURS]],
    [
      'in a text that is quoted',
      ['Authentication-Results: mx.project.example; x="dmarc=pass header.from=sample.example"'],
    ],
    ['in a comment that is not closed', ['Authentication-Results: mx.project.example; x=y (; dmarc=pass']],
    ['that fill pages', [`${results('dmarc=pass')} x=${'y'.repeat(9_000)}`, OURS]],
    [
      'without the name of a server, as Exchange Online writes them',
      ['Authentication-Results: spf=pass smtp.mailfrom=sample.example; dmarc=pass header.from=sample.example', OURS],
    ],
    ['that are not there', [OURS, THEIRS]],
  ])('forged Authentication-Results %s do not count', async (_, lines) => {
    expect(await verdict(...lines)).toEqual(NOT_CHECKED)
  })

  it('count from the topmost field, and a forged field below it changes nothing', async () => {
    expect(await verdict(results('dmarc=fail'), OURS, results('dmarc=pass'))).toEqual(FAILED)
  })

  it('do not come from a forged field below the real one, even if that has no DMARC and a forged Received extends the trace', async () => {
    const mail = mailOf(
      'Authentication-Results: project.example; dkim=pass header.b="a;b="',
      'Received: from mx.sample.example by mx1.project.example (Postfix); Tue, 2 Jun 2026 09:00:00 +0000',
      'Received: from nowhere by project.example; Tue, 2 Jun 2026 08:59:30 +0000',
      results('dmarc=pass', 'project.example'),
      THEIRS,
      FROM,
    )
    expect(await verdictOf({ mail, settings: { domains: 'trust', server: 'project.example' }, dns: {} })).toEqual(
      NOT_CHECKED,
    )
  })

  it('are not checked if the settings do not name the server', async () => {
    const mail = mailOf(results('dmarc=pass'), OURS, FROM)
    expect(await verdictOf({ mail, settings: { domains: 'trust' } })).toEqual(NOT_CHECKED)
  })
})
