import { MessageId } from '../src/index.ts'
import type { ChannelNews, Effect, Event, Platform } from '../src/index.ts'
import { received } from './commands/states.ts'
import { CASE, policyOf } from './scenario.ts'
import type { Several } from './several.ts'

export const onBoth = policyOf('team', { platforms: ['slack', 'discord'] })
export const CHANNEL: Readonly<Record<'slack' | 'discord', string>> = { slack: 'C1', discord: '77' }

/** A case with a channel on each platform. */
export function opened(scenario: Several = received(onBoth)): Several {
  for (const platform of ['slack', 'discord'] as const)
    scenario.happens(CASE, { type: 'ChannelOpened', platform, channel: CHANNEL[platform], name: 'sec-2026-0001' })
  scenario.effects.length = 0
  return scenario
}

export const notice = (
  scenario: Several,
  what: ChannelNews,
  more: {
    readonly platform?: 'slack' | 'discord'
    readonly name?: string
    readonly channel?: string
    readonly waits?: true
  } = {},
): readonly Event['type'][] => {
  const { platform = 'slack', channel = CHANNEL[platform], ...rest } = more
  return scenario.does(
    { verb: 'notice-channel', case: CASE, platform, channel, what, ...rest },
    { kind: 'system', part: 'chat' },
  )
}

export const seen = ({ effects }: Several): readonly string[] =>
  effects
    .filter((effect): effect is Extract<Effect, { platform: Platform }> => 'platform' in effect)
    .map(({ platform, kind }) => `${platform} ${kind}`)

export const mailComes = (scenario: Several): readonly Event['type'][] =>
  scenario.does({
    verb: 'take-in-message',
    case: CASE,
    message: MessageId.parse(`mail-${scenario.log.length}`),
    from: 'reporter',
    report: scenario.reportId,
    trust: 'nothing-proven',
    automatic: false,
  })
