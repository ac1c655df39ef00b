import { CommandId, DAY, PEOPLE, PersonId } from '@embargo/core'
import type { Platform, Policy, RoleName } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createChannelAccess, OutsideError } from '../../src/index.ts'
import { CASE, createHouse, policyOf } from '../house.ts'
import type { House } from '../house.ts'
import { passMonth } from '../story.ts'
import { createFakeChat } from '../fakes/fake-outside.ts'

const DANA = '100000000000000003'
const TEAM_GROUP = { platform: 'discord', group: '200000000000000001', role: 'team' } as const
const BOTH = { platforms: ['slack', 'discord'] as const, groups: [TEAM_GROUP] }

/** Channel access that checks when a test says so, and a case with a channel on both platforms. */
async function withDoors(policy: Policy = policyOf({ ...BOTH, platforms: [...BOTH.platforms] })) {
  const house = createHouse({ policy })
  const discord = createFakeChat('discord')
  const chat = new Map<Platform, ReturnType<typeof createFakeChat>>([
    ['slack', house.chat],
    ['discord', discord],
  ])
  await house.receive()
  await house.drain(['slack', 'discord', 'mail'], { chat, capabilities: ['slack', 'discord', 'mail'] })
  discord.invited.length = 0
  house.chat.invited.length = 0
  let commands = 0
  const says = async (
    account: readonly [Platform, string] | 'system',
    request: Parameters<House['engine']['commands']['handle']>[0]['request'],
  ) =>
    house.engine.commands.handle({
      commandId: CommandId.parse(`doors:${(commands += 1)}`),
      actor: account === 'system' ? { kind: 'system', part: 'chat' } : house.engine.queries.actorOf(...account),
      at: house.clock.now(),
      request,
    })
  return {
    house,
    discord,
    says,
    /** Opens one more case, with its channels. */
    async another() {
      await house.receive({ subject: 'another hole' })
      await house.drain(['slack', 'discord', 'mail'], { chat, capabilities: ['slack', 'discord', 'mail'] })
    },
    async carriesOut() {
      await house.drain(['slack', 'discord', 'mail'], { chat, capabilities: ['slack', 'discord', 'mail'] })
    },
    async members(...accounts: readonly string[]) {
      const members = accounts.map((account) => ({ account, name: 'Dana' }))
      await says('system', { verb: 'notice-members', stream: PEOPLE, platform: 'discord', role: 'team', members })
    },
    /**
     * Runs the loop of channel access while the callback `doing` changes people. With `isLate`, the loop starts only
     * after `doing` has ended.
     */
    async while(doing: () => Promise<unknown>, looks = 1, isLate = false) {
      const over = new AbortController()
      let slept = 0
      const running = createChannelAccess({
        engine: house.engine,
        chat,
        sleep: (_ms, signal) =>
          new Promise((resolve) => {
            slept += 1
            if (slept > looks) over.abort()
            if (said) resolve()
            signal.addEventListener('abort', () => resolve())
          }),
      })
      let said = false
      if (isLate) await doing()
      const run = running.run(over.signal)
      if (!isLate) await doing()
      said = true
      await run
    },
  }
}

describe('the channels of open cases', () => {
  it('invite an account when it is linked, and remove it when the link is removed', async () => {
    const doors = await withDoors()
    await doors.while(async () => {
      await doors.says(['slack', 'UANA'], { verb: 'link-ask', stream: PEOPLE, mark: 'mark' })
      await doors.says(['discord', DANA], { verb: 'link-claim', stream: PEOPLE, mark: 'mark' })
      await doors.says(['slack', 'UANA'], { verb: 'link-confirm', stream: PEOPLE, agreed: true })
    })
    expect([doors.discord.invited, doors.house.chat.invited]).toEqual([['ana'], []])
    await doors.while(() => doors.says(['slack', 'UANA'], { verb: 'link.remove', stream: PEOPLE, platform: 'discord' }))
    expect(doors.discord.removed).toEqual([DANA])
  })

  it('lose a locked-out person on every platform, and get them back when two admins undo the lockout', async () => {
    const person = (id: string, roles: RoleName[], discord: string) => ({
      id: PersonId.parse(id),
      name: id,
      roles,
      slack: `U${id.toUpperCase()}`,
      discord,
    })
    const people = [
      person('ana', ['admin', 'team'], '100000000000000001'),
      person('ben', ['team'], '100000000000000002'),
      person('eva', ['admin'], '100000000000000004'),
    ]
    const doors = await withDoors(policyOf({ ...BOTH, platforms: [...BOTH.platforms], people }))
    const ben = PersonId.parse('ben')
    const lockout = { verb: 'lockout', stream: PEOPLE, person: ben, reason: 'his phone was stolen' } as const
    const undo = { verb: 'lockout.undo', stream: PEOPLE, person: ben } as const
    await doors.while(() => doors.says(['slack', 'UANA'], lockout))
    expect([doors.house.chat.removed, doors.discord.removed]).toEqual([['UBEN'], ['100000000000000002']])
    expect(await doors.says(['slack', 'UBEN'], { verb: 'ack', case: CASE })).toMatchObject({
      ok: false,
      refusal: { gate: 'role' },
    })
    await doors.another()
    expect([doors.house.chat.invited, doors.discord.invited]).toEqual([
      ['ana', 'eva'],
      ['ana', 'eva'],
    ])
    await doors.while(async () => {
      await doors.says(['slack', 'UANA'], undo)
      await doors.says(['discord', '100000000000000004'], undo)
    })
    expect([doors.house.chat.invited, doors.discord.invited]).toEqual([
      ['ana', 'eva', 'ben'],
      ['ana', 'eva', 'ben'],
    ])
  })

  it('lose a person at the next start who was locked out while the program was stopped', async () => {
    const doors = await withDoors()
    const lockout = { verb: 'lockout', stream: PEOPLE, person: PersonId.parse('ben'), reason: 'stolen' } as const
    await doors.while(() => doors.says(['slack', 'UANA'], lockout), 1, true)
    expect(doors.house.chat.removed).toEqual(['UBEN'])
  })

  it('get nobody who is not on the case, and lose a person who left the group', async () => {
    const doors = await withDoors()
    await doors.while(() => doors.members(DANA))
    expect(doors.discord.invited).toEqual([])
    const dana = doors.house.engine.queries.personOfAccount('discord', DANA)?.id
    if (dana === undefined) throw new Error('nobody')
    await doors.house.ask('ana', { verb: 'people.invite', case: (await doors.house.caseState()).id, person: dana })
    await doors.while(() => doors.members())
    expect(doors.discord.removed).toEqual([DANA])
  })

  const links = async (doors: Awaited<ReturnType<typeof withDoors>>): Promise<void> => {
    await doors.says(['slack', 'UANA'], { verb: 'link-ask', stream: PEOPLE, mark: 'mark' })
    await doors.says(['discord', DANA], { verb: 'link-claim', stream: PEOPLE, mark: 'mark' })
    await doors.says(['slack', 'UANA'], { verb: 'link-confirm', stream: PEOPLE, agreed: true })
  }

  it('get the account even if one of them is archived; the archived channel is left alone', async () => {
    const doors = await withDoors()
    await doors.another()
    const [first, second] = [...doors.discord.channels.keys()]
    await doors.says('system', {
      verb: 'notice-channel',
      case: (await doors.house.caseState()).id,
      platform: 'discord',
      channel: first ?? '',
      what: 'archived',
    })
    const calls: string[] = []
    doors.discord.invite = async ({ channel }) => void calls.push(channel)
    await doors.while(() => links(doors), 3)
    expect(calls).toEqual([second])
  })

  it('get the account even if one of them fails; only the failed one is tried again', async () => {
    const doors = await withDoors()
    await doors.another()
    const calls: string[] = []
    doors.discord.invite = async ({ channel }) => {
      calls.push(channel)
      if (calls.length === 1) throw new OutsideError('unreachable', 'no way')
    }
    await doors.while(() => links(doors), 4)
    const [failed, other, again, ...more] = calls
    expect(new Set([failed, other])).toEqual(new Set(doors.discord.channels.keys()))
    expect([again, more]).toEqual([failed, []])
  })

  it('get the account once the platform can be reached again', async () => {
    const doors = await withDoors()
    doors.discord.failures.push({ error: new OutsideError('unreachable', 'no way') })
    await doors.while(async () => {
      await doors.says(['slack', 'UANA'], { verb: 'link-ask', stream: PEOPLE, mark: 'mark' })
      await doors.says(['discord', DANA], { verb: 'link-claim', stream: PEOPLE, mark: 'mark' })
      await doors.says(['slack', 'UANA'], { verb: 'link-confirm', stream: PEOPLE, agreed: true })
    }, 4)
    expect(doors.discord.invited).toEqual(['ana'])
  })

  it('lose an account that lost its link, and so do those of closed cases, which get nobody new', async () => {
    const doors = await withDoors()
    await doors.house.ask('ana', {
      verb: 'triage',
      case: (await doors.house.caseState()).id,
      disposition: 'spam',
    })
    await doors.while(() => links(doors))
    expect(doors.discord.invited).toEqual([])
    await doors.while(() => doors.says(['slack', 'UANA'], { verb: 'link.remove', stream: PEOPLE, platform: 'discord' }))
    expect(doors.discord.removed).toEqual([DANA])
  })

  /** A case that continues in a new channel, because we can no longer reach its first channel. */
  const replaced = async (): Promise<Awaited<ReturnType<typeof withDoors>> & { readonly former: string }> => {
    const doors = await withDoors()
    const [former = ''] = doors.discord.channels.keys()
    await doors.says('system', {
      verb: 'notice-channel',
      case: (await doors.house.caseState()).id,
      platform: 'discord',
      channel: former,
      what: 'bot-removed',
    })
    await doors.carriesOut()
    await doors.while(() => links(doors))
    return { ...doors, former }
  }

  it('lose an account that lost its link, and so do the channels that they replaced', async () => {
    const doors = await replaced()
    const calls: string[] = []
    doors.discord.remove = async ({ channel }) => void calls.push(channel)
    await doors.while(() => doors.says(['slack', 'UANA'], { verb: 'link.remove', stream: PEOPLE, platform: 'discord' }))
    const [, next] = doors.discord.channels.keys()
    expect(calls).toEqual([doors.former, next])
  })

  it('keep an account that we cannot remove, and the team is told that it can still read there', async () => {
    const doors = await replaced()
    doors.discord.remove = async ({ channel }) => {
      if (channel === doors.former) throw new OutsideError('refused', 'no such channel', { gone: 'out-of-reach' })
    }
    await doors.while(
      () => doors.says(['slack', 'UANA'], { verb: 'link.remove', stream: PEOPLE, platform: 'discord' }),
      3,
    )
    const told = (await doors.house.engine.queries.history(CASE)).filter(
      ({ event }) => event.type === 'StrangerNoticed',
    )
    expect(told.map(({ event }) => event)).toEqual([
      { type: 'StrangerNoticed', platform: 'discord', channel: doors.former, account: DANA },
    ])
  })
})

describe('the start of channel access', () => {
  /** Dana, who is in the group, is on the case and in its channel. */
  async function withDana() {
    const doors = await withDoors()
    await doors.while(() => doors.members(DANA))
    const dana = doors.house.engine.queries.personOfAccount('discord', DANA)?.id ?? expect.fail('nobody')
    await doors.house.ask('ana', { verb: 'people.invite', case: (await doors.house.caseState()).id, person: dana })
    return doors
  }
  const nothing = async (): Promise<void> => {}

  it('applies the changes that were made between its creation and its start', async () => {
    const doors = await withDana()
    await doors.while(() => doors.members(), 1, true)
    expect(doors.discord.removed).toEqual([DANA])
    const others = await withDoors()
    await others.while(
      async () => {
        await others.says(['slack', 'UANA'], { verb: 'link-ask', stream: PEOPLE, mark: 'mark' })
        await others.says(['discord', DANA], { verb: 'link-claim', stream: PEOPLE, mark: 'mark' })
        await others.says(['slack', 'UANA'], { verb: 'link-confirm', stream: PEOPLE, agreed: true })
      },
      1,
      true,
    )
    expect(others.discord.invited).toEqual(['ana'])
  })

  it('removes a person who left while the program was stopped, and no later start removes them again', async () => {
    const doors = await withDana()
    await doors.another()
    await doors.members()
    // A case begins with the team on it, so Dana is on the second case too.
    await doors.while(nothing, 1)
    expect(doors.discord.removed).toEqual([DANA, DANA])
    await doors.while(nothing, 1)
    expect(doors.discord.removed).toEqual([DANA, DANA])
  })

  it('removes a person who could not be removed before the stop', async () => {
    const doors = await withDana()
    const { remove } = doors.discord
    doors.discord.remove = async () => {
      throw new OutsideError('unreachable', 'no way')
    }
    await doors.while(() => doors.members(), 2)
    doors.discord.remove = remove
    await doors.while(nothing, 1)
    expect(doors.discord.removed).toEqual([DANA])
  })

  it('removes a person who was removed, came back and left again', async () => {
    const doors = await withDana()
    await doors.while(() => doors.members())
    doors.house.wait(1000)
    await doors.while(() => doors.members(DANA))
    doors.house.wait(1000)
    await doors.members()
    await doors.while(nothing, 1)
    expect(doors.discord.removed).toEqual([DANA, DANA])
  })

  it('removes nobody who came back before they could be removed', async () => {
    const doors = await withDana()
    const { remove } = doors.discord
    doors.discord.remove = async (request) => {
      doors.discord.remove = remove
      await doors.members(DANA)
      throw new OutsideError('unreachable', `no way out of ${request.channel}`)
    }
    await doors.while(() => doors.members(), 3)
    expect(doors.discord.removed).toEqual([])
    expect(doors.discord.invited).not.toEqual([])
  })

  it('removes nobody who came back before the start', async () => {
    const doors = await withDana()
    await doors.members()
    await doors.members(DANA)
    await doors.while(nothing, 1)
    expect(doors.discord.removed).toEqual([])
  })

  it('reports a channel that is out of reach only once', async () => {
    const doors = await withDana()
    doors.discord.remove = async () => {
      throw new OutsideError('refused', 'no such channel', { gone: 'out-of-reach' })
    }
    await doors.members()
    await doors.while(nothing, 1)
    await doors.while(nothing, 1)
    const told = (await doors.house.engine.queries.history(CASE)).filter(
      ({ event }) => event.type === 'StrangerNoticed',
    )
    expect(told).toHaveLength(1)
  })

  it('tries for a month to remove a person from an archived channel, and then stops', async () => {
    const doors = await withDana()
    await doors.house.ask('ana', { verb: 'triage', case: CASE, disposition: 'spam' })
    await passMonth(doors.house)
    await doors.carriesOut()
    expect((await doors.house.engine.queries.history(CASE)).map(({ event }) => event.type)).toContain('ChannelArchived')
    let calls = 0
    doors.discord.remove = async () => {
      calls += 1
      throw new OutsideError('refused', 'it is archived', { gone: 'archived' })
    }
    await doors.members()
    await doors.while(nothing, 1)
    expect(calls).toBe(1)
    doors.house.wait(31 * DAY)
    await doors.while(nothing, 1)
    expect(calls).toBe(1)
  })
})
