import { describe, expect, it } from 'vitest'
import { allowNetworks } from './networks.ts'

describe('the networks from which mail is accepted', () => {
  const allowed = allowNetworks(['192.0.2.0/24', '2001:db8:1::/48', '198.51.100.7'])

  it.each([
    '192.0.2.200',
    '::ffff:192.0.2.200',
    '2001:db8:1:2::9',
    '198.51.100.7',
    '127.0.0.1',
    '127.9.9.9',
    '::1',
    '::ffff:127.0.0.1',
  ])('include %s', (address) => expect(allowed(address)).toBe(true))

  it.each([
    '192.0.3.1',
    '::ffff:192.0.3.1',
    '2001:db8:2::1',
    '198.51.100.8',
    '198.51.100.70',
    '192.0.2',
    'fe80::1%eth0',
    'localhost',
    '',
  ])('do not include "%s"', (address) => expect(allowed(address)).toBe(false))

  it('are all networks without a list', () => expect(allowNetworks(undefined)('203.0.113.9')).toBe(true))
})
