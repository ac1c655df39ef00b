import type { Log } from '@embargo/engine'
import type { DiscordEmulator, DiscordEmulatorOptions } from '@embargo/emulator-discord'
import { afterEach, describe, expect, it } from 'vitest'
import { checkDiscord, discordInvite, DiscordSetupError, inviteLink, startDiscordBot } from '../../src/index.ts'
import { card } from '../cards.ts'
import { GUILD, policy, recordingLog, scriptedEngine, scriptedRouter, server, TOKEN } from '../server.ts'

/** The twelve needed permissions, without Administrator. */
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

  it('succeeds when nothing is missing', async () => {
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
    ['an invalid id', {}, { guild: 'my server' }, 'guild-malformed', ['Developer Mode', 'Copy Server ID']],
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
  it.each(table)('with %s says which setting to change', async (_what, more, wrong, code, words) => {
    const to = await run(more)
    for (const error of [await problem(checkDiscord(config(to, wrong))), await problem(start(to, wrong))]) {
      expect(error.code).toBe(code)
      for (const each of words) expect(error.message).toContain(each)
      expect(JSON.stringify([error, error.message, error.stack])).not.toContain(
        wrong.token === '' ? TOKEN : (wrong.token ?? TOKEN),
      )
    }
  })

  it('says that Discord cannot be reached', async () => {
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
    /**
     * Starts a bot. `broke` resolves when the bot notices that its connection broke, and `back` when it is connected
     * again.
     */
    const noticing = async (to: DiscordEmulator) => {
      const broke = Promise.withResolvers<void>()
      const back = Promise.withResolvers<void>()
      const log = {
        ...recordingLog(),
        warn: () => broke.resolve(),
        info: (message: string) => message.endsWith('again') && back.resolve(),
      }
      return { bot: await start(to, { log }), broke: broke.promise, back: back.promise }
    }
    /**
     * Waits until another bot has reconnected, and returns the number of connections. If the stopped bot wrongly
     * reconnects too, it is connected by then.
     */
    const connectionsOnceAnotherIsBack = async (to: DiscordEmulator) => {
      const { bot, back } = await noticing(to)
      await using _bot = bot
      to.faults.refreshSockets()
      await back
      return to.state.connections
    }

    it('does not reconnect, even if Discord told it to', async () => {
      const to = await run()
      const { bot, broke } = await noticing(to)
      to.faults.refreshSockets()
      await broke
      await bot[Symbol.asyncDispose]()
      expect(await connectionsOnceAnotherIsBack(to)).toBe(1)
    })

    it('does not reconnect, even after the gateway was away', async () => {
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

  it('does not report a failure of Discord as a wrong setting', async () => {
    const to = await run()
    to.faults.next('get_my_application', { kind: 'status', status: 500 })
    expect((await problem(checkDiscord(config(to)))).code).toBe('unreachable')
  })

  it('is invited with only the permissions that it needs, and never as an administrator', async () => {
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
})
