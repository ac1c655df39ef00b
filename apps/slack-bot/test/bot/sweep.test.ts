import type { Reply } from '@embargo/chat'
import { PersonId } from '@embargo/core'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackBot, SlackBotOptions } from '../../src/index.ts'
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

const start = async (more: Partial<SlackBotOptions> = {}): Promise<void> => {
  bot = await startSlackBot({
    config: { appToken: APP_TOKEN, botToken: BOT_TOKEN, apiUrl: slack.apiUrl },
    policy,
    router: scriptedRouter(() => done),
    engine,
    log: recordingLog(),
    ...more,
  })
}
const stop = async (): Promise<void> => {
  await bot[Symbol.asyncDispose]()
  engine.passes(60_000)
}
beforeEach(async () => {
  channel = ''
  engine = scriptedEngine(() => channel)
  slack = await workspace({ timing: { ackMs: 2000, eventRetryMs: [0, 0] } })
  await start()
  const opened = await bot.platform.openChannel({ effect: effect('e1/open'), name: 'sec-2026-0042', lookUp: false })
  channel = opened.channel
  await bot.platform.invite({ channel, people: [PersonId.parse('ana')] })
})
afterEach(async () => {
  await bot[Symbol.asyncDispose]()
  await slack.close()
})

const ana = () => slack.person(ANA)
const heard = async (count = 1) => (await engine.carriedOut(count)).map(({ request }) => request)
const notice = (more: object) => ({ verb: 'notice-channel', case: CASE, platform: 'slack', channel, ...more })
const stranger = (account: string) => ({ verb: 'notice-stranger', case: CASE, platform: 'slack', channel, account })
/** Everything that was sent before has been handled. */
const settled = async (): Promise<void> => {
  await (await ana().command('/ack', '', 'general')).shown()
}

describe('channels in which nothing more is said', () => {
  /** Another channel takes its place; whoever was in the first can read there still. */
  const replaced = async (): Promise<string> => {
    const former = channel
    const next = await bot.platform.openChannel({ effect: effect('e2/open'), name: 'sec-2026-0042-2', lookUp: false })
    channel = next.channel
    await bot.platform.invite({ channel, people: [PersonId.parse('ana')] })
    engine.knows({ name: 'sec-2026-0042-2', former: [{ channel: former }] })
    return former
  }

  it.each([
    ['somebody makes it public', () => ana().makePublic(channel), () => notice({ what: 'exposed' })],
    ['somebody deleted it', () => ana().deleteChannel(channel), () => notice({ what: 'out-of-reach' })],
    ['somebody is in it', () => ana().invite(channel, EVE), () => stranger(EVE)],
  ])('are looked at once their case is over: %s', async (_what, act, told) => {
    engine.closes()
    await stop()
    act()
    await start()
    expect(await heard()).toEqual([told()])
  })

  it.each([
    ['somebody makes it public', () => ana().makePublic(channel), () => notice({ what: 'exposed' })],
    ['somebody is in it', () => ana().invite(channel, EVE), () => stranger(EVE)],
  ])('are looked at while their archiving waits for a person: %s', async (_what, act, told) => {
    engine.closes()
    engine.knows({ gone: 'closed' })
    await stop()
    act()
    await start()
    expect(await heard()).toEqual([told()])
  })

  it.each([
    ['somebody renames them', () => ana().rename(channel, 'old-things'), 'conversations.members'],
    ['somebody archives them', () => ana().archive(channel), 'conversations.info'],
    ['we are put out of them', () => ana().putOut(channel, 'U0EMBARGO'), 'conversations.info'],
  ])('are said nothing of while we archive them, where %s', async (_what, act, lastAsked) => {
    engine.closes()
    engine.knows({ gone: 'closed' })
    await stop()
    act()
    const before = slack.state.requests.length
    await start()
    await slack.until(({ requests }) => requests.slice(before).some(({ method }) => method === lastAsked))
    await settled()
    // An event that Slack sends again may say it; then the core knows that we close it.
    expect(engine.handled.filter(({ commandId }) => commandId.startsWith('slack:found:'))).toEqual([])
  })

  it('are looked at again while the program runs', async () => {
    engine.closes()
    await stop()
    await start({ lookBackMs: 20 })
    const before = slack.state.requests.length
    await slack.until(({ requests }) => requests.slice(before).some(({ method }) => method === 'conversations.info'))
    ana().makePublic(channel)
    expect(await heard()).toEqual([notice({ what: 'exposed' })])
  })

  it('miss nobody of the case once it is over', async () => {
    ana().invite(channel, BEN)
    await heard()
    engine.closes()
    await stop()
    ana().leave(channel)
    await start()
    await slack.until(({ requests }) => requests.at(-1)?.method === 'conversations.members')
    await settled()
    expect(engine.handled.filter(({ request }) => request.verb === 'notice-person')).toEqual([])
  })

  it.each([
    ['is public', (former: string) => ana().makePublic(former), { what: 'exposed' }],
    ['has a guest in it', (former: string) => ana().invite(former, GUEST), undefined],
  ])('are looked at when another took their place: one %s', async (_what, act, what) => {
    const former = await replaced()
    await stop()
    act(former)
    await start()
    const told = what === undefined ? stranger(GUEST) : notice(what)
    expect(await heard()).toEqual([{ ...told, channel: former }])
    if (what === undefined) await slack.until((state) => state.channels.get(former)?.members.has(GUEST) === false)
  })

  it('are let be when we archived them, those too that another replaced', async () => {
    const former = await replaced()
    engine.closes()
    engine.knows({ former: [{ channel: former, closed: true }], gone: 'closed' })
    for (const one of [former, channel]) engine.archives(one)
    await stop()
    const before = slack.state.requests.length
    await start({ lookBackMs: 20 })
    await settled()
    expect(slack.state.requests.slice(before).filter(({ method }) => method === 'conversations.info')).toEqual([])
  })

  it('are let be when they are not found, and when we archived them', async () => {
    const former = await replaced()
    ana().putOut(former, 'U0EMBARGO')
    engine.closes()
    engine.knows({ former: [{ channel: former }], gone: 'closed' })
    engine.archives(channel)
    await stop()
    const before = slack.state.requests.length
    await start()
    await slack.until(({ requests }) =>
      requests.slice(before).some(({ method, args }) => method === 'conversations.info' && args['channel'] === former),
    )
    await settled()
    expect(engine.handled).toEqual([])
    const looked = slack.state.requests.slice(before).filter(({ method }) => method === 'conversations.info')
    expect(looked).toHaveLength(1)
  })
})
