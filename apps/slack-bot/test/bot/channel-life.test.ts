import { PersonId } from '@embargo/core'
import { beforeEach, describe, expect, it } from 'vitest'
import { bootSlack } from '../boot-slack.ts'
import { card } from '../cards.ts'
import { ANA, APP_TOKEN, BEN, BOT_TOKEN, CASE, effect, EVE, GUEST, policy } from '../workspace.ts'
import type { workspace } from '../workspace.ts'

let elapsed = 0

const on = bootSlack({
  workspace: { userGroups: [{ id: 'S0TEAM', handle: 'team', users: [ANA, BEN] }] },
  bot: {
    policy: { ...policy, policy: { ...policy.policy, groups: [{ platform: 'slack', group: 'S0TEAM', role: 'team' }] } },
    monotonicMs: () => elapsed,
  },
})
/** Resolves when the bot has reported the members of the mapped group, as it does at the start. */
const groupTold = async (): Promise<void> => {
  await on.engine.carriedOut(1)
  on.engine.forget()
}
beforeEach(groupTold)

/** Closes the workspace of the test, and opens another one with these options. */
const replaced = async (options: Parameters<typeof workspace>[0]): Promise<void> => {
  await on.close()
  await on.open(options)
  await groupTold()
}

const requestsHandled = async (count = 1) => (await on.engine.carriedOut(count)).map(({ request }) => request)
const notice = (more: object) => ({
  verb: 'notice-channel',
  case: CASE,
  platform: 'slack',
  channel: on.channel,
  ...more,
})
const stranger = (account: string, more: { readonly left?: true } = {}) => ({
  verb: 'notice-stranger',
  case: CASE,
  platform: 'slack',
  channel: on.channel,
  account,
  ...more,
})
const person = (more: { readonly back?: true } = {}) => ({
  verb: 'notice-person',
  case: CASE,
  platform: 'slack',
  channel: on.channel,
  person: 'ana',
  ...more,
})
/** Resolves when everything that was sent before has been handled. */
const settled = async (): Promise<void> => {
  await (await on.ana().command('/ack', '', 'general')).shown()
}

describe('what people do to the channel of a case', () => {
  it.each([
    ['renaming', () => on.ana().rename(on.channel, 'juicy-hole'), { what: 'renamed', name: 'juicy-hole' }],
    ['archiving', () => on.ana().archive(on.channel), { what: 'archived' }],
    ['deleting', () => on.ana().deleteChannel(on.channel), { what: 'deleted' }],
    ['putting the app out', () => on.ana().putOut(on.channel, 'U0EMBARGO'), { what: 'bot-removed' }],
    ['sharing it', () => on.ana().share(on.channel), { what: 'exposed' }],
  ])('is told to core: %s', async (_what, act, expected) => {
    act()
    expect(await requestsHandled()).toEqual([notice(expected)])
    expect(on.engine.handled[0]?.commandId).toMatch(/^slack:event:Ev/)
  })

  it('is reported once, however often Slack sends the event, and reported again when it is undone', async () => {
    on.slack.faults.deliverTwice()
    on.ana().archive(on.channel)
    await requestsHandled()
    on.engine.knows({ gone: 'archived' })
    on.ana().unarchive(on.channel)
    expect(await requestsHandled(2)).toEqual([notice({ what: 'archived' }), notice({ what: 'unarchived' })])
  })

  it('is not reported in other channels, nor if we did it ourselves', async () => {
    await on.bot.platform.archiveChannel({ channel: on.channel })
    on.slack.person(BEN).leave('general')
    await settled()
    expect(on.engine.handled).toEqual([])
  })
})

describe('a channel that Slack does not show us', () => {
  it.each([
    ['deleted', () => on.ana().deleteChannel(on.channel)],
    ['without us', () => on.ana().putOut(on.channel, 'U0EMBARGO')],
  ])('is not recorded as deleted by a post before the event: it may be %s', async (_what, act) => {
    await replaced({ events: [] })
    act()
    const post = on.bot.platform.post({
      effect: effect('p1'),
      channel: on.channel,
      card: card(),
      pin: false,
      lookUp: false,
    })
    await expect(post).rejects.toMatchObject({ code: 'refused', gone: 'out-of-reach' })
  })
})

describe('somebody who joins the channel of a case', () => {
  it('is announced if they are not on the case', async () => {
    on.ana().invite(on.channel, EVE)
    on.ana().invite(on.channel, BEN)
    const notice = await requestsHandled(2)
    expect(notice).toHaveLength(2)
    expect(notice).toEqual(expect.arrayContaining([stranger(EVE), stranger(BEN)]))
    await settled()
    expect(on.slack.state.channels.get(on.channel)?.members.has(EVE)).toBe(true)
  })

  it('is announced and removed at once if they are a guest', async () => {
    on.ana().invite(on.channel, GUEST)
    expect(await requestsHandled()).toEqual([stranger(GUEST)])
    await on.slack.until((state) => state.channels.get(on.channel)?.members.has(GUEST) === false)
  })

  it.each([
    ['does not let us put them out', 'conversations.kick', { kind: 'error', error: 'restricted_action' }],
    ['does not say that they are one', 'users.info', { kind: 'status', status: 500 }],
  ] as const)('is announced if Slack %s, and removed by the next check', async (_what, method, fault) => {
    on.slack.faults.next(method, fault)
    on.ana().invite(on.channel, GUEST)
    expect(await requestsHandled()).toEqual([stranger(GUEST)])
    await on.bot[Symbol.asyncDispose]()
    expect(on.log.lines.join('\n')).toContain('a guest could not be removed from a channel')
    await on.start()
    await on.slack.until((state) => state.channels.get(on.channel)?.members.has(GUEST) === false)
  })
})

describe('somebody who leaves the channel of a case', () => {
  it('is reported to core once if they are on the case, and again when they are back', async () => {
    on.ana().invite(on.channel, BEN)
    await requestsHandled()
    on.slack.faults.deliverTwice()
    on.ana().leave(on.channel)
    await requestsHandled(2)
    on.engine.knows({ missing: [PersonId.parse('ana')] })
    on.slack.person(BEN).invite(on.channel, ANA)
    expect(await requestsHandled(3)).toEqual([stranger(BEN), person(), person({ back: true })])
    await settled()
    expect(on.engine.handled).toHaveLength(3)
  })

  it('is reported even if the database was busy, because Slack sends the event again', async () => {
    on.ana().invite(on.channel, BEN)
    await requestsHandled()
    on.engine.breaks(1)
    on.ana().leave(on.channel)
    expect(await requestsHandled(2)).toEqual([stranger(BEN), person()])
  })

  it('is reported as a stranger who left if they are not on the case', async () => {
    on.ana().invite(on.channel, EVE)
    await requestsHandled()
    on.slack.person(EVE).leave(on.channel)
    expect(await requestsHandled(2)).toEqual([stranger(EVE), stranger(EVE, { left: true })])
  })
})

describe('a channel that outsiders can read', () => {
  const posts = (id: string): Promise<unknown> =>
    on.bot.platform.post({ effect: effect(id), channel: on.channel, card: card(), pin: false, lookUp: false })

  it.each([
    ['shared', () => on.ana().share(on.channel)],
    ['public', () => on.ana().makePublic(on.channel)],
  ])('gets no further post once it is %s, and core learns of it', async (_how, act) => {
    await replaced({ events: [] })
    act()
    await expect(posts('p1')).rejects.toMatchObject({ code: 'rate-limited' })
    expect(await requestsHandled()).toEqual([notice({ what: 'exposed' })])
    expect(on.slack.state.messagesIn(on.channel)).toEqual([])
  })

  it('gets what core still posts there, because core knows that it is exposed', async () => {
    on.ana().share(on.channel)
    await requestsHandled()
    on.engine.knows({ exposed: on.engine.now() })
    await posts('the announcement')
    expect(on.slack.state.messagesIn(on.channel)).toHaveLength(1)
  })

  it('gets no post if somebody confirmed it too early, until outsiders can no longer read it', async () => {
    on.ana().share(on.channel)
    await requestsHandled()
    await expect(posts('p1')).rejects.toMatchObject({ code: 'rate-limited' })
    on.ana().unshare(on.channel)
    await posts('p2')
    expect(on.slack.state.messagesIn(on.channel)).toHaveLength(1)
  })
})

describe('what happened while the bot was not connected', () => {
  // Retries are off here: otherwise the restarted bot would receive the missed events instead of having to find the
  // changes itself.
  beforeEach(async () => {
    await replaced({ timing: { ackMs: 2000, eventRetryMs: [] } })
  })
  const meanwhile = async (act: () => void): Promise<void> => {
    await on.bot[Symbol.asyncDispose]()
    act()
    on.engine.passes(60_000)
    await on.start()
  }
  // Leaves out the report about the members of the group, which the bot sends at every start.
  const found = async (count: number) =>
    (await requestsHandled(count + 1)).filter(({ verb }) => verb !== 'notice-members')

  it.each([
    ['renamed', () => on.ana().rename(on.channel, 'other'), { what: 'renamed', name: 'other' }],
    ['archived', () => on.ana().archive(on.channel), { what: 'archived' }],
    ['deleted', () => on.ana().deleteChannel(on.channel), { what: 'out-of-reach' }],
    ['the app put out', () => on.ana().putOut(on.channel, 'U0EMBARGO'), { what: 'out-of-reach' }],
    ['shared', () => on.ana().share(on.channel), { what: 'exposed' }],
    ['made public', () => on.ana().makePublic(on.channel), { what: 'exposed' }],
  ])('is found at the start: %s', async (_what, act, expected) => {
    await meanwhile(act)
    expect(await found(1)).toEqual([notice(expected)])
  })

  it('is found at the start: somebody joined', async () => {
    await meanwhile(() => on.ana().invite(on.channel, EVE))
    expect(await found(1)).toEqual([stranger(EVE)])
  })

  it('is found at the start: somebody who was removed joined again', async () => {
    on.ana().invite(on.channel, EVE)
    await requestsHandled()
    on.ana().putOut(on.channel, EVE)
    await requestsHandled(2)
    await meanwhile(() => on.ana().invite(on.channel, EVE))
    expect(await found(3)).toEqual([stranger(EVE), stranger(EVE, { left: true }), stranger(EVE)])
  })

  it('is found at the start: a stranger left, and a stranger who stayed is not reported again', async () => {
    on.ana().invite(on.channel, EVE)
    on.ana().invite(on.channel, BEN)
    await requestsHandled(2)
    await meanwhile(() => on.slack.person(EVE).leave(on.channel))
    expect((await found(3)).slice(2)).toEqual([stranger(EVE, { left: true })])
  })

  it('is found at the start: somebody on the case left, until they are back', async () => {
    on.ana().invite(on.channel, BEN)
    await requestsHandled()
    await meanwhile(() => on.ana().leave(on.channel))
    expect((await found(2)).slice(1)).toEqual([person()])
    on.engine.knows({ missing: [PersonId.parse('ana')] })
    await meanwhile(() => on.slack.person(BEN).invite(on.channel, ANA))
    await requestsHandled(5)
    expect(on.engine.handled.map(({ request }) => request).filter(({ verb }) => verb === 'notice-person')).toEqual([
      person(),
      person({ back: true }),
    ])
  })

  it('is found at the start: a guest, who is removed', async () => {
    await meanwhile(() => on.ana().invite(on.channel, GUEST))
    await on.slack.until((state) => state.channels.get(on.channel)?.members.has(GUEST) === false)
    expect((await found(1))[0]).toEqual(stranger(GUEST))
  })

  it.each([
    ['looked for after a silence so long that Slack no longer sends the events again', 5 * 60_000, 1],
    ['not looked for after a short silence, because Slack sends the events again', 5 * 60_000 - 1, 0],
  ])('is %s', async (_what, silence, looks) => {
    await on.slack.connected({ sockets: 2 })
    on.slack.faults.next('apps.connections.open', { kind: 'status', status: 500 }).times(2)
    const before = on.slack.state.requests.length
    on.slack.faults.dropSockets()
    // Waits until both bots have noticed that they are not connected.
    const tries = () => on.slack.state.requests.slice(before).filter(({ outcome }) => outcome === 'status 500').length
    await on.slack.until(() => tries() === 2)
    elapsed += silence
    await on.slack.connected({ sockets: 2 })
    await settled()
    await on.bot[Symbol.asyncDispose]()
    const asked = on.slack.state.requests.slice(before).filter(({ method }) => method === 'conversations.members')
    expect(asked).toHaveLength(looks)
  })

  it('is looked for as slowly as Slack asks', async () => {
    await meanwhile(() => {
      on.ana().archive(on.channel)
      on.slack.faults.next('conversations.info', { kind: 'rate-limited', retryAfterSeconds: 0 })
    })
    expect(await found(1)).toEqual([notice({ what: 'archived' })])
  })
})

describe('changes that cause no event', () => {
  it.each([
    ['over Socket Mode', {}],
    ['over HTTP', { http: { signingSecret: 'not asked for here', listen: { host: '127.0.0.1', port: 0 } } }],
  ])(
    'are found by a regular check: a quiet channel is made public, %s',
    async (_how, more) => {
      await on.bot[Symbol.asyncDispose]()
      await on.start({
        config: { appToken: APP_TOKEN, botToken: BOT_TOKEN, apiUrl: on.slack.apiUrl, ...more },
        policy,
        lookAgainMs: 20,
      })
      const before = on.slack.state.requests.length
      const looks = () =>
        on.slack.state.requests.slice(before).filter(({ method }) => method === 'conversations.info').length
      await on.slack.until(() => looks() > 0)
      expect(on.engine.handled).toEqual([])
      on.ana().makePublic(on.channel)
      expect(await requestsHandled()).toEqual([notice({ what: 'exposed' })])
    },
    20_000,
  )
})
