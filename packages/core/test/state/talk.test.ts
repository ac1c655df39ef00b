import { describe, expect, it } from 'vitest'
import { EffectId, instant, later } from '../../src/index.ts'
import type { Event, Instant } from '../../src/index.ts'
import { receivedCase } from '../commands/states.ts'
import { receiveMail, notice, openChannels, platformEffects } from '../fixtures/two-platforms.ts'
import { ana, BLOB, CASE, DAY, HASH, person, policyOf } from '../fixtures/scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'

describe('the messages of a channel', () => {
  const keeping = policyOf('team', {
    platforms: ['slack', 'discord'],
    chat: { archiveAfter: '30 days', transcript: 'kept' },
  })
  const keepings = ({ effects }: MultiCaseScenario): readonly string[] =>
    effects.flatMap((effect) => (effect.kind === 'keep-talk' ? [`${effect.platform} ${effect.channel}`] : []))
  const closes = (scenario: MultiCaseScenario): MultiCaseScenario => {
    scenario.effects.length = 0
    scenario.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
    return scenario
  }
  const kept = (scenario: MultiCaseScenario, from = scenario.now, channel = 'C1'): readonly Event['type'][] => {
    const outcome = {
      is: 'talk-kept',
      platform: 'slack',
      channel,
      transcript: { blob: BLOB, sha256: HASH, lines: 3 },
      from,
    } as const
    const effect = EffectId.parse(`e/keep-talk/slack/${channel}`)
    return scenario.does(
      { verb: 'record-outcome', stream: CASE, effect, outcome },
      { kind: 'system', part: 'dispatcher' },
    )
  }
  const transcripts = (scenario: MultiCaseScenario) => scenario.caseState(CASE).channels.slack?.transcripts

  it('are stored when the case ends, on each platform', () => {
    const scenario = closes(openChannels(receivedCase(keeping)))
    expect(keepings(scenario)).toEqual(['slack C1', 'discord 77'])
    expect(keepings(closes(openChannels()))).toEqual([])
  })

  it('are stored on their own schedule, before the channel is closed, and delay no other post', () => {
    const scenario = closes(openChannels(receivedCase(keeping)))
    scenario.happens(CASE, { type: 'ChannelClosing', platform: 'slack', channel: 'C1' })
    receiveMail(scenario)
    const lanes = scenario.effects.flatMap((effect) =>
      effect.lane.startsWith('SEC-2026-0001:slack') ? [`${effect.kind} ${effect.lane}`] : [],
    )
    const TALK = 'SEC-2026-0001:slack:talk'
    expect(lanes.filter((each) => each.endsWith(TALK))).toEqual([`keep-talk ${TALK}`, `archive-channel ${TALK}`])
    expect(lanes.filter((each) => /^(?:keep-talk|archive-channel)/u.test(each))).toHaveLength(2)
    expect(lanes).toContain('post SEC-2026-0001:slack')
  })

  it('are stored when somebody archives it, and for each channel that another replaced', () => {
    const scenario = openChannels(receivedCase(keeping))
    notice(scenario, 'archived')
    expect(keepings(scenario)).toEqual(['slack C1'])
    // The effect that stores this channel has its own lane, so that messages for the next channel do not wait for it.
    expect(scenario.effects.find(({ kind }) => kind === 'keep-talk')?.lane).toBe('SEC-2026-0001:slack:talk')
    scenario.effects.length = 0
    notice(scenario, 'deleted', { platform: 'discord' })
    expect(keepings(scenario)).toEqual([])
    scenario.happens(CASE, { type: 'ChannelOpened', platform: 'slack', channel: 'C2', name: 'sec-2026-0001-2' })
    expect(keepings(closes(scenario))).toEqual(['slack C1', 'slack C2'])
  })

  it('are stored at the end if somebody archived it and nothing more is posted', () => {
    const scenario = openChannels(receivedCase(keeping))
    notice(scenario, 'archived')
    expect(keepings(closes(scenario))).toContain('slack C1')
  })

  it('are stored only when the channel is archived, if we closed it ourselves', () => {
    const scenario = openChannels(receivedCase(keeping))
    scenario.happens(CASE, { type: 'ChannelClosing', platform: 'slack', channel: 'C1' })
    expect(keepings(closes(scenario))).toEqual(['discord 77'])
  })

  it('are complete if they go back to the opening, and nobody is told', () => {
    const scenario = closes(openChannels(receivedCase(keeping)))
    scenario.effects.length = 0
    expect(kept(scenario)).toEqual(['TalkKept'])
    expect(platformEffects(scenario)).toEqual([])
    expect(transcripts(scenario)).toEqual([{ channel: 'C1', blob: BLOB, sha256: HASH, lines: 3, keptAt: scenario.now }])
  })

  it('are reported everywhere as incomplete if the platform had nothing older, and open no other channel', () => {
    const scenario = openChannels(receivedCase(keeping))
    const since = scenario.now
    scenario.wait(90 * DAY)
    const until = instant(later(scenario.now, -30 * DAY))
    closes(scenario)
    scenario.effects.length = 0
    expect(kept(scenario, until)).toEqual(['TalkKept'])
    expect(platformEffects(scenario)).toEqual(['slack post', 'discord post'])
    expect(transcripts(scenario)).toMatchObject([{ gap: { since, until } }])
    // A message that was stored before does not count as missing.
    scenario.wait(30 * DAY)
    kept(scenario, scenario.now)
    expect(transcripts(scenario)?.[1]).toMatchObject({ gap: { since: later(since, 90 * DAY), until: scenario.now } })
    kept(scenario, until)
    expect(transcripts(scenario)?.[2]).not.toHaveProperty('gap')
  })

  it('are reported as incomplete for a channel that another replaced', () => {
    const scenario = openChannels(receivedCase(keeping))
    const since = scenario.now
    notice(scenario, 'bot-removed')
    scenario.happens(CASE, { type: 'ChannelOpened', platform: 'slack', channel: 'C2', name: 'sec-2026-0001-2' })
    scenario.wait(90 * DAY)
    kept(scenario)
    expect(transcripts(scenario)).toMatchObject([{ channel: 'C1', gap: { since, until: scenario.now } }])
  })

  it('are reported to the team if no channel of the case is left', () => {
    const scenario = openChannels(receivedCase(keeping))
    scenario.wait(90 * DAY)
    notice(scenario, 'archived')
    scenario.effects.length = 0
    expect(kept(scenario)).toEqual(['TalkKept'])
    expect(platformEffects(scenario)).toEqual(['slack tell-team', 'discord post'])
  })

  it('are reported as incomplete if the channel is archived and the platform had nothing older', () => {
    const archived = (scenario: MultiCaseScenario, from: Instant): readonly Event['type'][] => {
      scenario.happens(CASE, { type: 'ChannelClosing', platform: 'slack', channel: 'C1' })
      scenario.effects.length = 0
      const transcript = { blob: BLOB, sha256: HASH, lines: 3 }
      const outcome = { is: 'channel-archived', platform: 'slack', channel: 'C1', transcript, from } as const
      const effect = EffectId.parse('e/archive-channel/slack')
      return scenario.does(
        { verb: 'record-outcome', stream: CASE, effect, outcome },
        { kind: 'system', part: 'dispatcher' },
      )
    }
    const scenario = openChannels(receivedCase(keeping))
    const since = scenario.now
    scenario.wait(90 * DAY)
    const until = instant(later(scenario.now, -7 * DAY))
    expect(archived(scenario, until)).toEqual(['ChannelArchived'])
    expect(transcripts(scenario)).toMatchObject([{ channel: 'C1', gap: { since, until } }])
    // The message about the gap is posted in the team's own channel, because nothing more is posted in the archived
    // channel.
    expect(platformEffects(scenario)).toEqual(['slack tell-team', 'discord post'])

    const whole = openChannels(receivedCase(keeping))
    const from = whole.now
    whole.wait(90 * DAY)
    expect(archived(whole, from)).toEqual(['ChannelArchived'])
    expect(transcripts(whole)?.[0]).not.toHaveProperty('gap')
    expect(platformEffects(whole)).toEqual([])
  })
})
