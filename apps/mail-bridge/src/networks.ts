import { BlockList, isIPv4, isIPv6 } from 'node:net'

const HOST_BITS = { ipv4: 32, ipv6: 128 } as const

/**
 * Whether mail is accepted from an address. Without `networks`, every address is accepted. Otherwise mail must come
 * from one of these networks (such as `10.1.0.0/16`, `2001:db8::/32`, or a single address) or from this machine.
 */
export function allowNetworks(networks: readonly string[] | undefined): (address: string) => boolean {
  if (networks === undefined) return () => true
  const allowed = new BlockList()
  for (const network of ['127.0.0.0/8', '::1', ...networks]) {
    const [address = '', bits] = network.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    allowed.addSubnet(address, bits === undefined ? HOST_BITS[family] : Number(bits), family)
  }
  return (address) => {
    const bare = address.replace(/%.*$/u, '').replace(/^::ffff:(?=\d+\.)/iu, '')
    if (isIPv4(bare)) return allowed.check(bare, 'ipv4')
    return isIPv6(bare) && allowed.check(bare, 'ipv6')
  }
}
