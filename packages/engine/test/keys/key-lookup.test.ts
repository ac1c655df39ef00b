import { DAY } from '@embargo/core'
import { createKey } from '@embargo/mail'
import type { NewKey } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { createKeyLookup, findKey } from '../../src/keys/key-lookup.ts'
import type { DirectoryAnswer } from '../../src/ports/key-directory.ts'
import { CASE, createHouse, mailBytes, policyOf, REPORTER, START } from '../house.ts'
import type { House } from '../house.ts'
import { submit, replyTo } from '../story.ts'

const keyOf = (address: string, until = 1e10): Promise<NewKey> =>
  createKey({ name: 'Rea', address, at: START - 1e9, expiresAt: START + until })

const rea = await keyOf(REPORTER)
const found = ({ public: bytes }: Pick<NewKey, 'public'>): DirectoryAnswer => ({ is: 'found', bytes })

const { intake } = policyOf()
const WITH_LOOKUP = policyOf({ intake: { ...intake, keyLookup: 'wkd' } })

function houseWith(answer: DirectoryAnswer = found(rea), policy = WITH_LOOKUP) {
  const house = createHouse({ policy })
  const asked: string[] = []
  const find = async (address: string): Promise<DirectoryAnswer> => {
    asked.push(address)
    return answer
  }
  const lookup = createKeyLookup({ engine: house.engine, directory: { find } })
  return { house, asked, lookup, look: async () => lookup.lookIn(CASE, new AbortController().signal) }
}

const keyIn = async (house: House) => (await house.caseState()).reports[0]?.key

const autocrypt = (key: NewKey): string =>
  `Autocrypt: addr=${REPORTER}; keydata=${Buffer.from(key.public).toString('base64')}`

describe('the key of a reporter who sent none', () => {
  it('is found in the directory of their mail domain, and counts as unconfirmed', async () => {
    const { house, asked, look } = houseWith()
    await house.receive()
    await look()
    expect(asked).toEqual([REPORTER])
    expect(await keyIn(house)).toEqual({
      key: { $personal: expect.anything(), value: expect.objectContaining({ fingerprint: rea.fingerprint }) },
      from: 'directory',
    })
  })

  it('is looked up when the case has changed, after its mail was placed', async () => {
    const { house, lookup } = houseWith()
    const stop = new AbortController()
    const running = lookup.run(stop.signal)
    const committed = new Promise<void>((resolve) =>
      house.engine.deps.onCommit(() => {
        if (house.events().includes('ReporterKeyFound')) resolve()
      }),
    )
    await house.receive()
    await committed
    stop.abort()
    await running
    expect(house.events()).toContain('ReporterKeyFound')
  })

  it('is not looked up unless the policy says so', async () => {
    const { house, asked, look } = houseWith(found(rea), policyOf())
    await house.receive()
    await look()
    expect(asked).toEqual([])
  })

  it('is not looked up if a key came with their mail', async () => {
    const { house, asked, look } = houseWith()
    const own = await keyOf(REPORTER)
    await house.receive({}, mailBytes({ headers: [autocrypt(own)] }))
    await look()
    expect(asked).toEqual([])
    expect((await keyIn(house))?.key.value?.fingerprint).toBe(own.fingerprint)
  })

  it('causes an alarm if a later mail brings another key', async () => {
    const { house, look } = houseWith()
    await house.receive()
    await house.drain()
    await look()
    const other = await keyOf(REPORTER)
    await house.receive({ to: replyTo(house) }, mailBytes({ to: replyTo(house), headers: [autocrypt(other)] }))
    expect((await keyIn(house))?.changed?.value?.fingerprint).toBe(other.fingerprint)
  })

  it('is looked up at most once a day', async () => {
    const { house, asked, look } = houseWith({ is: 'none' })
    await house.receive()
    await look()
    await look()
    expect(asked).toHaveLength(1)
    house.wait(DAY)
    await look()
    expect(asked).toHaveLength(2)
  })

  it('is not recorded again after a person dropped it', async () => {
    const { house, look } = houseWith()
    await house.receive()
    await look()
    await submit(house, 'ana', { verb: 'key.forget', case: CASE })
    house.wait(DAY)
    await look()
    expect(await keyIn(house)).toBeUndefined()
  })

  it.each(['closed', 'a practice'])('is not asked for in %s case', async (which) => {
    const { house, asked, look } = houseWith()
    await house.receive()
    const { state, ...loaded } = await house.engine.deps.states.load(CASE)
    if (state?.kind !== 'case') throw new Error('there is no case')
    const change = which === 'closed' ? { closedAt: START } : { practice: true as const }
    const states = { ...house.engine.deps.states, load: async () => ({ ...loaded, state: { ...state, ...change } }) }
    const engine = { ...house.engine, deps: { ...house.engine.deps, states } }
    await createKeyLookup({
      engine,
      directory: { find: async (address) => (asked.push(address), found(rea)) },
    }).lookIn(CASE, new AbortController().signal)
    await look()
    expect(asked).toEqual([REPORTER])
  })
})

describe('attack by the directory of a sender’s domain', () => {
  it.each([
    ['a key of somebody else', async () => keyOf('ana@quillmark.example')],
    ['a key that has expired', async () => keyOf(REPORTER, -1_000)],
    ['no key', async () => ({ public: Buffer.from('<html>not found</html>') })],
    ['nothing', async () => ({ public: new Uint8Array(0) })],
    ['a huge key', async () => ({ public: Buffer.alloc(256 * 1024, rea.public) })],
    ['a private key', async () => ({ public: rea.secret })],
  ])('%s is not taken', async (_, answer) => {
    const { house, look } = houseWith(found(await answer()))
    await house.receive()
    await look()
    expect(await keyIn(house)).toBeUndefined()
  })
})

describe('the key of somebody named in the policy', () => {
  const NORTH = 'security@north.example'
  const search = async (answer: DirectoryAnswer) => findKey(createHouse().engine, { find: async () => answer }, NORTH)

  it('is suggested as the directory returns it', async () => {
    const north = await keyOf(NORTH)
    expect(await search(found(north))).toMatchObject({ is: 'found', key: { fingerprint: north.fingerprint } })
  })

  it.each([
    ['names another address', found(rea), 'unusable'],
    ['is no key', { is: 'found', bytes: Buffer.from('<html>') }, 'unusable'],
    ['is not there', { is: 'none' }, 'none'],
    ['does not answer', { is: 'unreachable' }, 'unreachable'],
  ] as const)('is not suggested if it %s', async (_, answer, is) => {
    expect(await search(answer)).toEqual({ is })
  })
})
