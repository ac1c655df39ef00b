import type { DiscordEmulator, DiscordFault } from '@embargo/emulator-discord'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DiscordBot } from '../../src/index.ts'
import { discordDoctor, DiscordSetupError, startDiscordBot } from '../../src/index.ts'
import { card } from '../cards.ts'
import { GUILD, policy, recordingLog, scriptedEngine, scriptedRouter, server, TOKEN } from '../server.ts'

const LIST = 'list_guild_application_commands'
const REGISTER = 'bulk_set_guild_application_commands'

describe('a start that Discord refuses', () => {
  let discord: DiscordEmulator
  let bot: DiscordBot | undefined
  const log = recordingLog()
  const config = () => ({ token: TOKEN, guild: GUILD, apiUrl: discord.apiUrl })
  const start = () =>
    startDiscordBot({
      config: config(),
      policy,
      router: scriptedRouter(() => ({ audience: 'caller', card: card() })),
      engine: scriptedEngine(() => ({ channel: '', name: '' })),
      log,
      sleep: async () => {},
    })
  const problem = async (): Promise<DiscordSetupError> => {
    const error = await start().then(
      () => undefined,
      (why: unknown) => why,
    )
    if (error instanceof DiscordSetupError) return error
    throw new Error('it did not end with a DiscordSetupError', { cause: error })
  }
  beforeEach(async () => {
    discord = await server()
  })
  afterEach(async () => {
    await bot?.[Symbol.asyncDispose]()
    bot = undefined
    await discord.close()
  })

  it.each<readonly [string, string, DiscordFault, DiscordSetupError['code'], string]>([
    [
      'an invite without commands',
      LIST,
      { kind: 'error', error: 'missingAccess' },
      'refused',
      'invited without its commands',
    ],
    [
      'too many new commands in a day',
      REGISTER,
      { kind: 'error', error: 'commandsDaily' },
      'refused',
      '200 new commands a day',
    ],
    ['a wait', REGISTER, { kind: 'rate-limited', retryAfterSeconds: 30 }, 'unreachable', 'asked Embargo to slow down'],
    ['a failure of Discord’s at the commands', LIST, { kind: 'status', status: 503 }, 'unreachable', 'answered 503'],
    [
      'a failure of Discord’s at the server',
      'get_guild',
      { kind: 'status', status: 503 },
      'unreachable',
      'answered 503',
    ],
    ['a wait at the server', 'get_guild', { kind: 'rate-limited', retryAfterSeconds: 30 }, 'unreachable', 'slow down'],
  ])('by %s says so, and blames no network', async (_what, method, fault, code, words) => {
    discord.faults.next(method, fault)
    const error = await problem()
    expect(error).toMatchObject({ code, isFixable: true, message: expect.stringContaining(words) })
    expect(error.message).not.toMatch(/check the network|proxy/i)
  })

  it('is said by the doctor in the same words', async () => {
    discord.faults.next('get_guild', { kind: 'status', status: 503 })
    expect(await discordDoctor(config())).toEqual([
      { what: 'The way to Discord', ok: false, todo: expect.stringMatching(/answered 503.*status\.discord\.com/) },
    ])
  })

  it('when the bot is invited again is tried again until its commands are there', async () => {
    bot = await start()
    discord.admin.kickBot()
    discord.faults.next(REGISTER, { kind: 'status', status: 503 }).times(2)
    discord.admin.inviteBot()
    await discord.until((state) => state.commands.length > 0)
    const lines = log.lines.filter((line) => line.includes('the commands could not be registered'))
    expect(lines).toEqual([expect.stringContaining('answered 503'), expect.stringContaining('answered 503')])
  })
})
