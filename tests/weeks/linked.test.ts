import { userInfo } from 'node:os'
import { operate } from '../../apps/embargo/src/control/operations.ts'
import { ANA, BEN, quillmark } from '@embargo/testkit/policy'
import type { DiscordEmulator } from '@embargo/emulator-discord'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { describe, expect, it, vi } from 'vitest'
import { instant } from '@embargo/core'
import { setStage } from '../../apps/demo/src/stage-setting.ts'
import type { StageSetting } from '../../apps/demo/src/stage-setting.ts'
import { SECURITY } from './house/policy.ts'
import { settle } from './house/rest.ts'
import { Writer } from './house/writer.ts'

// The test can take long on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const ANA_DISCORD = '100000000000000001'
const BEN_DISCORD = '100000000000000002'
const TOWN = 'town'

/**
 * The policy of a team with a Discord server. The policy lists people's Slack accounts but not their Discord accounts.
 */
const policy = quillmark('team', {
  people: [{ ...ANA, osUser: userInfo().username }, BEN],
  platforms: ['slack', 'discord'],
})

type BothPlatforms = { readonly stage: StageSetting; readonly slack: SlackEmulator; readonly discord: DiscordEmulator }

async function onBoth(play: (both: BothPlatforms) => Promise<void>): Promise<void> {
  await using stage = await setStage({
    policy,
    opening: instant(Date.parse('2026-06-02T09:00Z')),
    strangers: [ANA_DISCORD, BEN_DISCORD],
  })
  const { slack, discord } = stage
  if (slack === undefined || discord === undefined) throw new Error('both platforms')
  discord.admin.createChannel({ name: TOWN })
  await play({ stage, slack, discord })
}

/** The answer that somebody reads in Slack. */
async function inSlack(
  { slack, stage }: BothPlatforms,
  account: string,
  command: string,
  channel: string,
): Promise<string> {
  const [verb = '', ...words] = command.split(' ')
  const outcome = await slack.person(account).command(verb, words.join(' '), channel)
  await outcome.shown()
  await settle(stage)
  const card = outcome.ephemerals.at(-1)
  return card === undefined ? '' : slack.render(card)
}

type Options = Readonly<Record<string, string>>

async function inDiscord(
  { discord, stage }: BothPlatforms,
  account: string,
  verb: string,
  options: Options,
  channel = TOWN,
): Promise<string> {
  const outcome = await (await discord.person(account).command(verb, options, channel)).shown()
  await settle(stage)
  const [message] = outcome.messages
  return message === undefined ? '' : discord.render(message)
}

const codeIn = (text: string): string => /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? ''
const wordIn = (text: string): string => /\b[0-9A-HJKMNP-TV-Z]{4}\b(?!-)/.exec(text)?.[0] ?? ''

describe('a person with an account on Slack and one on Discord', () => {
  it('links them, is let into the channels of Discord, and counts once for a rule that takes two', () =>
    onBoth(async (both) => {
      const { stage, slack, discord } = both
      const robin = new Writer(
        {
          relay: stage.relay,
          clock: stage.clock,
          port: stage.program.smtpPort ?? 0,
          securityAddress: SECURITY,
          rest: () => settle(stage),
        },
        'Robin Sample',
        'robin@sample.example',
      )
      const link = async (onSlack: string, onDiscord: string, channel: string): Promise<void> => {
        const code = codeIn(await inSlack(both, onSlack, '/link', channel))
        const claimed = await inDiscord(both, onDiscord, '/link', { what: code })
        expect(claimed).toContain('One step is left')
        const pending = await inSlack(both, onSlack, '/link', channel)
        expect(pending).toContain(onDiscord)
        const word = wordIn(claimed.slice(claimed.indexOf('must be')))
        expect(pending).toContain(word)
        expect(await inSlack(both, onSlack, `/link yes ${word}`, channel)).toContain('count as one person')
      }

      await robin.mails({ subject: 'A hole', text: 'There is a hole.' })
      const place = [...slack.state.channels.values()].find(({ name }) => name.startsWith('sec-'))?.id ?? ''
      expect(await inDiscord(both, ANA_DISCORD, '/status', { which: 'all' })).toContain('0 cases found')
      await link('U0ANA', ANA_DISCORD, place)
      expect(await inDiscord(both, ANA_DISCORD, '/status', { which: 'all' })).toContain('SEC-2026-0001')

      const sees = (account: string, name: string): boolean =>
        discord.person(account).channels.some((channel) => channel.name === name)
      await discord.until(() => sees(ANA_DISCORD, 'sec-2026-0001'), { wanted: 'Ana in the channel of the case' })

      // When the next case opens, Ana is in its Discord channel too.
      await robin.mails({ subject: 'Another hole', text: 'There is another one.' })
      const second = [...slack.state.channels.values()].find(({ name }) => name.endsWith('0002'))?.id ?? ''
      const [there] = discord.person(ANA_DISCORD).channels.filter(({ name }) => name.includes('0002'))
      expect(there?.name).toBe('sec-2026-0002')
      expect(discord.person(BEN_DISCORD).channels.map(({ name }) => name)).not.toContain('sec-2026-0002')

      await inSlack(both, 'U0ANA', '/ack', second)
      await inSlack(both, 'U0ANA', '/cvd triage valid high CWE-22', second)
      const asked = await inSlack(both, 'U0ANA', '/cvd signal exploit https://exploit.example/1', second)
      expect(asked).toContain('second')
      const twice = await inDiscord(both, ANA_DISCORD, '/approve', {}, there?.id ?? '')
      expect(twice).toContain('A second person must agree')

      // The data that `embargo doctor` compares with the Discord server: linked accounts, and the channels of open
      // cases.
      expect(await operate(stage.program, { operation: 'discord-known', input: {} })).toEqual({
        people: [{ account: ANA_DISCORD, name: 'Ana' }],
        channels: expect.arrayContaining([
          expect.objectContaining({ case: 'SEC-2026-0001', lost: false }),
          { case: 'SEC-2026-0002', channel: there?.id, lost: false, accounts: [ANA_DISCORD] },
        ]),
      })
    }))
})
