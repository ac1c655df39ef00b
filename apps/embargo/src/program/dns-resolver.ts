import { Resolver } from 'node:dns/promises'
import { DnsError } from '@embargo/mail'
import type { DnsAnswer, Resolver as DnsResolver } from '@embargo/mail'

/** A name server that does not answer within this many milliseconds is asked once more. */
const TIMEOUT_MS = 1_000
const TRIES = 2

/**
 * Domains that never exist (RFC 2606, RFC 6761). They are not looked up, because tests, examples and practice cases use
 * them.
 */
const RESERVED = /(?:^|\.)(?:example|test|invalid|localhost)\.?$/iu

/** Asks the name servers of this machine, for the checks of senders' domains. */
export function createDnsResolver(): DnsResolver {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES })
  return async (name, type): Promise<DnsAnswer> => {
    if (RESERVED.test(name)) throw new DnsError('ENOTFOUND')
    switch (type) {
      case 'TXT':
        return resolver.resolveTxt(name)
      case 'MX':
        return resolver.resolveMx(name)
      case 'A':
        return resolver.resolve4(name)
      case 'AAAA':
        return resolver.resolve6(name)
      case 'CNAME':
        return resolver.resolveCname(name)
      case 'PTR':
        return resolver.resolvePtr(name)
      default:
        throw new DnsError('ENODATA')
    }
  }
}
