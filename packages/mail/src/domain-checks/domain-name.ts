import { domainToASCII } from 'node:url'
import { splitAddress } from '../address.ts'

/** The domain of an address, as the DNS has it; undefined if it can be in no DNS. */
export function domainName(address: string): string | undefined {
  const ascii = domainToASCII(splitAddress(address)?.domain ?? '').replace(/\.$/u, '')
  return /^[a-z0-9._-]{1,253}$/u.test(ascii) ? ascii : undefined
}
