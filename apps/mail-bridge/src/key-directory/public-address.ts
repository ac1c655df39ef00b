import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** IPv4 addresses that no public server has (IANA's registry of special-purpose addresses, RFC 6890), and multicast. */
const SPECIAL = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
] as const

/**
 * Ranges of the global IPv6 addresses that no public server needs: Teredo and other protocols (RFC 2928),
 * documentation, and 6to4, which contains IPv4 addresses.
 */
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'] as const

/** All IPv6 addresses outside of this range are local, mapped from IPv4 or not assigned (RFC 4291 section 2.4). */
const GLOBAL_V6 = '2000::/3'

const listOf = (networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    list.addSubnet(address, Number(bits), family)
  }
  return list
}

const special = listOf(SPECIAL, 'ipv4')
const specialV6 = listOf(SPECIAL_V6, 'ipv6')
const globalV6 = listOf([GLOBAL_V6], 'ipv6')

/** Whether an address may belong to a server on the Internet, and not to this machine or its network. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, 'ipv4')
  return isIPv6(address) && globalV6.check(address, 'ipv6') && !specialV6.check(address, 'ipv6')
}
