import { later, PROFILES } from '@embargo/core'
import type { Policy } from '@embargo/core'
import { armoredPublicKey, createKey, lockedCopy, parse, protectMail } from '@embargo/mail'
import type { NewKey, OwnKey, ParsedMail } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import { pinKeys } from '../../src/keys/pinned-keys.ts'
import { CASE, createHouse, mailBytes, policyOf, START } from '../house.ts'
import type { House } from '../house.ts'
import { storeConfirmedKey } from './project-key.ts'
import { UNUSABLE_KEYS } from './unusable-keys.ts'
import { requestAndApprove, PATCH, RELEASE, replyTo, untilReady } from '../story.ts'

const YEAR = 365 * 24 * 60 * 60 * 1_000
const NORTH = 'security@north.example'

const keyOf = (name: string, address: string, until = YEAR): Promise<NewKey> =>
  createKey({ name, address, at: START - YEAR, expiresAt: START + until })

const north = await keyOf('North', NORTH)

/** A list with one recipient, who has this key. Without `plaintext`, the recipient does not accept unencrypted mail. */
function listWith(
  key: string | undefined,
  change: { readonly kind?: 'linux-distros'; readonly plaintext?: 'accepted' } = {},
): Policy {
  const { kind, plaintext } = change
  const recipient = {
    id: 'north',
    name: 'North Linux',
    address: NORTH,
    consented: '2026-01-10',
    ...(key !== undefined && { key }),
  }
  const list = {
    id: 'distros',
    name: 'Distributions',
    recipients: [{ ...recipient, ...(plaintext && { plaintext }) }],
    ...(kind && { kind }),
  }
  return policyOf({ prenotification: { ...PROFILES.team.prenotification, lists: [list] } })
}

async function houseOf(policy: Policy, at = START): Promise<House> {
  const { policy: pinned } = await pinKeys(policy, at)
  const house = createHouse({ policy: pinned })
  await storeConfirmedKey(house)
  return house
}

async function toNorth(house: House, reader: OwnKey): Promise<{ readonly raw: string; readonly mail: ParsedMail }> {
  const sent = house.relay.mails.find(({ envelopeTo }) => envelopeTo === NORTH)
  if (sent === undefined) throw new Error('nothing went to north')
  const own = (await house.engine.deps.ownKeys.list()).map((key) => key.public)
  const keyring = { own: async () => [reader.secret], find: async () => own }
  return { raw: new TextDecoder().decode(sent.raw), mail: await parse(sent.raw, { keyring, at: house.clock.now() }) }
}

const prenotify = { verb: 'prenotify', case: CASE, at: RELEASE } as const

describe('a recipient whose key the policy pins', () => {
  it('gets a mail of their own, encrypted to the key and signed, with the patch inside', async () => {
    const house = await houseOf(listWith(await armoredPublicKey(north)))
    await untilReady(house)
    await requestAndApprove(house, prenotify)
    await house.drain()
    const { raw, mail } = await toNorth(house, north)
    expect(mail.protection).toMatchObject({ encryption: 'openpgp', covers: 'all', signatures: [{ state: 'good' }] })
    expect(mail.attachments.map(({ content }) => new TextDecoder().decode(content))).toContain(PATCH)
    expect(raw).toMatch(/^Subject: \[\.\.\.\]\r$/mu)
    expect(raw).not.toContain('template loader')
  })

  it('on the list of the Linux distributions is found by its tag', async () => {
    const house = await houseOf(listWith(await armoredPublicKey(north), { kind: 'linux-distros' }))
    await untilReady(house)
    await requestAndApprove(house, prenotify)
    await house.drain()
    expect((await toNorth(house, north)).raw).toMatch(/^Subject: \[vs\] \[\.\.\.\]\r$/mu)
  })

  it('attack: is told nothing when the key has expired, even if they once accepted plain text', async () => {
    const short = await keyOf('North', NORTH, -1_000)
    const house = await houseOf(
      listWith(await armoredPublicKey(short), { plaintext: 'accepted' }),
      later(START, -YEAR / 2),
    )
    await untilReady(house)
    expect(await house.ask('ana', prenotify)).toMatchObject({
      ok: false,
      refusal: { gate: 'plain-text', because: 'The key of north has expired.' },
    })
  })

  it('gets a mail that waits, if the key expires before it leaves', async () => {
    const short = await keyOf('North', NORTH, 1_000)
    const house = await houseOf(listWith(await armoredPublicKey(short)))
    await untilReady(house)
    await requestAndApprove(house, prenotify)
    house.clock.moveTo(later(START, 2_000))
    await house.drain()
    expect(house.relay.mails.map(({ envelopeTo }) => envelopeTo)).not.toContain(NORTH)
  })
})

describe('a recipient without a key', () => {
  const noKey = listWith(undefined)

  it('is refused if the policy says so', async () => {
    const house = await houseOf(noKey)
    await untilReady(house)
    expect(await house.ask('ana', prenotify)).toMatchObject({
      ok: false,
      refusal: { gate: 'plain-text', because: 'north has no key to encrypt to.' },
    })
  })

  it('gets the mail unencrypted when two people waived that rule', async () => {
    const house = await houseOf(noKey)
    await untilReady(house)
    await requestAndApprove(house, { verb: 'waive', case: CASE, rule: 'plain-text', reason: 'they asked for it so' })
    await requestAndApprove(house, prenotify)
    await house.drain()
    expect((await toNorth(house, north)).mail).toMatchObject({ protection: { encryption: 'none' } })
  })
})

describe('a team member whose key the policy pins', () => {
  it('is recognised by their signature', async () => {
    const ana = await keyOf('Ana', 'ana@quillmark.example')
    const [first, ...others] = policyOf().people
    if (first === undefined) throw new Error('nobody')
    const house = await houseOf({ ...policyOf(), people: [{ ...first, key: await armoredPublicKey(ana) }, ...others] })
    await house.receive()
    await house.drain()
    const from = 'ana@quillmark.example'
    const plain = mailBytes({ from: `Ana <${from}>`, body: 'It looks real.' })
    const signed = await protectMail(plain, { is: 'signed', signer: ana.secret }, START)
    await house.receive({ to: replyTo(house), envelopeFrom: from }, signed)
    expect((await house.caseState()).messages.at(-1)).toMatchObject({
      from: 'team',
      trust: 'signed-by-sender',
      checks: { signature: { is: 'own-key', fingerprint: ana.fingerprint.slice(-4) } },
    })
  })
})

describe('a key in the policy', () => {
  const problemsOf = async (key: string) => (await pinKeys(listWith(key), START)).problems

  it('that can be encrypted to is read', async () => {
    const read = await pinKeys(listWith(await armoredPublicKey(north)), START)
    expect(read.problems).toEqual([])
    expect(read.policy.publicKeys?.[NORTH]).toMatchObject({ fingerprint: north.fingerprint, expiresAt: START + YEAR })
  })

  it('that has expired is reported, and does not prevent the start', async () => {
    expect(await problemsOf(await armoredPublicKey(await keyOf('North', NORTH, -1_000)))).toEqual([
      {
        of: 'prenotification.lists distros north',
        because: 'The key has expired.',
        instead: 'Ask its owner for a key for encryption, and remove this one until then.',
        expired: true,
      },
    ])
  })

  it.each([
    ['revoked', 'The key was revoked.', 'Ask its owner'],
    ['weak', 'The key is too weak.', 'Ask its owner'],
    ['sign-only', 'can only sign', 'Ask its owner'],
    ['post-quantum-only', 'does not support the encryption algorithms', 'Ask its owner'],
    ['version-3', 'version 3', 'Ask its owner'],
    ['version-5', 'version 5', 'version 4'],
    ['unreadable', 'cannot be read', 'Ask its owner'],
  ] as const)('that is %s stops the start, with what to do', async (which, because, instead) => {
    const [problem, ...more] = await problemsOf(UNUSABLE_KEYS[which])
    expect(more).toEqual([])
    expect(problem?.because).toContain(because)
    expect(problem?.instead).toContain(instead)
    expect(problem).not.toHaveProperty('expired')
  })

  it('attack: is refused completely if it is private', async () => {
    const [problem, ...more] = await problemsOf(await lockedCopy(north, 'x'))
    expect(more).toEqual([])
    expect(problem).toMatchObject({ because: 'This is a private key, which must never leave its owner.' })
    expect(problem).not.toHaveProperty('expired')
  })

  it.each([
    'security@north.example',
    '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxxxx\n-----END PGP PUBLIC KEY BLOCK-----\n',
  ])('is refused if it cannot be a key: %s', async (text) => {
    expect(await problemsOf(text)).toEqual([expect.objectContaining({ because: 'This is not an OpenPGP key.' })])
  })
})

describe('a mail that leaves unencrypted', () => {
  it('is signed if the policy says so', async () => {
    const house = await houseOf(policyOf({ sign: 'always' }))
    await house.receive({}, mailBytes())
    await house.drain()
    const raw = house.relay.mails.at(-1)?.raw ?? new Uint8Array(0)
    const own = (await house.engine.deps.ownKeys.list()).map((key) => key.public)
    const read = await parse(raw, { keyring: { own: async () => [], find: async () => own }, at: START })
    expect(read.protection).toMatchObject({ encryption: 'none', signatures: [{ state: 'good' }] })
    expect(read.subject).toBe(`[${CASE}] Your report has arrived`)
  })
})
