import { CommandId, MINUTE, PEOPLE } from '@embargo/core'
import type { Platform, Policy } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createTeamChannelWatch, OutsideError } from '../../src/index.ts'
import type { Card, ChatPlatform, TeamChannelNews } from '../../src/index.ts'
import { openTeamChannel } from '../../src/access/team-channel.ts'
import { createFakeChat } from '../fakes/fake-outside.ts'
import { createHouse, policyOf } from '../house.ts'

const card = (news: TeamChannelNews): Card => ({
  kind: 'notice',
  title: [news.platform, news.what, ...(news.what === 'open' ? [] : [news.account, news.stays ?? 'out'])].join(' '),
  lines: [],
  fields: [],
  attachments: [],
  actions: [],
  fallback: '',
  notification: '',
})

type Chat = ReturnType<typeof createFakeChat>
/** How many turns of the event loop a test waits for a check to end. A check needs fewer. */
const TURNS = 50

/**
 * Opens the team's channel on each platform, with Ana and Ben in it on Slack, and starts a watch that checks after each
 * change.
 */
async function watching({
  policy = policyOf(),
  platforms,
}: {
  readonly policy?: Policy
  readonly platforms: readonly Platform[]
}) {
  const house = createHouse({ policy })
  const { engine } = house
  const chats = new Map<Platform, Chat>(platforms.map((platform) => [platform, createFakeChat(platform)]))
  const chat = new Map<Platform, ChatPlatform>(chats)
  const of = (platform: Platform): Chat => chats.get(platform) ?? expect.fail(`no ${platform} here`)
  const { log, keys, mutex } = engine.deps
  for (const each of chats.values()) await openTeamChannel(each, { policy: engine.policy.policy, log, keys, mutex })
  chats.get('slack')?.inside.set('C1', new Set(['UANA', 'UBEN']))
  const over = new AbortController()
  const sleeps: number[] = []
  let wake = (): void => {}
  const running = createTeamChannelWatch({
    engine,
    chat,
    card,
    sleep: (ms, signal) =>
      new Promise<void>((resolve) => {
        sleeps.push(ms)
        wake = resolve
        signal?.addEventListener('abort', () => resolve(), { once: true })
      }),
  }).run(over.signal)
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }
  await turns()
  const ends: AsyncDisposable = {
    [Symbol.asyncDispose]: async () => {
      over.abort()
      await running
    },
  }
  return {
    house,
    of,
    sleeps,
    turns,
    /** Lets a minute pass, after which the watch checks again. */
    looks: async (): Promise<void> => {
      house.wait(MINUTE)
      wake()
      await turns()
    },
    said: (platform: Platform) => of(platform).posts.map(({ channel, title }) => `${channel}: ${title}`),
    ...ends,
  }
}

describe('the team’s channel', () => {
  it('is opened once if two messages need it at the same time', async () => {
    const { engine } = createHouse({ policy: policyOf() })
    const { log, keys, mutex } = engine.deps
    const slack = createFakeChat('slack')
    let opened = 0
    let isThere = false
    // As on a real platform, some time passes between looking for the channel and opening it.
    const openChannel: ChatPlatform['openChannel'] = async () => {
      const isFound = isThere
      await new Promise((resolve) => setImmediate(resolve))
      if (!isFound) opened += 1
      isThere = true
      return { channel: `C${opened}`, name: 'embargo-intake' }
    }
    const deps = { policy: engine.policy.policy, log, keys, mutex }
    const open = () => openTeamChannel({ ...slack, openChannel }, deps)
    expect(await Promise.all([open(), open()])).toEqual(['C1', 'C1'])
  })
})

describe('the team’s own channel', () => {
  it('is not opened by a check', async () => {
    const slack = createFakeChat('slack')
    const over = new AbortController()
    const { engine } = createHouse()
    const running = createTeamChannelWatch({ engine, chat: new Map([['slack', slack]]), card }).run(over.signal)
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    over.abort()
    await running
    expect(slack.channels.size).toBe(0)
  })

  it('keeps everybody on the team, and is checked every ten minutes', async () => {
    await using watch = await watching({ platforms: ['slack'] })
    await watch.looks()
    expect(watch.of('slack').removed).toEqual([])
    expect(watch.said('slack')).toEqual([])
    expect(watch.sleeps).toEqual([10 * MINUTE, 10 * MINUTE])
  })

  it('is reported once on every platform if others can read it, in a new channel on its own platform', async () => {
    await using watch = await watching({ platforms: ['slack', 'discord'] })
    watch.of('slack').open.add('C1')
    await watch.looks()
    await watch.looks()
    expect(watch.said('slack')).toEqual(['C2: slack open'])
    expect(watch.said('discord')).toEqual(['C1: slack open'])
    watch.of('slack').open.delete('C1')
    await watch.looks()
    watch.of('slack').open.add('C1')
    await watch.looks()
    expect(watch.said('discord')).toEqual(['C1: slack open', 'C1: slack open'])
  })

  it('loses a stranger, and the team is told', async () => {
    await using watch = await watching({ platforms: ['slack', 'discord'] })
    watch.of('slack').inside.get('C1')?.add('U0STRANGER')
    await watch.looks()
    await watch.looks()
    expect(watch.of('slack').removed).toEqual(['U0STRANGER'])
    expect([...(watch.of('slack').inside.get('C1') ?? [])]).toEqual(['UANA', 'UBEN'])
    expect(watch.said('slack')).toEqual(['C1: slack stranger U0STRANGER out'])
    expect(watch.said('discord')).toEqual(['C1: slack stranger U0STRANGER out'])
    // A stranger who comes back is reported again.
    watch.of('slack').inside.get('C1')?.add('U0STRANGER')
    await watch.looks()
    expect(watch.said('discord')).toHaveLength(2)
  })

  it('says once who cannot be removed, and why', async () => {
    await using watch = await watching({ platforms: ['slack'] })
    watch.of('slack').inside.get('C1')?.add('U0STRANGER')
    const refused = { error: new OutsideError('refused', 'Take them out by hand.') }
    watch.of('slack').failures.push({ error: new OutsideError('unreachable', 'away') })
    await watch.looks()
    expect(watch.sleeps.at(-1)).toBe(MINUTE)
    const { remove } = watch.of('slack')
    watch.of('slack').remove = async (request) => {
      watch.of('slack').failures.push(refused)
      return remove(request)
    }
    await watch.looks()
    await watch.looks()
    expect(watch.said('slack')).toEqual([
      'C1: slack stranger U0STRANGER out',
      'C1: slack stranger U0STRANGER Take them out by hand.',
    ])
  })

  it('says who will be removed before removing them, and only once even if the answer is lost', async () => {
    await using watch = await watching({ platforms: ['slack', 'discord'] })
    const slack = watch.of('slack')
    slack.inside.get('C1')?.add('U0STRANGER')
    const { remove } = slack
    const saidBefore: number[] = []
    slack.remove = async (request) => {
      saidBefore.push(slack.posts.length, watch.of('discord').posts.length)
      slack.failures.push({ error: new OutsideError('unknown', '503'), afterEffect: true })
      return remove(request)
    }
    await watch.looks()
    expect(saidBefore).toEqual([1, 1])
    expect(watch.sleeps.at(-1)).toBe(MINUTE)
    await watch.looks()
    expect(slack.removed).toEqual(['U0STRANGER'])
    expect(watch.said('slack')).toEqual(['C1: slack stranger U0STRANGER out'])
    expect(watch.said('discord')).toEqual(['C1: slack stranger U0STRANGER out'])
    expect(watch.sleeps.at(-1)).toBe(10 * MINUTE)
  })

  it('is reported as open only once if the answer to the post is lost', async () => {
    await using watch = await watching({ platforms: ['slack'] })
    const slack = watch.of('slack')
    const { post } = slack
    slack.post = async (request) => {
      await post(request)
      slack.post = post
      throw new OutsideError('unknown', '500')
    }
    slack.open.add('C1')
    await watch.looks()
    expect(watch.sleeps.at(-1)).toBe(MINUTE)
    await watch.looks()
    expect(watch.said('slack')).toEqual(['C2: slack open'])
    expect(watch.sleeps.at(-1)).toBe(10 * MINUTE)
  })

  it('is reported on an unreachable platform once it can be reached again, although another platform had the report at once', async () => {
    await using watch = await watching({ platforms: ['slack', 'discord'] })
    watch.of('slack').inside.get('C1')?.add('U0STRANGER')
    const { post } = watch.of('discord')
    watch.of('discord').post = async () => {
      throw new OutsideError('unreachable', 'away')
    }
    await watch.looks()
    expect(watch.sleeps.at(-1)).toBe(MINUTE)
    watch.of('discord').post = post
    await watch.looks()
    expect(watch.said('slack')).toEqual(['C1: slack stranger U0STRANGER out'])
    expect(watch.said('discord')).toEqual(['C1: slack stranger U0STRANGER out'])
  })

  it('asks nobody to remove a stranger by hand who has already left', async () => {
    await using watch = await watching({ platforms: ['slack', 'discord'] })
    const [slack, discord] = [watch.of('slack'), watch.of('discord')]
    slack.inside.get('C1')?.add('U0STRANGER')
    const { post } = discord
    discord.post = async () => {
      throw new OutsideError('unreachable', 'away')
    }
    slack.remove = async () => {
      throw new OutsideError('refused', 'Take them out by hand.')
    }
    await watch.looks()
    slack.inside.get('C1')?.delete('U0STRANGER')
    discord.post = post
    await watch.looks()
    expect(watch.said('slack')).toHaveLength(2)
    expect(watch.said('discord')).toEqual(['C1: slack stranger U0STRANGER out'])
  })

  it('names everybody who cannot be removed, some in each check, and tries to remove all the others', async () => {
    await using watch = await watching({ platforms: ['slack'] })
    const slack = watch.of('slack')
    const strangers = Array.from({ length: 60 }, (_, nth) => `U0STRANGER${nth}`)
    for (const each of strangers) slack.inside.get('C1')?.add(each)
    const { remove } = slack
    slack.remove = async (request) => {
      if (!request.accounts?.includes('U0STRANGER59')) throw new OutsideError('refused', 'Take them out by hand.')
      return remove(request)
    }
    for (let look = 0; look < 3; look += 1) {
      await watch.looks()
      expect(watch.sleeps.at(-1)).toBe(look < 2 ? MINUTE : 10 * MINUTE)
    }
    await watch.looks()
    expect(slack.removed).toEqual(['U0STRANGER59'])
    const said = (how: string) => watch.said('slack').filter((each) => each.endsWith(how))
    expect(said('out')).toEqual(strangers.map((each) => `C1: slack stranger ${each} out`))
    expect(said('by hand.')).toHaveLength(59)
  })

  it('is reported once chat can be reached again, even if the stranger is out by then', async () => {
    await using watch = await watching({ platforms: ['slack'] })
    watch.of('slack').inside.get('C1')?.add('U0STRANGER')
    const { post } = watch.of('slack')
    watch.of('slack').post = async () => {
      throw new OutsideError('unreachable', 'away')
    }
    await watch.looks()
    watch.of('slack').post = post
    await watch.looks()
    expect(watch.said('slack')).toEqual(['C1: slack stranger U0STRANGER out'])
  })

  it('loses a person at once who is no longer on the team', async () => {
    const policy = policyOf({ groups: [{ platform: 'slack', group: 'S0TEAM', role: 'team' }] })
    await using watch = await watching({ policy, platforms: ['slack'] })
    const { house, of } = watch
    const members = async (...accounts: readonly string[]): Promise<void> => {
      const answer = await house.engine.commands.handle({
        commandId: CommandId.parse(`members:${accounts.join()}`),
        actor: { kind: 'system', part: 'chat' },
        at: house.clock.now(),
        request: {
          verb: 'notice-members',
          stream: PEOPLE,
          platform: 'slack',
          role: 'team',
          members: accounts.map((account) => ({ account, name: 'Dana' })),
        },
      })
      expect(answer.ok).toBe(true)
      await watch.turns()
    }
    await members('UDANA')
    of('slack').inside.get('C1')?.add('UDANA')
    await watch.looks()
    expect(of('slack').removed).toEqual([])
    await members()
    expect(of('slack').removed).toEqual(['UDANA'])
  })
})
