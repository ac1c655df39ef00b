import { Role } from '@embargo/core'
import type { Command, RoleName } from '@embargo/core'
import type { Sleep } from '@embargo/engine'
import type { DiscordEmulator, DiscordEmulatorOptions } from '@embargo/emulator-discord'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { DiscordBot, DiscordBotOptions } from '../../src/index.ts'
import { startDiscordBot } from '../../src/index.ts'
import { card } from '../cards.ts'
import {
  ANA,
  BEN,
  CASE,
  EVE,
  GUILD,
  HELPERS,
  OWNER,
  policy,
  recordingLog,
  scriptedEngine,
  scriptedRouter,
  server,
  TOKEN,
} from '../server.ts'

const [MAINTAINERS, RELEASERS] = ['300000000000000002', '300000000000000003']
const FIRST = 200_000_000_000_000_000n
const ROLES = [HELPERS, MAINTAINERS, RELEASERS].map((id) => ({ id, name: `role-${id.slice(-1)}` }))
const CHANNEL = '400000000000000001'
const FORMER = '400000000000000002'

/**
 * Discord lists at most a thousand members in one call, and allows ten such calls in ten seconds:
 * https://docs.discord.com/developers/resources/guild#list-guild-members
 */
describe('in a large server', () => {
  let discord: DiscordEmulator
  let bot: DiscordBot
  let engine: ReturnType<typeof scriptedEngine>
  const log = recordingLog()

  const members = (count: number, last: readonly string[]) => [
    { id: OWNER, username: 'owner' },
    { id: ANA, username: 'ana' },
    { id: BEN, username: 'ben' },
    { id: EVE, username: 'eve' },
    ...Array.from({ length: count - 5 }, (_, nth) => ({ id: String(FIRST + BigInt(nth)), username: `m${nth}` })),
    { id: String(FIRST + BigInt(count)), username: 'last', roles: last },
  ]
  const run = async (more: Partial<DiscordEmulatorOptions>) => {
    discord = await server({ roles: ROLES, ...more })
    engine = scriptedEngine(() => ({ channel: '', name: '' }))
  }
  const start = async (groups: Partial<Record<RoleName, string>>, more: Partial<DiscordBotOptions> = {}) => {
    const mapped = Role.options.flatMap((role) => {
      const group = groups[role]
      return group === undefined ? [] : [{ platform: 'discord' as const, group, role }]
    })
    bot = await startDiscordBot({
      config: { token: TOKEN, guild: GUILD, apiUrl: discord.apiUrl },
      policy: { ...policy, policy: { ...policy.policy, groups: mapped } },
      router: scriptedRouter(() => ({ audience: 'caller', card: card({ title: 'Done' }) })),
      engine,
      log,
      ...more,
    })
  }
  const told = (): readonly Command['request'][] => engine.handled.map(({ request }) => request)
  const named = () =>
    told().flatMap((each) =>
      each.verb === 'notice-members' ? [[each.role, each.members.map(({ name }) => name)]] : [],
    )
  const pages = () => discord.state.requests.filter(({ method }) => method === 'list_guild_members').length

  afterEach(async () => {
    await bot[Symbol.asyncDispose]()
    await discord.close()
  })

  it('all roles that the policy maps are checked at once', async () => {
    await run({ members: members(4501, [HELPERS, RELEASERS]), limits: { speed: 1 } })
    await start({ team: HELPERS, maintainer: MAINTAINERS, releaser: RELEASERS })
    await engine.told(3)
    expect([named(), pages()]).toEqual([
      [
        ['team', ['last']],
        ['maintainer', []],
        ['releaser', ['last']],
      ],
      5,
    ])
  })

  it('more is waited for than Discord says at once', async () => {
    await run({ members: members(10_501, [HELPERS]), limits: { speed: 4 } })
    await start({ team: HELPERS })
    await engine.told(1)
    expect([named(), pages()]).toEqual([[['team', ['last']]], 11])
  }, 30_000)

  it('a person who loses a role while all members are listed does not get it back', async () => {
    await run({})
    discord.admin.giveRole(BEN, HELPERS)
    discord.admin.giveRole(EVE, HELPERS)
    discord.faults.next('list_guild_members', { kind: 'hang', ms: 300 })
    await start({ team: HELPERS })
    await discord.until(() => pages() > 0)
    discord.admin.takeRole(BEN, HELPERS)
    discord.admin.leave(EVE)
    discord.admin.giveRole(ANA, HELPERS)
    await engine.told(4)
    expect(named()).toEqual([['team', ['ana']]])
  })

  describe('if a role is let into the channel of a case', () => {
    /** Delays the bot until the test lets it continue. */
    let waiting = Promise.withResolvers<void>()
    const sleep: Sleep = () => waiting.promise
    const prepare = async (channels: NonNullable<DiscordEmulatorOptions['channels']>) => {
      waiting = Promise.withResolvers<void>()
      await run({
        channels,
        members: members(20, []).map((each) => ({
          ...each,
          roles: each.id > EVE && each.id !== OWNER ? [HELPERS] : [],
        })),
      })
      engine = scriptedEngine(() => ({ channel: CHANNEL, name: 'sec' }))
      vi.spyOn(engine.queries, 'caseByChannel').mockImplementation(async (_platform, id) =>
        [CHANNEL, FORMER].includes(id) ? CASE : undefined,
      )
      discord.faults.next('list_guild_members', { kind: 'status', status: 503 })
    }
    const closed = (
      id: string,
      more: NonNullable<NonNullable<DiscordEmulatorOptions['channels']>[number]['overwrites']>,
    ) => ({
      id,
      name: 'sec',
      overwrites: [{ id: GUILD, type: 'role' as const, deny: ['VIEW_CHANNEL' as const] }, ...more],
    })
    const letIn = (id: string, type: 'role' | 'member') => ({ id, type, allow: ['VIEW_CHANNEL' as const] })
    const of = (channel: string) => ({ case: CASE, platform: 'discord', channel })

    it('who is let in by name is announced although Discord does not say who has it, and that is asked again', async () => {
      await prepare([closed(CHANNEL, [letIn(HELPERS, 'role'), letIn(EVE, 'member')])])
      await start({}, { sleep })
      await engine.told(1)
      expect(told()).toEqual([{ verb: 'notice-stranger', ...of(CHANNEL), account: EVE }])
      waiting.resolve()
      await engine.told(2)
      expect(told()[1]).toEqual({ verb: 'notice-channel', ...of(CHANNEL), what: 'exposed' })
    })

    it('other channels are checked nevertheless', async () => {
      await prepare([closed(FORMER, [letIn(HELPERS, 'role')]), closed(CHANNEL, [letIn(EVE, 'member')])])
      await start({}, { sleep })
      await engine.told(1)
      expect(told()).toEqual([{ verb: 'notice-stranger', ...of(CHANNEL), account: EVE }])
    })

    it('all members are requested in one call', async () => {
      await prepare([closed(FORMER, [letIn(HELPERS, 'role')]), closed(CHANNEL, [letIn(HELPERS, 'role')])])
      await start({}, { sleep })
      await discord.until(() => pages() === 1)
      waiting.resolve()
      await engine.told(2)
      expect(pages()).toBe(2)
    })
  })
})
