import { CommandId, PEOPLE } from '@embargo/core'
import type { Platform, Policy } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createDoors, OutsideError } from '../src/index.ts'
import { CASE, createHouse, policyOf } from './house.ts'
import type { House } from './house.ts'
import { createFakeChat } from './fakes/fake-outside.ts'

const DANA = '100000000000000003'
const BOTH = { platforms: ['slack', 'discord'] as const, groups: { team: { discord: '200000000000000001' } } }

/** Doors that look when they are told to, and a case with a channel on both platforms. */
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
    request: Parameters<House['engine']['handle']>[0]['request'],
  ) =>
    house.engine.handle({
      commandId: CommandId.parse(`doors:${(commands += 1)}`),
      actor: account === 'system' ? { kind: 'system', part: 'chat' } : house.engine.actorOf(...account),
      at: house.clock.now(),
      request,
    })
  return {
    house,
    discord,
    says,
    /** One more case, with its channels. */
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
    /** What the doors do while something is said of people. */
    async while(doing: () => Promise<unknown>, looks = 1) {
      const over = new AbortController()
      let slept = 0
      const running = createDoors({
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
      const run = running.run(over.signal)
      await doing()
      said = true
      await run
    },
  }
}

describe('the channels of open cases', () => {
  it('let the account of a link in, and put it out when it is taken back', async () => {
    const doors = await withDoors()
    await doors.while(async () => {
      await doors.says(['slack', 'UANA'], { verb: 'link-ask', stream: PEOPLE, mark: 'mark' })
      await doors.says(['discord', DANA], { verb: 'link-claim', stream: PEOPLE, mark: 'mark' })
      await doors.says(['slack', 'UANA'], { verb: 'link-confirm', stream: PEOPLE, agreed: true })
    })
    expect([doors.discord.invited, doors.house.chat.invited]).toEqual([['ana'], []])
    await doors.while(() => doors.says(['slack', 'UANA'], { verb: 'unlink', stream: PEOPLE, platform: 'discord' }))
    expect(doors.discord.removed).toEqual([DANA])
  })

  it('let nobody in who is not on the case, and put out who left their group', async () => {
    const doors = await withDoors()
    await doors.while(() => doors.members(DANA))
    expect(doors.discord.invited).toEqual([])
    const dana = doors.house.engine.personOfAccount('discord', DANA)?.id
    if (dana === undefined) throw new Error('nobody')
    await doors.house.ask('ana', { verb: 'invite', case: (await doors.house.caseState()).id, person: dana })
    await doors.while(() => doors.members())
    expect(doors.discord.removed).toEqual([DANA])
  })

  const links = async (doors: Awaited<ReturnType<typeof withDoors>>): Promise<void> => {
    await doors.says(['slack', 'UANA'], { verb: 'link-ask', stream: PEOPLE, mark: 'mark' })
    await doors.says(['discord', DANA], { verb: 'link-claim', stream: PEOPLE, mark: 'mark' })
    await doors.says(['slack', 'UANA'], { verb: 'link-confirm', stream: PEOPLE, agreed: true })
  }

  it('do it in the others when one channel is archived, and ask nothing of that one', async () => {
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
    const asked: string[] = []
    doors.discord.invite = async ({ channel }) => void asked.push(channel)
    await doors.while(() => links(doors), 3)
    expect(asked).toEqual([second])
  })

  it('do it in the others when one channel fails, and try that one again alone', async () => {
    const doors = await withDoors()
    await doors.another()
    const asked: string[] = []
    doors.discord.invite = async ({ channel }) => {
      asked.push(channel)
      if (asked.length === 1) throw new OutsideError('unreachable', 'no way')
    }
    await doors.while(() => links(doors), 4)
    const [failed, other, again, ...more] = asked
    expect(new Set([failed, other])).toEqual(new Set(doors.discord.channels.keys()))
    expect([again, more]).toEqual([failed, []])
  })

  it('do it when the platform can be reached again', async () => {
    const doors = await withDoors()
    doors.discord.failures.push({ error: new OutsideError('unreachable', 'no way') })
    await doors.while(async () => {
      await doors.says(['slack', 'UANA'], { verb: 'link-ask', stream: PEOPLE, mark: 'mark' })
      await doors.says(['discord', DANA], { verb: 'link-claim', stream: PEOPLE, mark: 'mark' })
      await doors.says(['slack', 'UANA'], { verb: 'link-confirm', stream: PEOPLE, agreed: true })
    }, 4)
    expect(doors.discord.invited).toEqual(['ana'])
  })

  it('are not the only ones: who lost an account is put out of the channels of a closed case too, and nobody is let in', async () => {
    const doors = await withDoors()
    await doors.house.ask('ana', {
      verb: 'triage',
      case: (await doors.house.caseState()).id,
      disposition: 'spam',
    })
    await doors.while(() => links(doors))
    expect(doors.discord.invited).toEqual([])
    await doors.while(() => doors.says(['slack', 'UANA'], { verb: 'unlink', stream: PEOPLE, platform: 'discord' }))
    expect(doors.discord.removed).toEqual([DANA])
  })

  /** A case whose first channel somebody archived, and that goes on in another. */
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

  it('and those that another replaced: who lost an account is put out of both', async () => {
    const doors = await replaced()
    const asked: string[] = []
    doors.discord.remove = async ({ channel }) => void asked.push(channel)
    await doors.while(() => doors.says(['slack', 'UANA'], { verb: 'unlink', stream: PEOPLE, platform: 'discord' }))
    const [, next] = doors.discord.channels.keys()
    expect(asked).toEqual([doors.former, next])
  })

  it('or the team is told that they can read where we cannot reach', async () => {
    const doors = await replaced()
    doors.discord.remove = async ({ channel }) => {
      if (channel === doors.former) throw new OutsideError('refused', 'no such channel', { gone: 'out-of-reach' })
    }
    await doors.while(() => doors.says(['slack', 'UANA'], { verb: 'unlink', stream: PEOPLE, platform: 'discord' }), 3)
    const told = (await doors.house.engine.history(CASE)).filter(({ event }) => event.type === 'StrangerNoticed')
    expect(told.map(({ event }) => event)).toEqual([
      { type: 'StrangerNoticed', platform: 'discord', channel: doors.former, account: DANA },
    ])
  })
})
