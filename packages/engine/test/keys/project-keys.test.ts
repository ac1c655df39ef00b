import { createKey, directoryPlaces, lockedCopy, protectMail } from '@embargo/mail'
import { describe, expect, it } from 'vitest'
import {
  confirmProjectKey,
  createProjectKey,
  importProjectKey,
  projectKeys,
  publishedKeys,
} from '../../src/keys/project-keys.ts'
import { createHouse, mailBytes, OWN, REPORTER, START } from '../house.ts'
import type { House } from '../house.ts'
import { projectOf, storeProjectKey } from './project-key.ts'

const rea = await createKey({ name: 'Rea', address: REPORTER, at: START - 1_000, expiresAt: START + 1e10 })

async function withKey(): Promise<{ readonly house: House; readonly key: Uint8Array }> {
  const house = createHouse()
  return { house, key: (await storeProjectKey(house)).public }
}

describe('the key of a project', () => {
  it('is made once, and is current only once somebody confirms that its copies are stored elsewhere', async () => {
    const house = createHouse()
    const made = await createProjectKey(house.engine.deps, projectOf(house), 'correct horse')
    expect(made).toMatchObject({ is: 'created', key: { serial: 1, state: 'unconfirmed', address: OWN } })
    expect(made.is === 'created' && made.copies.secret).toContain('BEGIN PGP PRIVATE KEY BLOCK')
    expect(made.is === 'created' && made.copies.revocation).toContain('BEGIN PGP PUBLIC KEY BLOCK')
    expect(await createProjectKey(house.engine.deps, projectOf(house), 'x')).toMatchObject({ is: 'unconfirmed' })
    expect(await publishedKeys(house.engine.deps)).toEqual([])
    expect(await confirmProjectKey(house.engine.deps, projectOf(house))).toMatchObject({ state: 'current' })
    expect(await confirmProjectKey(house.engine.deps, projectOf(house))).toBeUndefined()
  })

  it('is made by only one of two processes', async () => {
    const house = createHouse()
    const made = await Promise.all(
      ['one', 'two'].map(async (passphrase) => createProjectKey(house.engine.deps, projectOf(house), passphrase)),
    )
    expect(made.map(({ is }) => is).toSorted()).toEqual(['created', 'taken'])
  })

  it('still decrypts after another key replaced it', async () => {
    const house = createHouse()
    const project = projectOf(house)
    await createProjectKey(house.engine.deps, project, 'one')
    await confirmProjectKey(house.engine.deps, project)
    const other = await createKey({ name: 'S', address: OWN, at: START - 1_000, expiresAt: START + 1e10 })
    const block = new TextEncoder().encode(await lockedCopy(other, 'their passphrase'))
    expect(await importProjectKey(house.engine.deps, project, block, 'wrong')).toEqual({
      is: 'refused',
      because: 'wrong-passphrase',
    })
    expect(await importProjectKey(house.engine.deps, project, block, 'their passphrase')).toMatchObject({
      is: 'imported',
      extends: true,
      key: { serial: 2, state: 'current', fingerprint: other.fingerprint },
    })
    expect((await projectKeys(house.engine.deps)).map(({ serial, state }) => `${serial} ${state}`)).toEqual([
      '1 former',
      '2 current',
    ])
  })

  it('is found by mail programs in a Web Key Directory', async () => {
    const { house, key } = await withKey()
    await confirmProjectKey(house.engine.deps, projectOf(house))
    const places = directoryPlaces(OWN)
    const domain = places?.direct.host
    const hash = places?.file
    const files = await publishedKeys(house.engine.deps)
    expect(files.map(({ path }) => path)).toEqual([
      `${projectOf(house).id}.asc`,
      `.well-known/openpgpkey/${domain}/hu/${hash}`,
      `.well-known/openpgpkey/${domain}/policy`,
      `.well-known/openpgpkey/hu/${hash}`,
      '.well-known/openpgpkey/policy',
    ])
    expect(files[1]?.content).toEqual(key)
  })
})

describe('an encrypted report', () => {
  it('opens a case with what was inside, and says what its signature proves', async () => {
    const { house, key } = await withKey()
    const plain = mailBytes({ subject: 'Overflow', body: 'A long header overflows.' })
    await house.receive({}, await protectMail(plain, { is: 'encrypted', to: [key], signer: rea.secret }, START))
    const [taken] = (await house.caseState()).messages
    expect(taken).toMatchObject({
      trust: 'nothing-proven',
      checks: { encryption: 'openpgp', signature: { is: 'unknown-key', keyId: rea.fingerprint.slice(-4) } },
    })
    const mail = taken && (await house.engine.deps.readMail(taken.message))
    expect(mail).toMatchObject({ subject: 'Overflow', text: 'A long header overflows.' })
  })

  it('that we cannot decrypt opens a case nevertheless', async () => {
    const house = createHouse()
    const plain = mailBytes({ body: 'A long header overflows.' })
    const mail = await protectMail(plain, { is: 'encrypted', to: [rea.public], signer: rea.secret }, START)
    await house.receive({}, mail)
    const [taken] = (await house.caseState()).messages
    expect(taken?.checks).toMatchObject({ encryption: 'no-key', signature: { is: 'none' } })
  })
})
