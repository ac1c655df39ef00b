import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startDiscordEmulator } from '@embargo/emulator-discord'
import type { DiscordEmulator } from '@embargo/emulator-discord'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { leaveFolder, newFolder, useFolder } from '../fixtures/own-folder.ts'
import { shell } from '../fixtures/shell.ts'

const GUILD = '900000000000000001'
const ANA = '100000000000000001'
const GONE = '100000000000000002'
const TOKEN = 'discord-test-token'

describe('embargo discord', () => {
  let folder: string
  let discord: DiscordEmulator

  beforeEach(async () => {
    folder = newFolder()
    discord = await startDiscordEmulator({
      botToken: TOKEN,
      guild: { id: GUILD, ownerId: ANA },
      members: [{ id: ANA, username: 'ana' }],
    })
    useFolder(folder)
    vi.stubEnv('EMBARGO_SMTP_LISTEN', '127.0.0.1:0')
    vi.stubEnv('EMBARGO_POLICY', join(folder, 'policy.yaml'))
    vi.stubEnv('EMBARGO_DISCORD_TOKEN', TOKEN)
    vi.stubEnv('EMBARGO_DISCORD_GUILD', GUILD)
    vi.stubEnv('EMBARGO_DISCORD_API_URL', discord.apiUrl)
    writeFileSync(
      join(folder, 'policy.yaml'),
      [
        'profile: team',
        'projects: [{ id: quillmark, name: Quillmark, address: security@quillmark.example }]',
        'people:',
        `  - { id: ana, name: Ana, roles: [admin, team], discord: "${ANA}" }`,
        `  - { id: ben, name: Ben, discord: "${GONE}" }`,
        'platforms: [discord]',
        'groups: [{ platform: discord, group: "300000000000000001", role: maintainer }]',
      ].join('\n'),
    )
  })
  afterEach(async () => {
    leaveFolder(folder)
    await discord.close()
  })

  it('invite prints the link for this server, with the fewest permissions that are needed', async () => {
    const { code, out, err } = await shell('init', 'discord')
    const link = new URL(out.trim())
    expect([code, err, link.origin + link.pathname]).toEqual([0, '', 'https://discord.com/oauth2/authorize'])
    expect(link.searchParams.get('guild_id')).toBe(GUILD)
    // 8 is Administrator: https://docs.discord.com/developers/topics/permissions
    expect(BigInt(link.searchParams.get('permissions') ?? 0) & 8n).toBe(0n)
  })

  it('doctor says for each check whether it passes, and which setting to change', async () => {
    const { code, out } = await shell('doctor', 'discord')
    expect(code).toBe(1)
    expect(out).toContain('ok       The bot token\n')
    expect(out).toMatch(/^warning {2}The commands are registered\n {9}Missing or outdated: \/ack, /m)
    expect(out).toMatch(
      /^wrong {4}The server has every role that the policy maps\n {9}Not in the server: 300000000000000001 \(maintainer\)/m,
    )
    expect(out).toMatch(
      /^warning {2}Everybody with a known Discord account is in the server\n {9}Not found in the server: Ben\./m,
    )
    const facts = JSON.parse((await shell('doctor', 'discord', '--json')).out) as unknown
    expect(facts).toMatchObject({
      is: 'discord-doctor',
      checks: expect.arrayContaining([{ what: 'The bot token', state: 'ok', note: null, todo: null }]),
    })
  })

  it('doctor exits with 1 if something is wrong', async () => {
    vi.stubEnv('EMBARGO_DISCORD_TOKEN', 'another')
    const { code, out } = await shell('doctor', 'discord')
    expect([code, out]).toEqual([
      1,
      expect.stringMatching(/^wrong {4}The bot token\n {9}Discord refused the bot token/),
    ])
  })

  it('asks for the settings, and for a platform', async () => {
    vi.stubEnv('EMBARGO_DISCORD_GUILD', '')
    expect(await shell('doctor', 'discord')).toMatchObject({
      code: 1,
      err: expect.stringContaining('EMBARGO_DISCORD_GUILD'),
    })
    expect(await shell('doctor')).toMatchObject({
      code: 2,
      err: '"embargo doctor" takes discord, mail, cve, github or publication.\n',
    })
  })

  it('is checked before anything is created, when the program starts', async () => {
    vi.stubEnv('EMBARGO_DISCORD_TOKEN', 'another')
    const { code, err } = await shell('start')
    expect([code, err]).toEqual([1, expect.stringContaining('Discord refused the bot token.')])
    expect(err).not.toContain('another')
    expect(['data', 'config'].some((one) => existsSync(join(folder, one)))).toBe(false)
  })
})
