import type { Log } from '@embargo/engine'
import type { DiscordEmulator, DiscordEmulatorOptions } from '@embargo/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import type { Check } from '../src/index.ts'
import {
  checkDiscord,
  createDiscordPlatform,
  discordRest,
  discordDoctor,
  discordInvite,
  DiscordSetupError,
  inviteLink,
  discordCommands,
  startDiscordBot,
} from '../src/index.ts'
import { card } from './cards.ts'
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
} from './server.ts'

/** The twelve switches, and no administrator. */
const LEAST = '2252180186844176'

const WITHOUT_COMMANDS = [
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'MANAGE_CHANNELS',
  'MANAGE_ROLES',
  'PIN_MESSAGES',
  'ATTACH_FILES',
  'EMBED_LINKS',
  'READ_MESSAGE_HISTORY',
  'CREATE_PUBLIC_THREADS',
  'CREATE_PRIVATE_THREADS',
  'SEND_MESSAGES_IN_THREADS',
] as const

describe('setting Discord up', () => {
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
  const start = (
    to: DiscordEmulator,
    { log = recordingLog(), ...more }: { readonly token?: string; readonly guild?: string; readonly log?: Log } = {},
  ) =>
    startDiscordBot({
      config: config(to, more),
      policy,
      router: scriptedRouter(() => ({ audience: 'caller', card: card() })),
      engine: scriptedEngine(() => ({ channel: '', name: '' })),
      log,
    })
  const platformOf = (to: DiscordEmulator) =>
    createDiscordPlatform({ rest: discordRest(config(to)), guild: GUILD, policy, log: recordingLog() })
  const problem = async (call: Promise<unknown>): Promise<DiscordSetupError> => {
    const error = await call.then(
      () => undefined,
      (why: unknown) => why,
    )
    if (error instanceof DiscordSetupError) return error
    throw new Error('it did not end with a DiscordSetupError', { cause: error })
  }
  afterEach(async () => {
    await discord?.close()
    discord = undefined
  })

  it('is done when everything is there', async () => {
    const to = await run()
    await expect(checkDiscord(config(to))).resolves.toBeUndefined()
  })

  const table: readonly (readonly [
    string,
    Partial<DiscordEmulatorOptions>,
    { token?: string; guild?: string },
    string,
    readonly string[],
  ])[] = [
    ['no token', {}, { token: '' }, 'token-missing', ['Bot → Reset Token']],
    ['a wrong token', {}, { token: 'not-the-secret' }, 'token-refused', ['Bot → Reset Token']],
    ['an id that is none', {}, { guild: 'my server' }, 'guild-malformed', ['Developer Mode', 'Copy Server ID']],
    [
      'another server',
      {},
      { guild: '900000000000000777' },
      'not-in-guild',
      ['https://discord.com/oauth2/authorize?client_id='],
    ],
    ['a bot that nobody invited', { bot: { isInstalled: false } }, {}, 'not-in-guild', [`permissions=${LEAST}`]],
    [
      'one intent off',
      { privilegedIntents: ['GuildMembers'] },
      {},
      'intents-off',
      ['Message Content Intent', 'Privileged Gateway Intents'],
    ],
    [
      'both intents off',
      { privilegedIntents: [] },
      {},
      'intents-off',
      ['Server Members Intent and Message Content Intent'],
    ],
    [
      'permissions missing',
      { bot: { permissions: ['VIEW_CHANNEL', 'MANAGE_CHANNELS'] } },
      {},
      'permissions-missing',
      ['Pin Messages, Manage Roles', 'Server Settings → Roles'],
    ],
    [
      'commands switched off for everybody',
      { guild: { everyone: ['VIEW_CHANNEL'] }, bot: { permissions: WITHOUT_COMMANDS } },
      {},
      'permissions-missing',
      ['lacks Use Application Commands in'],
    ],
  ]
  it.each(table)('with %s says which switch to turn', async (_what, more, wrong, code, words) => {
    const to = await run(more)
    for (const error of [await problem(checkDiscord(config(to, wrong))), await problem(start(to, wrong))]) {
      expect(error.code).toBe(code)
      for (const each of words) expect(error.message).toContain(each)
      expect(JSON.stringify([error, error.message, error.stack])).not.toContain(
        wrong.token === '' ? TOKEN : (wrong.token ?? TOKEN),
      )
    }
  })

  it('says that nobody answers', async () => {
    const to = await run()
    await to.close()
    expect(await problem(checkDiscord(config(to)))).toMatchObject({ code: 'unreachable' })
  })

  it('says which intents are off when the connection is closed for them', async () => {
    const to = await run()
    to.faults.next('list_guild_application_commands', { kind: 'hang', ms: 50 })
    const starting = problem(start(to))
    await to.until(({ requests }) => requests.some(({ method }) => method === 'list_guild_application_commands'))
    to.admin.setIntent('MessageContent', false)
    expect(await starting).toMatchObject({
      code: 'intents-off',
      message: expect.stringContaining('Server Members Intent and Message Content Intent'),
    })
  })

  describe('a bot that is stopped while it has no connection', () => {
    /** A bot, and the moments in which it notices that its connection broke, and that it is back. */
    const noticing = async (to: DiscordEmulator) => {
      const broke = Promise.withResolvers<void>()
      const back = Promise.withResolvers<void>()
      const log = {
        ...recordingLog(),
        warn: () => broke.resolve(),
        info: (said: string) => said.endsWith('again') && back.resolve(),
      }
      return { bot: await start(to, { log }), broke: broke.promise, back: back.promise }
    }
    /** Another bot breaks off and comes back: by then the one that was stopped would have come back too. */
    const connectionsOnceAnotherIsBack = async (to: DiscordEmulator) => {
      const { bot, back } = await noticing(to)
      await using _bot = bot
      to.faults.refreshSockets()
      await back
      return to.state.connections
    }

    it('does not connect once more when it was told to reconnect', async () => {
      const to = await run()
      const { bot, broke } = await noticing(to)
      to.faults.refreshSockets()
      await broke
      await bot[Symbol.asyncDispose]()
      expect(await connectionsOnceAnotherIsBack(to)).toBe(1)
    })

    it('does not connect once more when the gateway was away', async () => {
      const to = await run()
      const { bot, broke } = await noticing(to)
      to.faults.gatewayDown(true)
      to.faults.dropSockets()
      await broke
      await bot[Symbol.asyncDispose]()
      to.faults.gatewayDown(false)
      expect(await connectionsOnceAnotherIsBack(to)).toBe(1)
    })
  })

  it('does not take a failure of Discord’s for a wrong setting', async () => {
    const to = await run()
    to.faults.next('get_my_application', { kind: 'status', status: 500 })
    expect((await problem(checkDiscord(config(to)))).code).toBe('unreachable')
  })

  it('invites with the least that is needed, and never as an administrator', async () => {
    const link = new URL(inviteLink({ application: '42', guild: GUILD }))
    expect(Object.fromEntries(link.searchParams)).toEqual({
      client_id: '42',
      scope: 'bot applications.commands',
      permissions: LEAST,
      guild_id: GUILD,
      disable_guild_select: 'true',
    })
    const to = await run({ bot: { isInstalled: false } })
    expect(await discordInvite(config(to))).toContain(`client_id=${to.applicationId}`)
  })

  describe('the doctor', () => {
    const wrong = (checks: readonly Check[]) =>
      checks.flatMap((each) =>
        each.ok ? [] : [`${each.warning === true ? '(warning) ' : ''}${each.what}: ${each.todo}`],
      )

    it('finds nothing wrong in a server that is as it should be', async () => {
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
        channels: [{ case: 'SEC-2026-0042', channel: opened.channel, lost: false }],
      })
      expect(wrong(checks)).toEqual([])
      expect(checks.map(({ what }) => what)).toEqual([
        'The bot token',
        'The privileged intents',
        'The bot is in the server',
        'The bot’s permissions',
        'Two-factor authentication',
        'The bot is no administrator',
        'The place of the bot’s role',
        'The commands are registered',
        'The channels of cases and their categories are hidden',
        'No role is let into them',
        'The bot may work in each of them',
        'Nobody writes in the archive',
        'Every open case has its channel',
        'Who can read every channel whatever its permissions',
        'The roles that the policy maps are there',
        'The people who use Discord are in the server',
      ])
    })

    it('says of everything else which switch to turn', async () => {
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
        channels: [{ case: 'SEC-2026-0042', channel: '500000000000000777', lost: false }],
      })
      expect(wrong(checks)).toEqual([
        expect.stringMatching(/^The privileged intents: Switch on Server Members Intent and Message Content Intent/),
        expect.stringMatching(/^The bot’s permissions: Switch on Pin Messages, Manage Channels, Manage Roles/),
        expect.stringMatching(/^\(warning\) The place of the bot’s role: 1 role stands above/),
        expect.stringMatching(
          /^\(warning\) The commands are registered: Missing, or of another version: \/ack, \/status, \/reply, \/log-answer, \/assign-patch and 4 more\. Start the program/,
        ),
        expect.stringMatching(
          /^The channels of cases and their categories are hidden: Nothing keeps @everyone out of Embargo, sec-2026-0042\./,
        ),
        expect.stringMatching(/^\(warning\) Every open case has its channel: Without a channel: SEC-2026-0042/),
        expect.stringMatching(
          /^The roles that the policy maps are there: Not in the server: 300000000000000777 \(maintainer\)\./,
        ),
        expect.stringMatching(
          /^\(warning\) The people who use Discord are in the server: Not found there: Kim Example/,
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
        expect.stringMatching(/^\(warning\) No role is let into them: Let in: helpers into b\. /),
        expect.stringMatching(
          /^The bot may work in each of them: The bot lacks permissions in a \(Send Messages, Manage Roles, Create Public Threads, Create Private Threads, Send Messages in Threads\)\. Give it these/,
        ),
        expect.stringMatching(/^\(warning\) Nobody writes in the archive: People or roles can still write in b, or/),
      ])
    })

    it('says that a case is without its channel where that is known already', async () => {
      const to = await run()
      const { channel } = await platformOf(to).openChannel({
        effect: effect('e1/open-channel/discord'),
        name: 'a',
        lookUp: false,
      })
      const channels = [{ case: 'SEC-2026-0042', channel, lost: true }]
      expect(wrong(await discordDoctor(config(to), { channels }))).toEqual([
        expect.stringContaining('Without a channel: SEC-2026-0042.'),
      ])
    })

    it('takes nobody for absent because Discord does not answer', async () => {
      const to = await run()
      to.faults.next('list_guild_channels', { kind: 'hang', ms: 50 })
      const asked = discordDoctor(config(to), { people: [{ account: ANA, name: 'Ana Example' }] })
      await to.until(({ requests }) => requests.some(({ method }) => method === 'list_guild_channels'))
      to.faults.next('get_guild_member', { kind: 'status', status: 500 })
      expect(wrong(await asked)).toEqual([
        expect.stringMatching(/^The people who use Discord are in the server: Discord did not say of everybody: /),
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
        note: 'the owner of the server, and whoever has one of the roles: helpers, moderation (of a bot or an integration)',
      })
    })

    it('says where two-factor authentication is missing that the server requires', async () => {
      const to = await run({ guild: { requiresTwoFactor: true }, application: { ownerHasTwoFactor: false } })
      expect(wrong(await discordDoctor(config(to)))).toEqual([
        expect.stringMatching(
          /^Two-factor authentication: The server requires it .*the account that owns the application/,
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
        expect.stringMatching(/^\(warning\) No role is let into them: Let in: helpers into a\. /),
      ])
    })

    it.each<readonly [string, Partial<DiscordEmulatorOptions>, { token?: string; guild?: string }, string]>([
      ['without a token', {}, { token: '' }, 'The bot token'],
      ['with a wrong token', {}, { token: 'x' }, 'The bot token'],
      ['with an id that is none', {}, { guild: 'x' }, 'The server’s id'],
      ['where the bot is not', { bot: { isInstalled: false } }, {}, 'The bot is in the server'],
    ])('%s stops at what is missing', async (_what, more, off, what) => {
      const to = await run(more)
      expect(wrong(await discordDoctor(config(to, off)))).toEqual([expect.stringContaining(`${what}: `)])
    })

    it('says that nobody answers', async () => {
      const to = await run()
      await to.close()
      expect(wrong(await discordDoctor(config(to)))).toEqual([expect.stringContaining('The way to Discord: ')])
    })
  })
})
