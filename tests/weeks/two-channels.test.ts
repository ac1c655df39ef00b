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

describe('a case with a channel on Slack and one on Discord', () => {
  it(
    'shows in both channels what is done in either, and what people write to each other stays in its channel',
    weekTest(
      async (week) => {
        await playReport(week)
        const { ana, channel, slack, discord, time, robin, mailsThatLeft } = week
        if (discord === undefined) throw new Error('the policy names Discord')
        const there = discord.person(ANA_DISCORD).channels.find(({ name }) => name === 'sec-2026-0001')?.id ?? ''
        const saidInDiscord = (): string =>
          discord.state
            .messagesIn(there)
            .map((message) => discord.render(message))
            .join('\n')
        expect(saidInDiscord()).toContain('Ana acknowledged')

        await ana.says('xyzzyslack: I think that it is the loader')
        discord.person(ANA_DISCORD).say(there, 'plughdiscord: or the cache behind it')
        await discord.person(ANA_DISCORD).command('/triage', { disposition: 'valid', severity: 'high' }, there)
        await slack.until(() => channel().text().includes('Ana: valid'), { wanted: 'the triage in Slack' })
        await time.passes('1 day')
        await robin.answers('Is there news?')

        // Each word must be in its own channel. Otherwise the checks that the word is in no other place would prove
        // nothing.
        expect(channel().text()).toContain('xyzzyslack')
        expect(saidInDiscord()).toContain('plughdiscord')
        expect(saidInDiscord()).toContain('Ana: valid')
        expect(slack.state.everything()).not.toContain('plughdiscord')
        expect(discord.state.everything()).not.toContain('xyzzyslack')
        expect(mailsThatLeft().join('\n')).not.toMatch(/xyzzyslack|plughdiscord/u)
      },
      { policy: POLICY },
    ),
  )
})
