import { mkdirSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { leaveFolder, newFolder, useFolder } from '../fixtures/own-folder.ts'
import { shell } from '../fixtures/shell.ts'

const { username } = userInfo()
const policy = (ana: string): string =>
  [
    'profile: team',
    'projects: [{ id: quillmark, name: Quillmark, address: security@quillmark.example }]',
    'people:',
    `  - { id: ana, name: Ana, roles: [admin, team], slack: U0ANA, osUser: ${ana} }`,
    '  - { id: ben, name: Ben, slack: U0BEN, discord: "100000000000000002" }',
    'platforms: [slack, discord, terminal]',
  ].join('\n')

describe('embargo people without a running program', () => {
  let folder: string
  const write = (text: string): void => writeFileSync(join(folder, 'data', 'embargo.policy.yaml'), text)

  beforeEach(() => {
    folder = newFolder()
    useFolder(folder)
    mkdirSync(join(folder, 'data'), { mode: 0o700 })
    write(policy(username))
  })
  afterEach(() => {
    leaveFolder(folder)
  })

  it('lists everybody with their accounts, and from where each is known', async () => {
    expect(await shell('people')).toMatchObject({
      code: 0,
      out: [
        'ana  Ana  admin, team',
        '  slack     U0ANA  (policy)',
        `  terminal  ${username}  (policy)`,
        'ben  Ben  team',
        '  slack     U0BEN  (policy)',
        '  discord   100000000000000002  (policy)',
        '',
      ].join('\n'),
    })
    expect(JSON.parse((await shell('people', '--json')).out)).toMatchObject({
      is: 'people',
      people: [
        {
          person: 'ana',
          name: 'Ana',
          roles: ['admin', 'team'],
          accounts: [
            { platform: 'slack', account: 'U0ANA', from: 'policy' },
            { platform: 'terminal', account: username, from: 'policy' },
          ],
          mayBe: [],
        },
        { person: 'ben' },
      ],
    })
  })

  it('shows nobody to a user who belongs to nobody', async () => {
    write(policy('somebody-else'))
    const { code, out, err } = await shell('people')
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('Nobody in the policy’s `people` has the user name')
  })

  it('says what cannot be changed here', async () => {
    expect(await shell('link', 'remove', 'discord', 'ben')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Ben’s account on discord is set in the policy.'),
    })
    expect(await shell('people', 'apart', 'ana', 'zoe')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Name two different persons.'),
    })
    expect(JSON.parse((await shell('people', 'apart', 'ana', 'zoe', '--json')).out)).toMatchObject({
      is: 'people-apart',
      refusal: 'Name two different persons.',
    })
    expect((await shell('people', 'apart', 'ana')).code).toBe(2)
    expect((await shell('people', 'marry', 'ana', 'ben')).code).toBe(2)
  })

  it('locks a person out in the terminal, and lists them so', async () => {
    expect(await shell('lockout', 'ben', 'his', 'phone', 'was', 'stolen')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Ben is out of every case and channel.'),
    })
    expect((await shell('people')).out).toContain('ben  Ben  locked out')
    expect((await shell('lockout', 'undo', 'ben')).out).toContain('as soon as another admin runs the')
  })

  it('prints a code in the terminal, and accepts no invented code', async () => {
    const { code, out } = await shell('link')
    expect([code, out]).toEqual([0, expect.stringMatching(/link [0-9A-Z]{4}-[0-9A-Z]{4}/)])
    expect(await shell('link', 'WRNG-0000')).toMatchObject({
      code: 1,
      err: expect.stringContaining('This code is not valid'),
    })
    expect((await shell('link', 'yes')).err).toContain('No account typed a code of yours')
  })
})
