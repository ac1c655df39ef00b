import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { createKey, lockedCopy } from '@embargo/mail'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { leaveFolder, newFolder, useFolder } from '../fixtures/own-folder.ts'
import { shell } from '../fixtures/shell.ts'

const { username } = userInfo()
const policy = (roles: string): string =>
  [
    'profile: team',
    'projects: [{ id: quillmark, name: Quillmark, address: security@quillmark.example }]',
    'people:',
    `  - { id: ana, name: Ana, roles: [${roles}], osUser: ${username} }`,
    '  - { id: ben, name: Ben, roles: [admin, team] }',
    'platforms: [terminal]',
  ].join('\n')

describe('embargo keys', () => {
  let folder: string
  const write = (text: string): void => writeFileSync(join(folder, 'data', 'embargo.policy.yaml'), text)
  const passphrase = (text: string): string => {
    writeFileSync(join(folder, 'passphrase'), `${text}\n`)
    return join(folder, 'passphrase')
  }

  beforeEach(() => {
    folder = newFolder()
    useFolder(folder)
    mkdirSync(join(folder, 'data'), { mode: 0o700 })
    write(policy('admin, team'))
  })
  afterEach(() => {
    leaveFolder(folder)
  })

  it('makes a key, asks to store its copies elsewhere, and publishes it', async () => {
    expect((await shell('keys')).out).toBe('No project has a key yet. Make one: embargo keys create\n')
    const apart = join(folder, 'apart')
    const made = await shell('keys', 'create', '--passphrase-file', passphrase('correct horse'), '--to', apart)
    expect(made).toMatchObject({ code: 0, out: expect.stringContaining('Then: embargo keys confirm') })
    const [secret = '', revocation = ''] = readdirSync(apart).toSorted()
    expect(readFileSync(join(apart, secret), 'utf8')).toContain('BEGIN PGP PRIVATE KEY BLOCK')
    expect(readFileSync(join(apart, revocation), 'utf8')).toContain('BEGIN PGP PUBLIC KEY BLOCK')
    expect(statSync(join(apart, secret)).mode & 0o777).toBe(0o600)

    const web = join(folder, 'web')
    expect(await shell('keys', 'publish', web)).toMatchObject({ code: 1 })
    expect(existsSync(web)).toBe(false)
    expect(await shell('keys', 'create', '--passphrase-file', passphrase('x'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('is not confirmed yet'),
    })
    expect((await shell('keys', 'confirm')).out).toContain('current')
    expect(await shell('keys', 'extend')).toMatchObject({ code: 0, out: expect.stringContaining('Publish it again') })
    expect((await shell('keys', 'publish', web)).code).toBe(0)
    expect(readFileSync(join(web, 'quillmark.asc'), 'utf8')).toContain('BEGIN PGP PUBLIC KEY BLOCK')
    expect(JSON.parse((await shell('keys', '--json')).out)).toMatchObject({
      is: 'keys',
      keys: [{ project: 'quillmark', serial: 1, state: 'current', address: 'security@quillmark.example' }],
    })
  })

  it('says that a mail domain publishes no key', async () => {
    // `localhost` is a host name without a dot, and such a name is never looked up.
    expect(await shell('keys', 'find', 'root@localhost')).toMatchObject({
      code: 1,
      err: expect.stringContaining('publishes no key for this address'),
    })
  })

  it('imports a key, and says what is wrong with another', async () => {
    const at = Date.now() - 10_000
    const key = await createKey({ name: 'S', address: 'security@quillmark.example', at, expiresAt: at + 1e10 })
    const file = join(folder, 'key.asc')
    writeFileSync(file, await lockedCopy(key, 'theirs'))
    const wrong = await shell('keys', 'import', file, '--passphrase-file', passphrase('not theirs'))
    expect(wrong).toMatchObject({
      code: 1,
      err: expect.stringContaining('The passphrase does not open the key. Nothing was changed.'),
    })
    expect((await shell('keys', 'import', file, '--passphrase-file', passphrase('theirs'))).out).toContain('current')
  })

  it('lets only admins change keys', async () => {
    write(policy('team'))
    expect(await shell('keys', 'create', '--passphrase-file', passphrase('x'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('can change keys. Nothing was changed.'),
    })
  })
})
