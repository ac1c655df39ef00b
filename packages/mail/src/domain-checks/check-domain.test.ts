import { describe, expect, it } from 'vitest'
import { KEY_RECORD, mailOf, signedBy } from '../../test/signed-mails.ts'
import { checkDomain } from './check-domain.ts'
import { verifySignatures } from './signatures.ts'
import {
  NOW,
  FROM,
  CLIENT,
  keyQuestion,
  DNS,
  checkSample,
  verdictOf,
  CONFIRMED,
  UNPROVEN,
  FAILED,
  NOT_YET,
  signedMail,
} from '../../test/domain-samples.ts'

it('a mail without a signature is not given to the process that verifies signatures', async () => {
  const verify = async (): Promise<never> => Promise.reject(new Error('There is nothing to verify.'))
  expect(await verdictOf({ mail: mailOf(FROM), facts: { client: CLIENT }, verify })).toEqual(CONFIRMED)
})

describe('the domain of a mail’s author', () => {
  it('confirms a mail that it signed, from any host', async () => {
    expect(await verdictOf({ mail: await signedMail() })).toEqual(CONFIRMED)
  })

  it('confirms a mail from a host that may send for it', async () => {
    expect(await verdictOf({ mail: mailOf(FROM), facts: { client: CLIENT } })).toEqual(CONFIRMED)
  })

  it('confirms a mail that a subdomain signed, but not if the policy of the domain is strict', async () => {
    const strict = { 'TXT _dmarc.sample.example': [['v=DMARC1; p=none; adkim=s']] }
    const mail = await signedBy('mail.sample.example', mailOf(FROM), { signTime: NOW })
    const dns = { ...DNS, [keyQuestion('mail.sample.example')]: KEY_RECORD }
    expect(await verdictOf({ mail, dns })).toEqual(CONFIRMED)
    expect(await verdictOf({ mail, dns: { ...dns, ...strict } })).toEqual(FAILED)
  })

  it('fails a mail that has neither a valid signature nor an allowed host', async () => {
    expect(await verdictOf({ mail: mailOf(FROM) })).toEqual(FAILED)
  })

  it('proves nothing if the domain has no DMARC policy, unless the domain signed the mail', async () => {
    const dns = { [keyQuestion('sample.example')]: KEY_RECORD }
    expect(await verdictOf({ mail: mailOf(FROM), dns })).toEqual(UNPROVEN)
    expect(await verdictOf({ mail: await signedMail(), dns })).toEqual(CONFIRMED)
    expect(await verdictOf({ mail: mailOf(FROM), dns: {} })).toEqual(UNPROVEN)
  })

  it('checks a bounce by the name of the host that sends it', async () => {
    const dns = { ...DNS, 'TXT mx.sample.example': [['v=spf1 a -all']], 'A mx.sample.example': ['192.0.2.7'] }
    const facts = { envelopeFrom: '', client: CLIENT }
    expect(await verdictOf({ mail: mailOf(FROM), facts, dns })).toEqual(CONFIRMED)
  })

  it('is not checked if the settings turn checks off, or there is no resolver', async () => {
    const { verdict, asked } = await checkSample({ mail: await signedMail(), settings: { domains: 'off' } })
    expect([verdict, asked]).toEqual([{ is: 'not-checked' }, []])
    const facts = { raw: Buffer.from(await signedMail()), envelopeFrom: '', receivedAt: NOW }
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
    expect(await verdictOf({ mail: await signedMail(), facts: { client } })).toEqual(CONFIRMED)
    expect(await verdictOf({ mail: mailOf(FROM), facts: { client } })).toEqual(UNPROVEN)
  })

  const client = { address: '127.0.0.1', helo: 'mx.project.example' }

  it('fails if the envelope names another domain, so that SPF could not have passed for the author', async () => {
    const facts = { client, envelopeFrom: 'somebody@attacker.example' }
    expect(await verdictOf({ mail: mailOf(FROM), facts })).toEqual(FAILED)
    expect(await verdictOf({ mail: await signedMail(), facts })).toEqual(CONFIRMED)
  })

  it.each(['', 'SRS0=hash=tt=sample.example=robin@project.example', 'SRS1=h=a.example==x@project.example'])(
    'does not fail with the envelope %j, because the original envelope is unknown',
    async (envelopeFrom) => {
      expect(await verdictOf({ mail: mailOf(FROM), facts: { client, envelopeFrom } })).toEqual(UNPROVEN)
    },
  )

  it('asks the DNS nothing about our own hosts', async () => {
    const { asked } = await checkSample({ mail: mailOf(FROM), facts: { client } })
    expect(asked.filter((question) => !question.includes('_dmarc'))).toEqual([])
  })
})

describe('a DNS that does not answer', () => {
  const questions = [
    ['the policy', 'TXT _dmarc.sample.example'],
    ['the key', keyQuestion('sample.example')],
    ['the hosts', 'TXT sample.example'],
  ] as const

  it.each(questions)('about %s: the verdict is not yet known, after a bounded time', async (_, question) => {
    for (const answer of ['silence', { code: 'ESERVFAIL' }] as const) {
      const dns = { ...DNS, [question]: answer }
      const mail = question === keyQuestion('sample.example') ? await signedMail() : mailOf(FROM)
      expect(await verdictOf({ mail, dns })).toEqual(NOT_YET)
    }
  })

  it('does not matter if the other check is proven', async () => {
    const hosts = { ...DNS, 'TXT sample.example': 'silence' } as const
    expect(await verdictOf({ mail: await signedMail(), dns: hosts })).toEqual(CONFIRMED)
    const keys = { ...DNS, [keyQuestion('sample.example')]: 'silence' } as const
    expect(await verdictOf({ mail: await signedMail(), dns: keys, facts: { client: CLIENT } })).toEqual(CONFIRMED)
  })
})
