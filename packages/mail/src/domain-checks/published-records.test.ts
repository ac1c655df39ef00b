import { describe, expect, it } from 'vitest'
import { tableResolver } from '../../test/dns-table.ts'
import type { DnsTable } from '../../test/dns-table.ts'
import { publishedRecords } from './published-records.ts'

const recordsOf = async (dns: DnsTable, domain = 'lantern.example') =>
  publishedRecords(domain, tableResolver(dns).resolver, { lookupMs: 100, stepMs: 300 })

describe('the records of a domain', () => {
  it.each(['reject', 'quarantine', 'none'] as const)('are its SPF and its DMARC policy: %s', async (policy) => {
    const dns = {
      'TXT lantern.example': [['some-verification=1'], ['v=spf1 ip4:192.0.2.7', ' -all']],
      'TXT _dmarc.lantern.example': [[`v=DMARC1; p=${policy}`]],
    }
    expect(await recordsOf(dns)).toEqual({ spf: 'published', dmarc: policy })
  })

  it('are missing if it has none, or other records', async () => {
    expect(await recordsOf({})).toEqual({ spf: 'missing', dmarc: 'missing' })
    const others = { 'TXT lantern.example': [['v=spf10 -all']], 'TXT _dmarc.lantern.example': [['p=reject']] }
    expect(await recordsOf(others)).toEqual({ spf: 'missing', dmarc: 'missing' })
  })

  it('may be those of a domain above it', async () => {
    const dns = { 'TXT _dmarc.lantern.example': [['v=DMARC1; p=none; sp=reject']] }
    expect(await recordsOf(dns, 'security.lantern.example')).toEqual({ spf: 'missing', dmarc: 'reject' })
  })

  it('are unknown if the DNS does not answer', async () => {
    const dns = { 'TXT lantern.example': 'silence', 'TXT _dmarc.lantern.example': { code: 'ESERVFAIL' } } as const
    expect(await recordsOf(dns)).toEqual({ spf: 'unanswered', dmarc: 'unanswered' })
  })
})
