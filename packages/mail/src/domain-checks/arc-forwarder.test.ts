import { describe, expect, it } from 'vitest'
import { sealedBy } from '../../test/signed-mails.ts'
import { MAX_ARC_SETS } from './limits.ts'
import { keyQuestion, DNS, checkSample, verdictOf, FAILED, NOT_YET, signedMail } from '../../test/domain-samples.ts'

describe('a mail that a named forwarder sealed', () => {
  const FOUND = 'lists.example; dmarc=pass header.from=sample.example; dkim=pass header.d=sample.example'
  const FORWARDED = { is: 'forwarded', domain: 'sample.example', by: 'lists.example' }
  const changed = async () => (await signedMail()).replace('Subject: A hole', 'Subject: [list] A hole')
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
    const dns = { ...DNS, [keyQuestion('lists.example')]: 'silence' } as const
    expect(await verdictOf({ mail, facts, settings, dns })).toEqual(NOT_YET)
  })

  it('with a chain of two hundred seals makes us look up no more keys than the limit', async () => {
    const mail = await sealedBy('lists.example', await changed(), FOUND)
    const chain = Array.from(
      { length: 200 },
      (_, at) => `ARC-Seal: i=${at + 2}; a=rsa-sha256; d=x${at}.example; s=s\r\n`,
    )
    const { verdict, asked } = await checkSample({ mail: chain.join('') + mail, facts, settings })
    expect(verdict).toEqual(FAILED)
    expect(asked.filter((question) => question.includes('_domainkey.x'))).toHaveLength(2 * MAX_ARC_SETS)
  })
})
