import { PersonId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { bootSlack } from '../boot-slack.ts'
import { BEN, CASE, effect, EVE, GUEST } from '../workspace.ts'

const on = bootSlack()
const stop = async (): Promise<void> => {
  await on.bot[Symbol.asyncDispose]()
  on.engine.passes(60_000)
}
const requestsHandled = async (count = 1) => (await on.engine.carriedOut(count)).map(({ request }) => request)
const notice = (more: object) => ({
  verb: 'notice-channel',
  case: CASE,
  platform: 'slack',
  channel: on.channel,
  ...more,
})
const stranger = (account: string) => ({
  verb: 'notice-stranger',
  case: CASE,
  platform: 'slack',
  channel: on.channel,
  account,
})
/** What the checks reported. Reports of events are left out, because Slack may send the event of a change again. */
const found = () => on.engine.handled.filter(({ commandId }) => commandId.startsWith('slack:found:'))
/** Resolves when everything that was sent before has been handled. */
const settled = async (): Promise<void> => {
  await (await on.ana().command('/ack', '', 'general')).shown()
}

describe('channels in which nothing is posted any longer', () => {
  /** Replaces the channel; its members can still read the old one. */
  const replaced = async (): Promise<string> => {
    const former = on.channel
    const next = await on.bot.platform.openChannel({
      effect: effect('e2/open'),
      name: 'sec-2026-0042-2',
      lookUp: false,
    })
    on.channel = next.channel
    await on.bot.platform.invite({ channel: on.channel, people: [PersonId.parse('ana')] })
    on.engine.knows({ name: 'sec-2026-0042-2', former: [{ channel: former }] })
    return former
  }

  it.each([
    ['somebody makes it public', () => on.ana().makePublic(on.channel), () => notice({ what: 'exposed' })],
    // The check at the start reports `out-of-reach`. If Slack sends the missed event of the deletion again, the bot
    // reports `deleted`. Either report is right.
    [
      'somebody deleted it',
      () => on.ana().deleteChannel(on.channel),
      () => notice({ what: expect.stringMatching(/^(?:out-of-reach|deleted)$/u) }),
    ],
    ['somebody is in it', () => on.ana().invite(on.channel, EVE), () => stranger(EVE)],
  ])('are checked once their case is over: %s', async (_what, act, notice) => {
    on.engine.closes()
    await stop()
    act()
    await on.start()
    expect(await requestsHandled()).toEqual([notice()])
  })

  it.each([
    ['somebody makes it public', () => on.ana().makePublic(on.channel), () => notice({ what: 'exposed' })],
    ['somebody is in it', () => on.ana().invite(on.channel, EVE), () => stranger(EVE)],
  ])('are checked while their archiving waits for a person: %s', async (_what, act, notice) => {
    on.engine.closes()
    on.engine.knows({ gone: 'closed' })
    await stop()
    act()
    await on.start()
    expect(await requestsHandled()).toEqual([notice()])
  })

  it.each([
    ['somebody renames them', () => on.ana().rename(on.channel, 'old-things'), 'conversations.members'],
    ['somebody archives them', () => on.ana().archive(on.channel), 'conversations.info'],
    ['we are put out of them', () => on.ana().putOut(on.channel, 'U0EMBARGO'), 'conversations.info'],
  ])('cause no report while we archive them, even if %s', async (_what, act, lastAsked) => {
    on.engine.closes()
    on.engine.knows({ gone: 'closed' })
    await stop()
    act()
    const before = on.slack.state.requests.length
    await on.start()
    await on.slack.until(({ requests }) => requests.slice(before).some(({ method }) => method === lastAsked))
    await settled()
    // The case already says that nothing may be posted in the channel.
    expect(found()).toEqual([])
  })

  it('are checked again while the program runs', async () => {
    on.engine.closes()
    await stop()
    await on.start({ closedSweepMs: 20 })
    const before = on.slack.state.requests.length
    await on.slack.until(({ requests }) => requests.slice(before).some(({ method }) => method === 'conversations.info'))
    on.ana().makePublic(on.channel)
    expect(await requestsHandled()).toEqual([notice({ what: 'exposed' })])
  })

  it('cause no report about people on the case who are not in them, once the case is over', async () => {
    on.ana().invite(on.channel, BEN)
    await requestsHandled()
    on.engine.closes()
    await stop()
    on.ana().leave(on.channel)
    await on.start()
    await on.slack.until(({ requests }) => requests.at(-1)?.method === 'conversations.members')
    await settled()
    expect(found().filter(({ request }) => request.verb === 'notice-person')).toEqual([])
  })

  it.each([
    ['is public', (former: string) => on.ana().makePublic(former), { what: 'exposed' }],
    ['has a guest in it', (former: string) => on.ana().invite(former, GUEST), undefined],
  ])('are checked after another channel replaced them: one %s', async (_what, act, what) => {
    const former = await replaced()
    await stop()
    act(former)
    await on.start()
    const told = what === undefined ? stranger(GUEST) : notice(what)
    expect(await requestsHandled()).toEqual([{ ...told, channel: former }])
    if (what === undefined) await on.slack.until((state) => state.channels.get(former)?.members.has(GUEST) === false)
  })

  it('are not checked once we archived them, even those that another channel replaced', async () => {
    const former = await replaced()
    on.engine.closes()
    on.engine.knows({ former: [{ channel: former, closed: true }], gone: 'closed' })
    for (const one of [former, on.channel]) on.engine.archives(one)
    await stop()
    const before = on.slack.state.requests.length
    await on.start({ closedSweepMs: 20 })
    await settled()
    expect(on.slack.state.requests.slice(before).filter(({ method }) => method === 'conversations.info')).toEqual([])
  })

  it('cause no report if they are not found, or if we archived them', async () => {
    const former = await replaced()
    on.ana().putOut(former, 'U0EMBARGO')
    on.engine.closes()
    on.engine.knows({ former: [{ channel: former }], gone: 'closed' })
    on.engine.archives(on.channel)
    await stop()
    const before = on.slack.state.requests.length
    await on.start()
    await on.slack.until(({ requests }) =>
      requests.slice(before).some(({ method, args }) => method === 'conversations.info' && args['channel'] === former),
    )
    await settled()
    expect(found()).toEqual([])
    const looked = on.slack.state.requests.slice(before).filter(({ method }) => method === 'conversations.info')
    expect(looked).toHaveLength(1)
  })
})
