import { domainToASCII } from 'node:url'
import { splitAddress } from '../address.ts'

/** The domain of an address as it is written in the DNS. Undefined if it cannot be a DNS name. */
export function domainName(address: string): string | undefined {
  const ascii = domainToASCII(splitAddress(address)?.domain ?? '').replace(/\.$/u, '')
  return /^[a-z0-9._-]{1,253}$/u.test(ascii) ? ascii : undefined
}
