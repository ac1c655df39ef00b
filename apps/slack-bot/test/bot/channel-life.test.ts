import type { Reply } from '@embargo/chat'
import { PersonId } from '@embargo/core'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackBot } from '../../src/index.ts'
import { startSlackBot } from '../../src/index.ts'
import { card } from '../cards.ts'
import type { ScriptedEngine } from '../workspace.ts'
import {
  ANA,
  APP_TOKEN,
  BEN,
  BOT_TOKEN,
  CASE,
  effect,
  EVE,
  GUEST,
  policy,
  recordingLog,
  scriptedEngine,
  scriptedRouter,
  workspace,
} from '../workspace.ts'

const done: Reply = { audience: 'caller', card: card({ title: 'Done' }) }

let slack: SlackEmulator
let bot: SlackBot
let engine: ScriptedEngine
let channel = ''
let elapsed = 0
let log: ReturnType<typeof recordingLog>

const start = () =>
  startSlackBot({
    config: { appToken: APP_TOKEN, botToken: BOT_TOKEN, apiUrl: slack.apiUrl },
    policy: { ...policy, policy: { ...policy.policy, groups: { team: { slack: 'S0TEAM' } } } },
    router: scriptedRouter(() => done),
    engine,
    log,
    monotonicMs: () => elapsed,
  })
const boot = async (options: Parameters<typeof workspace>[0] = {}): Promise<void> => {
  channel = ''
  log = recordingLog()
  engine = scriptedEngine(() => channel)
  slack = await workspace({
    timing: { ackMs: 2000, eventRetryMs: [0, 0] },
    userGroups: [{ id: 'S0TEAM', handle: 'team', users: [ANA, BEN] }],
    ...options,
  })
  bot = await start()
  const opened = await bot.platform.openChannel({ effect: effect('e1/open'), name: 'sec-2026-0042', lookUp: false })
  channel = opened.channel
  await bot.platform.invite({ channel, people: [PersonId.parse('ana')] })
  // The members of the mapped group, told at the start.
  await engine.carriedOut(1)
  engine.forget()
}
beforeEach(() => boot())
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await slack.close()
})

const ana = () => slack.person(ANA)
const heard = async (count = 1) => (await engine.carriedOut(count)).map(({ request }) => request)
const notice = (more: object) => ({ verb: 'notice-channel', case: CASE, platform: 'slack', channel, ...more })
const stranger = (account: string, more: { readonly left?: true } = {}) => ({
  verb: 'notice-stranger',
  case: CASE,
  platform: 'slack',
  channel,
  account,
  ...more,
})
const person = (more: { readonly back?: true } = {}) => ({
  verb: 'notice-person',
  case: CASE,
  platform: 'slack',
  channel,
  person: 'ana',
  ...more,
})
/** Everything that was sent before has been handled. */
const settled = async (): Promise<void> => {
  await (await ana().command('/ack', '', 'general')).shown()
}

describe('what people do to the channel of a case', () => {
  it.each([
    ['renaming', () => ana().rename(channel, 'juicy-hole'), { what: 'renamed', name: 'juicy-hole' }],
    ['archiving', () => ana().archive(channel), { what: 'archived' }],
    ['deleting', () => ana().deleteChannel(channel), { what: 'deleted' }],
    ['putting the app out', () => ana().putOut(channel, 'U0EMBARGO'), { what: 'bot-removed' }],
    ['sharing it', () => ana().share(channel), { what: 'exposed' }],
  ])('is told to core: %s', async (_what, act, told) => {
    act()
    expect(await heard()).toEqual([notice(told)])
    expect(engine.handled[0]?.commandId).toMatch(/^slack:event:Ev/)
  })

  it('is told once, however often Slack says so, and again when the way back is found', async () => {
    slack.faults.deliverTwice()
    ana().archive(channel)
    await heard()
    engine.knows({ gone: 'archived' })
    ana().unarchive(channel)
    expect(await heard(2)).toEqual([notice({ what: 'archived' }), notice({ what: 'unarchived' })])
  })

  it('is nobody’s business in other channels, and not where we did it', async () => {
    await bot.platform.archiveChannel({ channel })
    slack.person(BEN).leave('general')
    await settled()
    expect(engine.handled).toEqual([])
  })
})

describe('a channel that Slack does not show us', () => {
  it.each([
    ['deleted', () => ana().deleteChannel(channel)],
    ['without us', () => ana().putOut(channel, 'U0EMBARGO')],
  ])('is not called deleted by a post that comes before the event: it may be %s', async (_what, act) => {
    slack = await replaced({ events: [] })
    act()
    const post = bot.platform.post({ effect: effect('p1'), channel, card: card(), pin: false, lookUp: false })
    await expect(post).rejects.toMatchObject({ code: 'refused', gone: 'out-of-reach' })
  })
})

describe('who comes into the channel of a case', () => {
  it('is announced when they are not on the case', async () => {
    ana().invite(channel, EVE)
    ana().invite(channel, BEN)
    const told = await heard(2)
    expect(told).toHaveLength(2)
    expect(told).toEqual(expect.arrayContaining([stranger(EVE), stranger(BEN)]))
    await settled()
    expect(slack.state.channels.get(channel)?.members.has(EVE)).toBe(true)
  })

  it('is announced and put out at once when they are a guest', async () => {
    ana().invite(channel, GUEST)
    expect(await heard()).toEqual([stranger(GUEST)])
    await slack.until((state) => state.channels.get(channel)?.members.has(GUEST) === false)
  })

  it.each([
    ['does not let us put them out', 'conversations.kick', { kind: 'error', error: 'restricted_action' }],
    ['does not say that they are one', 'users.info', { kind: 'status', status: 500 }],
  ] as const)('is announced when Slack %s, and put out by the next look', async (_what, method, fault) => {
    slack.faults.next(method, fault)
    ana().invite(channel, GUEST)
    expect(await heard()).toEqual([stranger(GUEST)])
    await bot[Symbol.asyncDispose]()
    expect(log.lines.join('\n')).toContain('a guest could not be put out')
    bot = await start()
    await slack.until((state) => state.channels.get(channel)?.members.has(GUEST) === false)
  })
})

describe('who leaves the channel of a case', () => {
  it('is told to core when they are on the case, once, and again when they are back', async () => {
    ana().invite(channel, BEN)
    await heard()
    slack.faults.deliverTwice()
    ana().leave(channel)
    await heard(2)
    engine.knows({ missing: [PersonId.parse('ana')] })
    slack.person(BEN).invite(channel, ANA)
    expect(await heard(3)).toEqual([stranger(BEN), person(), person({ back: true })])
    await settled()
    expect(engine.handled).toHaveLength(3)
  })

  it('is told all the same where the database was busy: Slack tells it again', async () => {
    ana().invite(channel, BEN)
    await heard()
    engine.breaks(1)
    ana().leave(channel)
    expect(await heard(2)).toEqual([stranger(BEN), person()])
  })

  it('is a stranger who left when they are not on the case', async () => {
    ana().invite(channel, EVE)
    await heard()
    slack.person(EVE).leave(channel)
    expect(await heard(2)).toEqual([stranger(EVE), stranger(EVE, { left: true })])
  })
})

describe('a channel that others may read', () => {
  const posts = (id: string): Promise<unknown> =>
    bot.platform.post({ effect: effect(id), channel, card: card(), pin: false, lookUp: false })

  it.each([
    ['shared', () => ana().share(channel)],
    ['public', () => ana().makePublic(channel)],
  ])('gets nothing more when it is %s, and core is told', async (_how, act) => {
    slack = await replaced({ events: [] })
    act()
    await expect(posts('p1')).rejects.toMatchObject({ code: 'rate-limited' })
    expect(await heard()).toEqual([notice({ what: 'exposed' })])
    expect(slack.state.messagesIn(channel)).toEqual([])
  })

  it('gets what core still says there, which knows of it', async () => {
    ana().share(channel)
    await heard()
    engine.knows({ exposed: engine.now() })
    await posts('the announcement')
    expect(slack.state.messagesIn(channel)).toHaveLength(1)
  })

  it('is refused again when somebody said that it is all right, and it is not', async () => {
    ana().share(channel)
    await heard()
    await expect(posts('p1')).rejects.toMatchObject({ code: 'rate-limited' })
    ana().unshare(channel)
    await posts('p2')
    expect(slack.state.messagesIn(channel)).toHaveLength(1)
  })
})

describe('what happened while nobody listened', () => {
  // An event that nobody took is not told again here: it would come to who listens next.
  beforeEach(async () => {
    slack = await replaced({ timing: { ackMs: 2000, eventRetryMs: [] } })
  })
  const meanwhile = async (act: () => void): Promise<void> => {
    await bot[Symbol.asyncDispose]()
    act()
    engine.passes(60_000)
    bot = await start()
  }
  // The group is looked at in every start.
  const found = async (count: number) => (await heard(count + 1)).filter(({ verb }) => verb !== 'notice-members')

  it.each([
    ['renamed', () => ana().rename(channel, 'other'), { what: 'renamed', name: 'other' }],
    ['archived', () => ana().archive(channel), { what: 'archived' }],
    ['deleted', () => ana().deleteChannel(channel), { what: 'out-of-reach' }],
    ['the app put out', () => ana().putOut(channel, 'U0EMBARGO'), { what: 'out-of-reach' }],
    ['shared', () => ana().share(channel), { what: 'exposed' }],
    ['made public', () => ana().makePublic(channel), { what: 'exposed' }],
  ])('is found at the start: %s', async (_what, act, told) => {
    await meanwhile(act)
    expect(await found(1)).toEqual([notice(told)])
  })

  it('is found at the start: somebody came in', async () => {
    await meanwhile(() => ana().invite(channel, EVE))
    expect(await found(1)).toEqual([stranger(EVE)])
  })

  it('is found at the start: somebody who was put out came in again', async () => {
    ana().invite(channel, EVE)
    await heard()
    ana().putOut(channel, EVE)
    await heard(2)
    await meanwhile(() => ana().invite(channel, EVE))
    expect(await found(3)).toEqual([stranger(EVE), stranger(EVE, { left: true }), stranger(EVE)])
  })

  it('is found at the start: a stranger left, and one who stays is not told again', async () => {
    ana().invite(channel, EVE)
    ana().invite(channel, BEN)
    await heard(2)
    await meanwhile(() => slack.person(EVE).leave(channel))
    expect((await found(3)).slice(2)).toEqual([stranger(EVE, { left: true })])
  })

  it('is found at the start: somebody of the case left, until they are back', async () => {
    ana().invite(channel, BEN)
    await heard()
    await meanwhile(() => ana().leave(channel))
    expect((await found(2)).slice(1)).toEqual([person()])
    engine.knows({ missing: [PersonId.parse('ana')] })
    await meanwhile(() => slack.person(BEN).invite(channel, ANA))
    await heard(5)
    expect(engine.handled.map(({ request }) => request).filter(({ verb }) => verb === 'notice-person')).toEqual([
      person(),
      person({ back: true }),
    ])
  })

  it('is found at the start: a guest, who is put out', async () => {
    await meanwhile(() => ana().invite(channel, GUEST))
    await slack.until((state) => state.channels.get(channel)?.members.has(GUEST) === false)
    expect((await found(1))[0]).toEqual(stranger(GUEST))
  })

  it.each([
    ['looked for after a silence in which Slack gave up telling', 5 * 60_000, 1],
    ['not looked for after a short one: Slack tells it again', 5 * 60_000 - 1, 0],
  ])('is %s', async (_what, silence, looks) => {
    await slack.connected({ sockets: 2 })
    slack.faults.next('apps.connections.open', { kind: 'status', status: 500 }).times(2)
    const before = slack.state.requests.length
    slack.faults.dropSockets()
    // Both have noticed.
    const tries = () => slack.state.requests.slice(before).filter(({ outcome }) => outcome === 'status 500').length
    await slack.until(() => tries() === 2)
    elapsed += silence
    await slack.connected({ sockets: 2 })
    await settled()
    await bot[Symbol.asyncDispose]()
    const asked = slack.state.requests.slice(before).filter(({ method }) => method === 'conversations.members')
    expect(asked).toHaveLength(looks)
  })

  it('is looked for as slowly as Slack asks', async () => {
    await meanwhile(() => {
      ana().archive(channel)
      slack.faults.next('conversations.info', { kind: 'rate-limited', retryAfterSeconds: 0 })
    })
    expect(await found(1)).toEqual([notice({ what: 'archived' })])
  })
})

describe('what no event tells of', () => {
  it.each([
    ['over Socket Mode', {}],
    ['over HTTP', { http: { signingSecret: 'not asked for here', listen: { host: '127.0.0.1', port: 0 } } }],
  ])(
    'is found by a regular look: a quiet channel is made public, %s',
    async (_how, more) => {
      await bot[Symbol.asyncDispose]()
      bot = await startSlackBot({
        config: { appToken: APP_TOKEN, botToken: BOT_TOKEN, apiUrl: slack.apiUrl, ...more },
        policy,
        router: scriptedRouter(() => done),
        engine,
        log,
        lookAgainMs: 20,
      })
      const before = slack.state.requests.length
      const looks = () =>
        slack.state.requests.slice(before).filter(({ method }) => method === 'conversations.info').length
      await slack.until(() => looks() > 0)
      expect(engine.handled).toEqual([])
      ana().makePublic(channel)
      expect(await heard()).toEqual([notice({ what: 'exposed' })])
    },
    20_000,
  )
})

describe('a user group that the policy maps to a role', () => {
  const members = (...people: readonly (readonly [string, string])[]) => ({
    verb: 'notice-members',
    stream: 'PEOPLE',
    platform: 'slack',
    role: 'team',
    members: people.map(([account, name]) => ({ account, name })),
  })

  it('is told at the start, and whenever it changes', async () => {
    ana().setGroup('S0TEAM', [BEN])
    expect(await heard()).toEqual([members([BEN, 'ben'])])
    ana().setGroup('S0TEAM', [])
    expect(await heard(2)).toEqual([members([BEN, 'ben']), members()])
  })

  it('gives its role to full members of the workspace alone, and says who else is in it', async () => {
    const outsiders = [
      ['UCONNECT', 'cora', { isStranger: true }, 'other-organisation'],
      ['UBOTTOM', 'robo', { isBot: true }, 'bot'],
      ['UGONE', 'gone', { isDeleted: true }, 'deactivated'],
      ['UVISIT', 'vic', { isGuest: true }, 'guest'],
    ] as const
    await replaced({
      users: [
        { id: ANA, name: 'ana' },
        { id: BEN, name: 'ben' },
        ...outsiders.map(([id, name, is]) => ({ id, name, ...is })),
      ],
    })
    ana().setGroup('S0TEAM', [BEN, ...outsiders.map(([id]) => id), 'U0NOBODY'])
    expect(await heard()).toEqual([
      {
        ...members([BEN, 'ben']),
        outsiders: [
          ...outsiders.map(([account, name, , is]) => ({ account, name, is })),
          { account: 'U0NOBODY', name: 'U0NOBODY', is: 'other-organisation' },
        ],
      },
    ])
  })

  it('is not told when another group changes', async () => {
    slack = await replaced({
      userGroups: [
        { id: 'S0TEAM', handle: 'team', users: [] },
        { id: 'S0OTHER', handle: 'other', users: [] },
      ],
    })
    ana().setGroup('S0OTHER', [EVE])
    await settled()
    expect(engine.handled).toEqual([])
  })

  it('keeps who was known while Slack does not say', async () => {
    slack.faults.next('usergroups.users.list', { kind: 'status', status: 500 })
    await bot[Symbol.asyncDispose]()
    bot = await start()
    await bot[Symbol.asyncDispose]()
    expect(engine.handled).toEqual([])
    expect(log.lines.join('\n')).toContain('the members of a user group are not known')
  })

  it('that is not there has nobody in it, and that is said in the log', async () => {
    slack = await replaced({ userGroups: [] })
    expect(engine.told).toEqual([members()])
    const said = log.lines.filter((line) => line.includes('maps a user group that Slack does not have'))
    expect(said).toEqual([expect.stringMatching(/^warn .*"role":"team","group":"S0TEAM"/)])
  })
})

const replaced = async (options: Parameters<typeof workspace>[0]): Promise<SlackEmulator> => {
  await bot[Symbol.asyncDispose]()
  await slack.close()
  await boot(options)
  return slack
}
