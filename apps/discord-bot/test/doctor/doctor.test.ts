import type { DiscordEmulator, DiscordEmulatorOptions } from '@embargo/emulator-discord'
import { afterEach, describe, expect, it } from 'vitest'
import type { Check } from '../../src/index.ts'
import { createDiscordPlatform, discordCommands, discordDoctor, discordRest, startDiscordBot } from '../../src/index.ts'
import { card } from '../cards.ts'
import {
  ANA,
  COMMANDS,
  effect,
  EVE,
  GUILD,
  HELPERS,
  OWNER,
  person,
  policy,
  recordingLog,
  scriptedEngine,
  scriptedRouter,
  server,
  TOKEN,
} from '../server.ts'

describe('the doctor', () => {
  let discord: DiscordEmulator | undefined
  const run = async (more: Partial<DiscordEmulatorOptions> = {}) => {
    discord = await server(more)
    return discord
  }
  const config = (to: DiscordEmulator, more: { readonly token?: string; readonly guild?: string } = {}) => ({
    token: TOKEN,
    guild: GUILD,
    apiUrl: to.apiUrl,
    ...more,
  })
  const start = (to: DiscordEmulator) =>
    startDiscordBot({
      config: config(to),
      policy,
      router: scriptedRouter(() => ({ audience: 'caller', card: card() })),
      engine: scriptedEngine(() => ({ channel: '', name: '' })),
      log: recordingLog(),
    })
  const platformOf = (to: DiscordEmulator) =>
    createDiscordPlatform({ rest: discordRest(config(to)), guild: GUILD, policy, log: recordingLog() })
  afterEach(async () => {
    await discord?.close()
    discord = undefined
  })

  const wrong = (checks: readonly Check[]) =>
    checks.flatMap((each) =>
      each.ok ? [] : [`${each.warning === true ? '(warning) ' : ''}${each.what}: ${each.todo}`],
    )

  it('finds nothing wrong in a server that is set up correctly', async () => {
    const to = await run()
    const bot = await start(to)
    await bot[Symbol.asyncDispose]()
    const platform = platformOf(to)
    const opened = await platform.openChannel({ effect: effect('e1/open-channel/discord'), name: 'a', lookUp: false })
    const over = await platform.openChannel({ effect: effect('e2/open-channel/discord'), name: 'b', lookUp: false })
    for (const { channel } of [opened, over]) await platform.invite({ channel, people: [person('ana')] })
    await platform.archiveChannel({ channel: over.channel })
    const checks = await discordDoctor(config(to), {
      people: [{ account: ANA, name: 'Ana Example' }],
      roles: [{ id: HELPERS, gives: 'team' }],
      commands: discordCommands({ commands: COMMANDS }),
      channels: [{ case: 'SEC-2026-0042', channel: opened.channel, lost: false, accounts: [ANA] }],
    })
    expect(wrong(checks)).toEqual([])
  })

  it('says for everything else which setting to change', async () => {
    const to = await run({
      bot: { isLow: true, permissions: ['VIEW_CHANNEL'] },
      roles: [{ id: HELPERS, name: 'helpers' }],
      privilegedIntents: [],
      channels: [
        { id: '500000000000000001', name: 'Embargo', kind: 'category' },
        { name: 'sec-2026-0042', topic: 'Embargo: what is said here stays here · ref 0123456789abcdef' },
      ],
    })
    const checks = await discordDoctor(config(to), {
      people: [
        { account: ANA, name: 'Ana Example' },
        { account: '100000000000000777', name: 'Kim Example' },
      ],
      roles: [
        { id: HELPERS, gives: 'team' },
        { id: '300000000000000777', gives: 'maintainer' },
      ],
      commands: discordCommands({ commands: COMMANDS }),
      channels: [{ case: 'SEC-2026-0042', channel: '500000000000000777', lost: false, accounts: [] }],
    })
    expect(wrong(checks)).toEqual([
      expect.stringMatching(/^The privileged intents: Switch on Server Members Intent and Message Content Intent/),
      expect.stringMatching(/^The bot’s permissions: Switch on Pin Messages, Manage Channels, Manage Roles/),
      expect.stringMatching(/^\(warning\) The place of the bot’s role: 1 role is above/),
      expect.stringMatching(
        /^\(warning\) The commands are registered: Missing or outdated: \/ack, \/status, \/reply, \/log-answer, \/assign-patch and 6 more\. Start the program/,
      ),
      expect.stringMatching(
        /^The channels of cases and their categories are hidden: Nothing keeps @everyone out of Embargo, sec-2026-0042\./,
      ),
      expect.stringMatching(/^\(warning\) Every open case has its channel: Without a channel: SEC-2026-0042/),
      expect.stringMatching(
        /^The server has every role that the policy maps: Not in the server: 300000000000000777 \(maintainer\)\./,
      ),
      expect.stringMatching(
        /^\(warning\) Everybody with a known Discord account is in the server: Not found in the server: Kim Example/,
      ),
    ])
  })

  it('names the channel where the bot lacks something, and the archive in which people still write', async () => {
    const to = await run()
    const platform = platformOf(to)
    const opened = await platform.openChannel({ effect: effect('e1/open-channel/discord'), name: 'a', lookUp: false })
    const over = await platform.openChannel({ effect: effect('e2/open-channel/discord'), name: 'b', lookUp: false })
    await platform.archiveChannel({ channel: over.channel })
    to.admin.setOverwrite(opened.channel, {
      id: to.botUserId,
      type: 'member',
      allow: ['VIEW_CHANNEL'],
      deny: ['SEND_MESSAGES', 'MANAGE_ROLES'],
    })
    to.admin.setOverwrite(over.channel, { id: HELPERS, type: 'role', allow: ['VIEW_CHANNEL'] })
    expect(wrong(await discordDoctor(config(to)))).toEqual([
      expect.stringMatching(
        /^\(warning\) No role is let into the channels of cases: These roles are let in: helpers into b\. /,
      ),
      expect.stringMatching(
        /^The bot can work in each channel of a case: The bot lacks permissions in a \(Send Messages, Manage Roles, Create Public Threads, Create Private Threads, Send Messages in Threads\)\. Give it these/,
      ),
      expect.stringMatching(/^\(warning\) Nobody writes in the archive: People or roles can still write in b, or/),
    ])
  })

  it('knows the channel of an open case by its id, whatever somebody made of its topic, and who is let in', async () => {
    const to = await run()
    const platform = platformOf(to)
    const { channel } = await platform.openChannel({
      effect: effect('e1/open-channel/discord'),
      name: 'a',
      lookUp: false,
    })
    await platform.invite({ channel, people: [person('ana')] })
    to.admin.setTopic(channel, 'release next week')
    to.admin.expose(channel)
    to.admin.setOverwrite(channel, { id: EVE, type: 'member', allow: ['VIEW_CHANNEL'] })
    const channels = [{ case: 'SEC-2026-0042', channel, lost: false, accounts: [ANA] }]
    expect(wrong(await discordDoctor(config(to), { channels }))).toEqual([
      expect.stringMatching(
        /^The channels of cases and their categories are hidden: Nothing keeps @everyone out of a\./,
      ),
      expect.stringMatching(
        new RegExp(
          `^\\(warning\\) Only people on an open case are let into its channel: These Discord ids are let in: ${EVE} into a\\. `,
        ),
      ),
    ])
  })

  it('says that a case has no channel if that is known already', async () => {
    const to = await run()
    const { channel } = await platformOf(to).openChannel({
      effect: effect('e1/open-channel/discord'),
      name: 'a',
      lookUp: false,
    })
    const channels = [{ case: 'SEC-2026-0042', channel, lost: true, accounts: [] }]
    expect(wrong(await discordDoctor(config(to), { channels }))).toEqual([
      expect.stringContaining('Without a channel: SEC-2026-0042.'),
    ])
  })

  it('reports nobody as absent when Discord does not answer', async () => {
    const to = await run()
    to.faults.next('list_guild_channels', { kind: 'hang', ms: 50 })
    const asked = discordDoctor(config(to), { people: [{ account: ANA, name: 'Ana Example' }] })
    await to.until(({ requests }) => requests.some(({ method }) => method === 'list_guild_channels'))
    to.faults.next('get_guild_member', { kind: 'status', status: 500 })
    expect(wrong(await asked)).toEqual([
      expect.stringMatching(
        /^Everybody with a known Discord account is in the server: Discord did not say whether everybody is in the server: /,
      ),
    ])
  })

  it('warns of an administrator, and names who reads everything', async () => {
    const to = await run({
      bot: { permissions: ['ADMINISTRATOR'] },
      roles: [
        { id: HELPERS, name: 'helpers', permissions: ['ADMINISTRATOR'] },
        { id: '300000000000000002', name: 'moderation', permissions: ['ADMINISTRATOR'], managed: true },
      ],
      members: [
        { id: OWNER, username: 'owner' },
        { id: EVE, username: 'eve', roles: [HELPERS] },
      ],
    })
    const checks = await discordDoctor(config(to))
    expect(wrong(checks)).toEqual([expect.stringContaining('Switch off Administrator')])
    expect(checks.find(({ what }) => what.startsWith('Who can read'))).toMatchObject({
      note: 'the owner of the server, and everybody with one of these roles: helpers, moderation (of a bot or an integration)',
    })
  })

  it('says so if the two-factor authentication is missing that the server requires', async () => {
    const to = await run({ guild: { requiresTwoFactor: true }, application: { ownerHasTwoFactor: false } })
    expect(wrong(await discordDoctor(config(to)))).toEqual([
      expect.stringMatching(
        /^Two-factor authentication: The server requires two-factor authentication .*the account that owns the application/,
      ),
    ])
    to.admin.ownerTwoFactor(true)
    expect(wrong(await discordDoctor(config(to)))).toEqual([])
  })

  it('warns of a role that is let into a channel', async () => {
    const to = await run()
    const { channel } = await platformOf(to).openChannel({
      effect: effect('e1/open-channel/discord'),
      name: 'a',
      lookUp: false,
    })
    to.admin.setOverwrite(channel, { id: HELPERS, type: 'role', allow: ['VIEW_CHANNEL'] })
    expect(wrong(await discordDoctor(config(to)))).toEqual([
      expect.stringMatching(
        /^\(warning\) No role is let into the channels of cases: These roles are let in: helpers into a\. /,
      ),
    ])
  })

  it.each<readonly [string, Partial<DiscordEmulatorOptions>, { token?: string; guild?: string }, string]>([
    ['without a token', {}, { token: '' }, 'The bot token'],
    ['with a wrong token', {}, { token: 'x' }, 'The bot token'],
    ['with an invalid id', {}, { guild: 'x' }, 'The server’s id'],
    ['where the bot is not', { bot: { isInstalled: false } }, {}, 'The bot is in the server'],
  ])('%s stops at what is missing', async (_what, more, off, what) => {
    const to = await run(more)
    expect(wrong(await discordDoctor(config(to, off)))).toEqual([expect.stringContaining(`${what}: `)])
  })

  it('says that Discord cannot be reached', async () => {
    const to = await run()
    await to.close()
    expect(wrong(await discordDoctor(config(to)))).toEqual([expect.stringContaining('The way to Discord: ')])
  })
})
