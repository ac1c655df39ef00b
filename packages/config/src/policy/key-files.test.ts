import { describe, expect, it } from 'vitest'
import { readPolicy } from './read-policy.ts'
import { LANTERN_POLICY } from '../../test/lantern-policy.ts'

describe('the key of a person', () => {
  const BLOCK = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDM=\n-----END PGP PUBLIC KEY BLOCK-----\n'
  const withKey = (key: string) => LANTERN_POLICY.replace('slack: U0BEN }', `slack: U0BEN, key: ${key} }`)
  const read = (key: string) =>
    readPolicy('/etc/embargo/p.yaml', withKey(key), {
      osUser: 'ana',
      readFile: (path) => (path === '/etc/embargo/keys/ben.asc' ? BLOCK : undefined),
    })

  it('is read from a file beside the policy, or written there', () => {
    for (const key of ['keys/ben.asc', JSON.stringify(BLOCK)])
      expect(read(key)).toMatchObject({ ok: true, policy: { people: [{ id: 'ana' }, { id: 'ben', key: BLOCK }] } })
  })

  it('whose file is missing is a mistake', () => {
    const reading = read('keys/none.asc')
    expect(reading.ok ? [] : reading.problems.map(({ because }) => because)).toEqual([
      'This is neither a file that exists nor an armored key.',
    ])
  })
})
