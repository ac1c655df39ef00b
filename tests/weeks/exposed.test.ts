import { describe, expect, it } from 'vitest'
import { ANA, BEN } from '@embargo/testkit/policy'
import { DANA, teamOfThree } from './house/policy.ts'
import { playReport } from './house/steps.ts'
import { weekTest } from './house/week.ts'

const ANA_DISCORD = '100000000000000000'
const POLICY = teamOfThree({
  platforms: ['slack', 'discord'],
  people: [ANA, BEN, DANA].map((person, index) => ({ ...person, discord: `10000000000000000${index}` })),
})

const WARNING = /until a team member has checked the channel/u

describe('a channel that others can read since this morning', () => {
  it(
    'gets no further post: answers go only to the person who asked, until somebody has checked the channel',
    weekTest(
      async (week) => {
        await playReport(week)
        const { ana, channel, slack, discord } = week
        if (discord === undefined) throw new Error('the policy names Discord')
        const there = discord.person(ANA_DISCORD).channels.find(({ name }) => name === 'sec-2026-0001')?.id ?? ''
        const asksThere = async (): Promise<string> => {
          const outcome = await (await discord.person(ANA_DISCORD).command('/status', {}, there)).shown()
          return outcome.messages.map((message) => discord.render(message)).join('\n')
        }

        slack.person('U0ANA').share(channel().id)
        discord.admin.expose(there)
        // Whether these messages warn about both channels that outsiders can now read.
        const warned = (texts: readonly string[]): boolean => texts.filter((text) => WARNING.test(text)).length === 2
        const saysSlack = () => slack.state.messagesIn(channel().id).map((each) => slack.render(each))
        const saysDiscord = () => discord.state.messagesIn(there).map((each) => discord.render(each))
        await slack.until(() => warned(saysSlack()), { wanted: 'both warnings in Slack' })
        await discord.until(() => warned(saysDiscord()), { wanted: 'both warnings in Discord' })
        const before = [saysSlack().length, saysDiscord().length]
        expect(await asksThere()).toContain('SEC-2026-0001')
        expect(await ana.types('/cvd status')).toContain('SEC-2026-0001')
        expect([saysSlack().length, saysDiscord().length]).toEqual(before)
      },
      { policy: POLICY },
    ),
  )
})
