import type { PolicyInForce } from '@embargo/core'
import type { DiscordEmulator } from '@embargo/emulator-discord'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DiscordBot } from '../../src/index.ts'
import { startDiscordBot } from '../../src/index.ts'
import { card } from '../cards.ts'
import {
  BEN,
  EVE,
  GUILD,
  HELPERS,
  policy,
  recordingLog,
  scriptedEngine,
  scriptedRouter,
  server,
  TOKEN,
} from '../server.ts'

const OTHERS = '300000000000000002'
const givingTeam = (group: string): PolicyInForce => ({
  ...policy,
  policy: { ...policy.policy, groups: [{ platform: 'discord', group, role: 'team' }] },
})
const withGroups = givingTeam(HELPERS)

describe('a role of the server that the policy maps', () => {
  let discord: DiscordEmulator
  let bot: DiscordBot
  let engine: ReturnType<typeof scriptedEngine>
  const log = recordingLog()
  const start = async (inForce: typeof policy = withGroups) => {
    engine = scriptedEngine(() => ({ channel: '', name: '' }))
    bot = await startDiscordBot({
      config: { token: TOKEN, guild: GUILD, apiUrl: discord.apiUrl },
      policy: inForce,
      router: scriptedRouter(() => ({ audience: 'caller', card: card({ title: 'Done' }) })),
      engine,
      log,
    })
  }
  const told = () => engine.handled.map(({ request }) => request).filter(({ verb }) => verb.startsWith('notice-member'))

  beforeEach(async () => {
    discord = await server()
    discord.admin.createRole({ id: OTHERS, name: 'others' })
  })
  afterEach(async () => {
    await bot[Symbol.asyncDispose]()
    await discord.close()
  })

  it('has its members reported at the start, by their names in the server', async () => {
    discord.admin.giveRole(EVE, HELPERS)
    await start()
    await engine.told(1)
    expect(told()).toEqual([
      {
        verb: 'notice-members',
        stream: 'PEOPLE',
        platform: 'discord',
        role: 'team',
        members: [{ account: EVE, name: 'eve' }],
      },
    ])
    expect(engine.handled[0]?.actor).toEqual({ kind: 'system', part: 'chat' })
  })

  it('has members reported who get it, lose it, or leave the server', async () => {
    await start()
    await engine.told(1)
    discord.admin.giveRole(BEN, HELPERS)
    await engine.told(2)
    discord.admin.takeRole(BEN, HELPERS)
    await engine.told(3)
    discord.admin.leave(BEN)
    await engine.told(4)
    const one = (roles: readonly string[]) => ({
      verb: 'notice-member',
      stream: 'PEOPLE',
      platform: 'discord',
      account: BEN,
      name: 'ben',
      roles,
    })
    expect(told().slice(1)).toEqual([one(['team']), one([]), one([])])
  })

  it('counts only for full members of the server, and anyone else who has it is reported', async () => {
    const [pending, guest, robot] = ['500000000000000001', '500000000000000002', '500000000000000003']
    discord.admin.giveRole(EVE, HELPERS)
    discord.admin.join({ id: pending, username: 'pia', roles: [HELPERS], isPending: true })
    discord.admin.join({ id: robot, username: 'robo', roles: [HELPERS], isBot: true })
    await start()
    await engine.told(1)
    expect(told()).toMatchObject([
      {
        members: [{ account: EVE, name: 'eve' }],
        outsiders: [
          { account: pending, name: 'pia', is: 'not-admitted' },
          { account: robot, name: 'robo', is: 'bot' },
        ],
      },
    ])
    discord.admin.join({ id: guest, username: 'gus', roles: [HELPERS], isGuest: true })
    await engine.told(2)
    expect(told()[1]).toMatchObject({ verb: 'notice-member', account: guest, roles: [] })
  })

  it('is reported as missing if the server has no role with that id', async () => {
    const group = '300000000000000777'
    await start(givingTeam(group))
    await engine.told(1)
    const [line, ...more] = log.lines.filter((each) => each.includes('maps a Discord role that does not exist'))
    expect([line, more]).toEqual([expect.stringMatching(/^warn .*"role":"team","group":"300000000000000777"/), []])
  })

  it('causes no request if the policy maps no role', async () => {
    discord.admin.giveRole(EVE, HELPERS)
    await start(policy)
    discord.admin.giveRole(BEN, HELPERS)
    await bot[Symbol.asyncDispose]()
    expect(told()).toEqual([])
  })
})
