import { instant } from '@embargo/core'
import type { ReturnedTest } from '@embargo/engine'
import { describe, expect, it } from 'vitest'
import { lineOf } from '../../src/cli/checks.ts'
import { domainChecks } from '../../src/cli/doctor-domain.ts'

const RETURNED: ReturnedTest = {
  at: instant(0),
  messageId: true,
  extension: 'envelope',
  domain: { is: 'confirmed', domain: 'lantern.example' },
  records: { spf: 'published', dmarc: 'reject' },
}
const lines = (change: Partial<ReturnedTest>): readonly string[] =>
  domainChecks({ to: 'security+test.x@lantern.example' }, { ...RETURNED, ...change }).map(lineOf)

describe('what the doctor says of our own domain', () => {
  it('is good if the domain publishes its records, and the returned mail passes', () => {
    expect(lines({})).toEqual([
      'ok       lantern.example says who may send its mail (SPF)',
      'ok       lantern.example says what to do with forged mail (DMARC) (refuse it)',
      'ok       A mail from our relay passes SPF, DKIM and DMARC (lantern.example confirms it)',
    ])
  })

  it('names the records that are missing, and where they belong', () => {
    const [spf, dmarc] = lines({ records: { spf: 'missing', dmarc: 'missing' } })
    expect(spf).toMatch(/^warning .*\n.*no SPF record.*TXT record of lantern\.example/u)
    expect(dmarc).toMatch(/^warning .*\n.*TXT record of _dmarc\.lantern\.example: v=DMARC1/u)
    expect(lines({ records: { spf: 'published', dmarc: 'none' } })[1]).toMatch(/^warning .*\n.*p=none/u)
  })

  it.each([
    ['failed', 'wrong', 'It fails, so others refuse our letters'],
    ['unproven', 'warning', 'had no DKIM signature of lantern.example'],
    ['not-yet', 'warning', 'The DNS did not answer'],
  ] as const)('says of a mail that is %s what to do', (is, state, words) => {
    const last = lines({ domain: { is, domain: 'lantern.example' } }).at(-1) ?? ''
    expect(last.startsWith(state)).toBe(true)
    expect(last).toContain(words)
  })

  it('says where else to look if the DNS is not queried', () => {
    const { records: _, ...unasked } = RETURNED
    const checks = domainChecks({ to: 'security@lantern.example' }, { ...unasked, domain: { is: 'not-checked' } })
    expect(checks.map(lineOf)).toEqual([expect.stringMatching(/^warning .*\n.*not checked here.*large provider/u)])
  })
})
