import { DAY, PROFILES } from '@embargo/core'
import { armoredPublicKey, createKey } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { createKeyExpiry, Outages } from '../../src/index.ts'
import { extendProjectKey } from '../../src/keys/project-keys.ts'
import { pinKeys } from '../../src/keys/pinned-keys.ts'
import { CASE, createHouse, policyOf, REPORTER, START } from '../house.ts'
import { projectOf, storeConfirmedKey } from '../keys/project-key.ts'
import { submit } from '../story.ts'

const YEAR = 365 * DAY

const armored = async (address: string, days: number): Promise<string> =>
  armoredPublicKey(await createKey({ name: 'K', address, at: START - YEAR, expiresAt: START + days * DAY }))

async function watched(keys: { readonly ana?: number; readonly north?: number; readonly party?: number } = {}) {
  const plain = policyOf()
  const people = await Promise.all(
    plain.people.map(async (person) =>
      person.id === 'ana' && keys.ana !== undefined
        ? { ...person, key: await armored(person.mail ?? '', keys.ana) }
        : person,
    ),
  )
  const north = { id: 'north', name: 'North', address: 'security@north.example', consented: '2026-01-10' }
  const recipients = [{ ...north, ...(keys.north !== undefined && { key: await armored(north.address, keys.north) }) }]
  const lists = [{ id: 'distros', name: 'Distributions', recipients }]
  const inkwell = { name: 'Inkwell', address: 'security@inkwell.example' }
  const parties = keys.party === undefined ? [] : [{ ...inkwell, key: await armored(inkwell.address, keys.party) }]
  const written = policyOf({ people, parties, prenotification: { ...PROFILES.team.prenotification, lists } })
  const { policy } = await pinKeys(written, START)
  const house = createHouse({ policy })
  const outages = new Outages(() => house.clock.now())
  const { look } = createKeyExpiry({ engine: house.engine, outages })
  const said = async (): Promise<readonly string[]> => {
    await look()
    return outages.all.map(({ what, why }) => `${what}: ${why}`)
  }
  return { house, said }
}

describe('a key that expires', () => {
  it('in more than 30 days is not reported', async () => {
    const { said } = await watched({ ana: 31, north: 31 })
    expect(await said()).toEqual([])
  })

  it('within 30 days is reported with its owner, its date and what to do', async () => {
    const { said } = await watched({ ana: 20, north: 10 })
    expect(await said()).toEqual([
      expect.stringMatching(
        /^keys: The OpenPGP key of recipient north \(….{4}\) expires on Thu 14 May 2026: ask them .*The OpenPGP key of Ana \(….{4}\) expires on Sun 24 May 2026: ask them for another one, and put that into the policy\.$/u,
      ),
    ])
  })

  it('of a vendor or the CNA is reported in the same way', async () => {
    const { said } = await watched({ party: 20 })
    expect(await said()).toEqual([
      expect.stringMatching(
        /^keys: The OpenPGP key of Inkwell \(….{4}\) expires on Sun 24 May 2026: ask them for another one, and put that into the policy\.$/u,
      ),
    ])
  })

  it('today or earlier is reported as expired', async () => {
    const { said, house } = await watched({ north: 10 })
    house.wait(11 * DAY)
    expect(await said()).toEqual([expect.stringContaining('expired on Thu 14 May 2026')])
  })

  it('of a reporter is reported with the case until the case is closed', async () => {
    const { said, house } = await watched()
    const key = await createKey({ name: 'Rea', address: REPORTER, at: START - YEAR, expiresAt: START + 20 * DAY })
    await house.receive({
      headers: [`Autocrypt: addr=${REPORTER}; keydata=${Buffer.from(key.public).toString('base64')}`],
    })
    expect(await said()).toEqual([
      expect.stringMatching(
        /The OpenPGP key of a reporter of SEC-\d{4}-\d+ \(….{4}\) expires on Sun 24 May 2026: ask them for another one\.$/u,
      ),
    ])
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'spam' })
    expect(await said()).toEqual([])
  })

  it('of a project is reported until it is extended', async () => {
    const { said, house } = await watched()
    await storeConfirmedKey(house)
    expect(await said()).toEqual([])
    house.wait(3 * YEAR - 29 * DAY)
    expect(await said()).toEqual([expect.stringMatching(/key of project quillmark .*embargo keys extend/u)])
    await extendProjectKey(house.engine.deps, projectOf(house))
    expect(await said()).toEqual([])
  })
})
