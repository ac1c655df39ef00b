import { dmarc } from 'mailauth'
import { boundedResolver, isUnanswered } from './resolver.ts'
import type { DnsLimits, Resolver } from './resolver.ts'

/** The records in the DNS that tell receiving servers how to check a domain's mail. */
export type PublishedRecords = {
  readonly spf: 'published' | 'missing' | 'unanswered'
  /** The policy for mails that fail the check: the domain's own policy, or the policy of a domain above it. */
  readonly dmarc: 'reject' | 'quarantine' | 'none' | 'missing' | 'unanswered'
}

/**
 * Looks up the records of a domain: SPF (RFC 7208) and DMARC (RFC 9989). The records of DKIM keys are left out, because
 * only a signed mail names them.
 */
export async function publishedRecords(
  domain: string,
  resolver: Resolver,
  limits?: DnsLimits,
): Promise<PublishedRecords> {
  const asking = boundedResolver(resolver, limits)
  const spf = asking(domain, 'TXT').then(
    (records) => (records.some((record) => isSpf([record].flat().join(''))) ? 'published' : 'missing'),
    (error: unknown) => (isUnanswered(error) ? 'unanswered' : 'missing'),
  )
  const policy = dmarc({ headerFrom: domain, fromFields: 1, dkimDomains: [], spfDomains: [], resolver: asking })
  return { spf: await spf, dmarc: policyOf(await policy) }
}

const isSpf = (record: string): boolean => /^v=spf1(?: |$)/iu.test(record)

function policyOf(result: Awaited<ReturnType<typeof dmarc>>): PublishedRecords['dmarc'] {
  if (result === false || result.status.result === 'none') return 'missing'
  if (result.status.result === 'temperror') return 'unanswered'
  return result.policy === 'reject' || result.policy === 'quarantine' ? result.policy : 'none'
}
