import { CommandId, DAY, MINUTE, PEOPLE } from '@embargo/core'
import type { Platform } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createOutsidersAlert } from '../../src/index.ts'
import type { Card, ChatPlatform, OutsidersNews } from '../../src/index.ts'
import { createFakeChat } from '../fakes/fake-outside.ts'
import { createHouse, policyOf } from '../house.ts'

const card = ({ role, outsiders, admins }: OutsidersNews): Card => ({
  kind: 'notice',
  title: `to ${admins.join(', ')}: ${role}: ${outsiders.map(({ name, is }) => `${name} is ${is}`).join(', ')}`,
  lines: [],
  fields: [],
  attachments: [],
  actions: [],
  fallback: '',
  notification: '',
})

const gus = { account: 'U0GUS', name: 'gus', is: 'guest' } as const
const robo = { account: 'U0ROBO', name: 'robo', is: 'bot' } as const

describe('members of a group who are not full members', () => {
  it('are reported once in the team’s channel with a mention of the admins, and not again after a restart', async () => {
    const house = createHouse({
      policy: policyOf({ platforms: ['slack'], groups: [{ platform: 'slack', group: 'S0TEAM', role: 'team' }] }),
    })
    const slack = createFakeChat('slack')
    const chat = new Map<Platform, ChatPlatform>([[slack.platform, slack]])
    let commands = 0
    const notices = (outsiders: readonly (typeof gus | typeof robo)[]) =>
      house.engine.commands.handle({
        commandId: CommandId.parse(`members:${(commands += 1)}`),
        actor: { kind: 'system', part: 'chat' },
        at: house.clock.now(),
        request: { verb: 'notice-members', stream: PEOPLE, platform: 'slack', role: 'team', members: [], outsiders },
      })
    async function looks(times = 3): Promise<void> {
      const over = new AbortController()
      let left = times
      const sleep = async (): Promise<void> => {
        left -= 1
        if (left <= 0) over.abort()
      }
      await createOutsidersAlert({ engine: house.engine, chat, card, sleep }).run(over.signal)
    }
    await looks()
    expect(slack.posts).toEqual([])
    await notices([gus])
    await looks()
    await looks()
    house.wait(MINUTE)
    await notices([gus, robo])
    await looks()
    expect(slack.posts.map(({ title }) => title)).toEqual(['to ana: team: gus is guest', 'to ana: team: robo is bot'])
    house.wait(4 * DAY)
    await looks()
    expect(slack.posts).toHaveLength(2)
  })
})
