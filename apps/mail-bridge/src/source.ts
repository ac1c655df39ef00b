import { isIPv6 } from 'node:net'
import { SMALL_MAIL_BYTES } from '@embargo/engine'

/**
 * How many groups of an IPv6 address identify the network (/64, RFC 4291 section 2.5.4). The host may choose the other
 * groups.
 */
const NETWORK_GROUPS = 4
const GROUPS = 8

/**
 * What counts as one source: an IPv4 address, or the /64 network of an IPv6 address, because an IPv6 host can use any
 * number of addresses in its network.
 */
export function sourceOf(address: string): string {
  const bare = address.replace(/%.*$/u, '').toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/u.exec(bare)?.[1]
  if (mapped !== undefined) return mapped
  if (!isIPv6(bare)) return bare
  const [head = '', tail] = bare.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: GROUPS - before.length - after.length }, () => '0')
  const network = [...before, ...zeros, ...after].slice(0, NETWORK_GROUPS)
  return `${network.map((group) => group.replace(/^0+(?=.)/u, '')).join(':')}::/64`
}

/**
 * The source of a mail that comes from a place with many senders behind it: one of our own mail servers, or a mailbox.
 * Large mails from there are counted separately, so that a flood of them does not keep out smaller reports.
 */
export const sharedSource = (place: string, bytes: number): string =>
  `${place} ${bytes > SMALL_MAIL_BYTES ? 'large' : 'small'}`
