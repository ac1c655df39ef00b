import type { DomainVerdict } from '@embargo/core'
import { tableResolver } from './dns-table.ts'
import type { DnsTable } from './dns-table.ts'
import { KEY_RECORD, mailOf, SELECTOR, signedBy } from './signed-mails.ts'
import { parse } from '../src/parse.ts'
import { checkDomain } from '../src/domain-checks/check-domain.ts'
import type { DomainLookup, DomainSettings, MailFacts } from '../src/domain-checks/check-domain.ts'
import { verifySignatures } from '../src/domain-checks/signatures.ts'

export const NOW = Date.UTC(2026, 5, 2, 9)

export const FROM = 'From: Robin Sample <robin@sample.example>'

export const CLIENT = { address: '192.0.2.7', helo: 'mx.sample.example' }

export const keyQuestion = (domain: string) => `TXT ${SELECTOR}._domainkey.${domain}`

/**
 * Three domains: the sender's, the attacker's and the mailing list's. Each has a policy, a key and one host that may
 * send for it.
 */
export const DNS: DnsTable = Object.fromEntries(
  ['sample.example', 'attacker.example', 'lists.example'].flatMap((domain, at) => [
    [`TXT _dmarc.${domain}`, [['v=DMARC1; p=reject']]],
    [keyQuestion(domain), KEY_RECORD],
    [`TXT ${domain}`, [[`v=spf1 ip4:192.0.2.${at === 0 ? 7 : 66} -all`]]],
  ]),
)

export type DomainSample = {
  readonly mail: string
  readonly facts?: Partial<Omit<MailFacts, 'raw'>>
  readonly settings?: Partial<DomainSettings>
  readonly dns?: DnsTable
  readonly verify?: DomainLookup['verify']
}

/** The verdict, and the DNS queries that were made for it. */
export async function checkSample({ mail, facts, settings, dns = DNS, verify = verifySignatures }: DomainSample) {
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

export const verdictOf = async (asked: DomainSample): Promise<DomainVerdict> => (await checkSample(asked)).verdict

export const CONFIRMED = { is: 'confirmed', domain: 'sample.example' }

export const UNPROVEN = { is: 'unproven', domain: 'sample.example' }

export const FAILED = { is: 'failed', domain: 'sample.example' }

export const NOT_YET = { is: 'not-yet', domain: 'sample.example' }

export const signedMail = (mail = mailOf(FROM)) => signedBy('sample.example', mail, { signTime: NOW })
