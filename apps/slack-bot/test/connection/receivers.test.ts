import type { Invocation, Reply } from '@embargo/chat'
import { PersonId } from '@embargo/core'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackBot, SlackConfig } from '../../src/index.ts'
import { REQUEST_PATH, startSlackBot } from '../../src/index.ts'
import { card } from '../cards.ts'
import {
  ANA,
  APP_TOKEN,
  BOT_TOKEN,
  CASE,
  effect,
  EVE,
  policy,
  recordingLog,
  scriptedEngine,
  scriptedRouter,
  workspace,
} from '../workspace.ts'

const SECRET = 'signing-secret-of-the-test'
const done: Reply = { audience: 'caller', card: card({ title: 'Done' }) }

let slack: SlackEmulator
let bot: SlackBot
let channel = ''
let invocations: Invocation[]
let engine: ReturnType<typeof scriptedEngine>
let log: ReturnType<typeof recordingLog>

const start = async (config: Partial<SlackConfig>): Promise<SlackBot> => {
  const router = scriptedRouter(() => done)
  invocations = router.heard
  return startSlackBot({
    config: { appToken: APP_TOKEN, botToken: BOT_TOKEN, apiUrl: slack.apiUrl, ...config },
    policy,
    router,
    engine,
    log,
  })
}
const openChannel = async (): Promise<void> => {
  const opened = await bot.platform.openChannel({ effect: effect('e1/open'), name: 'sec-2026-0042', lookUp: false })
  channel = opened.channel
  await bot.platform.invite({ channel, people: [PersonId.parse('ana')] })
}
const ana = () => slack.person(ANA)
const answers = async () => (await (await ana().command('/ack', '', 'general')).shown()).ephemerals.length

beforeEach(async () => {
  channel = ''
  log = recordingLog()
  engine = scriptedEngine(() => channel)
  slack = await workspace({ timing: { ackMs: 2000, eventRetryMs: [0, 0] } })
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await slack.close()
})

describe('one socket', () => {
  beforeEach(async () => {
    bot = await start({ sockets: 1 })
  })

  it('is opened again at once when it breaks', async () => {
    slack.faults.dropSockets()
    await slack.until((state) => state.connections === 0)
    await slack.connected()
    expect(await answers()).toBe(1)
  })

  it.each(['warning', 'refresh_requested'] as const)('comes back when Slack says %s, and again', async (reason) => {
    for (let round = 0; round < 2; round += 1) {
      slack.faults.refreshSockets({ reason })
      await slack.until((state) => state.connections === 0)
      await slack.connected()
    }
    expect(await answers()).toBe(1)
  })

  it('is requested again until Slack grants a new socket', async () => {
    slack.faults.next('apps.connections.open', { kind: 'status', status: 500 })
    slack.faults.next('apps.connections.open', { kind: 'lose-answer' })
    slack.faults.dropSockets()
    await slack.until((state) => state.connections === 0)
    await slack.connected()
    expect(await answers()).toBe(1)
  })

  it('is closed when the bot is disposed, and stays closed', async () => {
    await bot[Symbol.asyncDispose]()
    await slack.until((state) => state.connections === 0)
    expect((await ana().command('/ack', '', 'general')).failure).toBe('dispatch_failed')
  })
})

describe('several sockets', () => {
  it('are two by default, and otherwise as many as the setting says', async () => {
    bot = await start({})
    await slack.connected({ sockets: 2 })
    await bot[Symbol.asyncDispose]()
    await slack.until((state) => state.connections === 0)
    bot = await start({ sockets: 10 })
    await slack.connected({ sockets: 10 })
    expect(slack.state.connections).toBe(10)
  })

  it('are ten at most, whatever the setting says', async () => {
    bot = await start({ sockets: 400 })
    await slack.connected({ sockets: 10 })
    expect(await answers()).toBe(1)
    expect(slack.state.connections).toBe(10)
  })

  it('answer every payload once, whatever socket it comes over', async () => {
    bot = await start({ sockets: 3 })
    await slack.connected({ sockets: 3 })
    for (let count = 0; count < 12; count += 1) expect(await answers()).toBe(1)
    expect(invocations).toHaveLength(12)
  })

  it('answer without interruption while one of them is renewed', async () => {
    bot = await start({ sockets: 2 })
    await slack.connected({ sockets: 2 })
    slack.faults.refreshSockets({ sockets: 1 })
    await slack.until((state) => state.connections === 1)
    expect(await answers()).toBe(1)
    await slack.connected({ sockets: 2 })
  })

  it('work as long as Slack grants one of them', async () => {
    const refused = { kind: 'error', error: 'too_many_websockets' } as const
    slack.faults.next('apps.connections.open', { kind: 'hang', ms: 0 })
    slack.faults.next('apps.connections.open', refused).times(1000)
    bot = await start({ sockets: 2 })
    expect(await answers()).toBe(1)
    expect(slack.state.connections).toBe(1)
  })
})

describe('an event', () => {
  it('is not acknowledged if its handling failed, and Slack sends it again', async () => {
    bot = await start({})
    await openChannel()
    engine.breaks(1)
    ana().invite(channel, EVE)
    await engine.asked
    expect(engine.attempts).toBe(2)
    expect(engine.handled).toMatchObject([{ request: { verb: 'notice-stranger', case: CASE, account: EVE } }])
  })

  it('is only one command to the engine even if it comes again after a restart', async () => {
    await slack.close()
    slack = await workspace({ timing: { ackMs: 2000, eventRetryMs: Array.from({ length: 100 }, () => 50) } })
    bot = await start({})
    await openChannel()
    const again = Promise.withResolvers<void>()
    slack.faults.loseNextAck()
    engine.onRepeated(() => again.resolve())
    ana().invite(channel, EVE)
    await engine.asked
    await bot[Symbol.asyncDispose]()
    bot = await start({})
    await again.promise
    // When the bot starts again, its check of the channels may report Eve too. No event of Slack causes that report, so
    // its command id begins differently.
    const events = engine.handled.filter(({ commandId }) => commandId.startsWith('slack:event:'))
    expect(events).toHaveLength(1)
  })
})

describe('over HTTP', () => {
  const at = (path = REQUEST_PATH) => `http://127.0.0.1:${bot.port}${path}`
  beforeEach(async () => {
    bot = await start({
      appToken: undefined,
      http: { signingSecret: SECRET, listen: { host: '127.0.0.1', port: 0 } },
    })
    await slack.deliverTo({ url: at(), signingSecret: SECRET })
  })

  it('answers the challenge, commands and forms, without a socket', async () => {
    expect(await answers()).toBe(1)
    const opened = await (await ana().command('/cvd', 'reply SEC-2026-0042', 'general')).shown()
    expect(await ana().submit(opened.view, { Text: 'thank you' })).toMatchObject({ result: 'closed' })
    expect(invocations.map((each) => each.verb)).toEqual(['ack', 'reply'])
    expect(slack.state.connections).toBe(0)
  })

  it('receives events, and receives an event again if its handling failed', async () => {
    await openChannel()
    engine.breaks(1)
    ana().invite(channel, EVE)
    await engine.asked
    expect(engine.attempts).toBe(2)
  })

  it('handles a payload once even if Slack delivers it twice', async () => {
    slack.faults.deliverTwice()
    expect(await answers()).toBe(1)
    await bot[Symbol.asyncDispose]()
    expect(invocations).toHaveLength(1)
  })

  it('does nothing for a sender who signs with another secret, and does not say why', async () => {
    await expect(slack.deliverTo({ url: at(), signingSecret: 'another' })).rejects.toThrow('401')
    const bare = await fetch(at(), { method: 'POST', body: '{"type":"url_verification","challenge":"x"}' })
    expect([bare.status, await bare.text()]).toEqual([401, ''])
    expect(invocations).toEqual([])
    expect(log.lines.join('\n')).toContain('"verdict":"unsigned"')
  })

  it.each([
    ['another path', 404, { path: '/' }],
    ['another method', 404, { method: 'GET' }],
    ['more than Slack ever sends', 413, { body: 'x'.repeat(2 * 1024 * 1024) }],
  ] as const)('takes nothing at %s', async (_what, status, request) => {
    const { path, ...init } = { path: REQUEST_PATH, method: 'POST', ...request }
    const answered = await fetch(at(path), init).then(
      (response) => response.status,
      () => 413,
    )
    expect(answered).toBe(status)
  })

  it('says which address is taken', async () => {
    const taken = start({ http: { signingSecret: SECRET, listen: { host: '127.0.0.1', port: bot.port ?? 0 } } })
    await expect(taken).rejects.toMatchObject({ code: 'address-taken' })
  })

  it('does not start without a secret', async () => {
    const open = start({ http: { signingSecret: '', listen: { host: '127.0.0.1', port: 0 } } })
    await expect(open).rejects.toMatchObject({ code: 'signing-secret-missing' })
  })
})

describe('a workspace of an organisation', () => {
  const inOrganisation = async (orgInstall: boolean): Promise<void> => {
    await slack.close()
    slack = await workspace({ enterprise: { id: 'E0ORG', orgInstall } })
  }

  it('works like any other: commands, forms, events', async () => {
    await inOrganisation(false)
    bot = await start({})
    expect(await answers()).toBe(1)
    const opened = await (await ana().command('/cvd', 'reply SEC-2026-0042', 'general')).shown()
    expect(await ana().submit(opened.view, { Text: 'thank you' })).toMatchObject({ result: 'closed' })
    await openChannel()
    ana().invite(channel, EVE)
    await engine.asked
    expect(engine.handled).toHaveLength(1)
  })

  it('is required: an app for the whole organisation does not start, and says what to do', async () => {
    bot = await start({})
    await bot[Symbol.asyncDispose]()
    await inOrganisation(true)
    await expect(start({})).rejects.toMatchObject({
      code: 'installed-org-wide',
      message: expect.stringContaining('Install the app in that workspace alone'),
    })
  })
})

describe('a payload of another workspace', () => {
  it('is acknowledged and ignored', async () => {
    bot = await start({})
    await slack.connected({ sockets: 2 })
    slack.faults.fromTeam('T0OTHER')
    const outcome = await ana().command('/ack', '', 'general')
    expect(outcome.failure).toBeUndefined()
    expect(await answers()).toBe(1)
    expect(invocations).toHaveLength(1)
  })
})
