import { describe, expect, it } from 'vitest'
import { EffectId, HOUR, instant, later } from '../../src/index.ts'
import type { Event } from '../../src/index.ts'
import { clocks } from '../../src/deadlines/running-clocks.ts'
import { CHANNEL, receiveMail, notice, twoPlatforms, openChannels, platformEffects } from '../fixtures/two-platforms.ts'
import { ana, ben, BLOB, CASE, DAY, HASH, person } from '../fixtures/scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'

describe('the channel of a closed case', () => {
  const closed = (): MultiCaseScenario => {
    const scenario = openChannels()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
    scenario.effects.length = 0
    return scenario
  }
  const clock = (scenario: MultiCaseScenario) =>
    clocks(twoPlatforms, scenario.world).find((one) => one.clock === 'archive-channel')

  it('is archived after the grace period, and a late mail opens another channel', () => {
    const scenario = closed()
    const running = clock(scenario)
    expect(running?.due).toBe(instant(later(scenario.now, 30 * DAY)))
    scenario.wait(31 * DAY)
    const fired = {
      verb: 'fire-clock',
      stream: CASE,
      clock: 'archive-channel',
      round: running?.round ?? 0,
      fraction: 1,
    } as const
    expect(scenario.does(fired, { kind: 'system', part: 'clock' })).toEqual(['ChannelClosing', 'ChannelClosing'])
    expect(platformEffects(scenario)).toEqual(['slack archive-channel', 'discord archive-channel'])
    expect(clock(scenario)).toBeUndefined()
    expect(scenario.does(fired, { kind: 'system', part: 'clock' })).toEqual([])
    expect(receiveMail(scenario)).toEqual(['ChannelWanted', 'ChannelWanted', 'MessageTakenIn'])
  })

  /** Fires the clock at its next moment, as the scheduler does. */
  const fires = (scenario: MultiCaseScenario): readonly Event['type'][] => {
    const running = clock(scenario)
    if (running === undefined) throw new Error('no such clock')
    scenario.now = running.moments[0]?.at ?? running.due
    scenario.effects.length = 0
    return scenario.does(
      { verb: 'fire-clock', stream: CASE, clock: 'archive-channel', round: running.round, fraction: 1 },
      { kind: 'system', part: 'clock' },
    )
  }
  const archives = ({ effects }: MultiCaseScenario): readonly string[] =>
    effects.flatMap((effect) => (effect.kind === 'archive-channel' ? [effect.channel] : []))

  it('is archived with those that it replaced, each once, and not with one that was deleted', () => {
    const scenario = openChannels()
    for (const [what, channel, next] of [
      ['bot-removed', 'C1', 'C2'],
      ['deleted', 'C2', 'C3'],
      ['archived', 'C3', 'C4'],
    ] as const) {
      notice(scenario, what, { channel, waits: true })
      scenario.happens(CASE, { type: 'ChannelOpened', platform: 'slack', channel: next, name: 'sec-2026-0001-n' })
      scenario.wait(2 * HOUR)
    }
    scenario.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
    expect(fires(scenario)).toEqual(['ChannelClosing', 'ChannelClosing', 'ChannelClosing', 'ChannelClosing'])
    expect(archives(scenario)).toEqual(['C1', 'C3', 'C4', '77'])
    expect(scenario.caseState(CASE).channels.slack).toMatchObject({
      channel: 'C4',
      gone: 'closed',
      former: [
        { channel: 'C1', closed: true },
        { channel: 'C3', closed: true },
      ],
    })
    expect(clock(scenario)).toBeUndefined()
  })

  it.each(['archived', 'bot-removed', 'out-of-reach'] as const)(
    'is archived where it was lost after the case was over: Embargo may be in it again: %s',
    (what) => {
      const scenario = closed()
      expect(notice(scenario, what)).toEqual(['ChannelLost'])
      expect(fires(scenario)).toEqual(['ChannelClosing', 'ChannelClosing'])
      expect(archives(scenario)).toEqual(['C1', '77'])
      expect(scenario.caseState(CASE).channels.slack?.gone).toBe('closed')
    },
  )

  it('is archived in a round of its own if only the channel on another platform was archived before', () => {
    const scenario = openChannels()
    notice(scenario, 'archived')
    scenario.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
    const first = clock(scenario)?.round
    expect(first).toBe(scenario.caseState(CASE).closedAt)
    scenario.wait(31 * DAY)
    // An older version of Embargo closed only the Discord channel here, because somebody had archived the Slack channel
    // by hand. A round of the clock closes channels only once, so the Slack channel needs a new round.
    scenario.happens(CASE, { type: 'ChannelClosing', platform: 'discord', channel: CHANNEL.discord })
    expect(clock(scenario)?.round).not.toBe(first)
    expect(clock(scenario)?.due).toBeLessThan(scenario.now)
    expect(fires(scenario)).toEqual(['ChannelClosing'])
    expect(archives(scenario)).toEqual(['C1'])
    expect(clock(scenario)).toBeUndefined()
  })

  it('is not archived if somebody deleted it, but the channels that it replaced are', () => {
    const scenario = openChannels()
    notice(scenario, 'bot-removed')
    scenario.happens(CASE, { type: 'ChannelOpened', platform: 'slack', channel: 'C2', name: 'sec-2026-0001-2' })
    scenario.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
    notice(scenario, 'deleted', { channel: 'C2' })
    fires(scenario)
    expect(archives(scenario)).toEqual(['C1', '77'])
    expect(clock(scenario)).toBeUndefined()
  })

  it('is archived after its own grace period if a late mail opened it, and its predecessor is not archived again', () => {
    const scenario = closed()
    const first = clock(scenario)?.round
    fires(scenario)
    receiveMail(scenario)
    scenario.wait(DAY)
    scenario.happens(CASE, { type: 'ChannelOpened', platform: 'slack', channel: 'C2', name: 'sec-2026-0001-2' })
    expect(clock(scenario)).toBeUndefined()
    scenario.does({ verb: 'close', case: CASE, reason: 'it says nothing new' }, person(ana))
    expect(clock(scenario)).toMatchObject({ start: scenario.now, due: later(scenario.now, 30 * DAY) })
    expect(clock(scenario)?.round).not.toBe(first)
    expect(fires(scenario)).toEqual(['ChannelClosing'])
    expect(archives(scenario)).toEqual(['C2'])
  })

  const archived = (): MultiCaseScenario => {
    const scenario = closed()
    for (const platform of ['slack', 'discord'] as const)
      scenario.happens(CASE, { type: 'ChannelClosing', platform, channel: CHANNEL[platform] })
    scenario.effects.length = 0
    return scenario
  }
  const tellings = ({ effects }: MultiCaseScenario) => effects.map(({ kind, lane }) => `${kind} ${lane}`)

  it('is reported to the team if others can read it once it is archived, until a person clears it', () => {
    const scenario = archived()
    expect(notice(scenario, 'exposed', { platform: 'discord' })).toEqual(['ChannelExposed'])
    expect(tellings(scenario)).toEqual(['tell-team SEC-2026-0001:discord:exposed'])
    expect(notice(scenario, 'exposed', { platform: 'discord' })).toEqual([])
    expect(scenario.does({ verb: 'settle.channel.ok', case: CASE }, person(ana))).toEqual(['ChannelCleared'])
  })

  it('is reported to the team if a stranger is in it once it is archived, on the platform of the stranger', () => {
    const scenario = archived()
    scenario.does(
      { verb: 'notice-stranger', case: CASE, platform: 'discord', channel: '77', account: '9' },
      { kind: 'system', part: 'chat' },
    )
    expect(tellings(scenario)).toEqual(['tell-team SEC-2026-0001:discord'])
  })

  it('loses the people who are removed from the case, even once it is archived, and the team is told if that fails', () => {
    const scenario = archived()
    scenario.does({ verb: 'people.remove', case: CASE, person: ben }, person(ana))
    expect(scenario.effects.map((effect) => [effect.kind, 'channel' in effect ? effect.channel : ''])).toEqual([
      ['remove', 'C1'],
      ['remove', '77'],
    ])
    scenario.effects.length = 0
    scenario.happens(CASE, {
      type: 'EffectParked',
      effect: EffectId.parse('e9/remove/slack/C1'),
      doubt: false,
      because: 'archived',
    })
    expect(platformEffects(scenario)).toEqual(['slack tell-team', 'discord tell-team'])
  })

  it('stays open if the policy says so', () => {
    const scenario = closed()
    const never = { ...twoPlatforms, chat: { ...twoPlatforms.chat, archiveAfter: 'never' as const } }
    expect(clocks(never, scenario.world).some((one) => one.clock === 'archive-channel')).toBe(false)
  })

  it('has its messages stored, sealed', () => {
    const scenario = closed()
    const transcript = { blob: BLOB, sha256: HASH, lines: 12 }
    scenario.does(
      {
        verb: 'record-outcome',
        stream: CASE,
        effect: EffectId.parse('e/archive-channel/slack'),
        outcome: { is: 'channel-archived', platform: 'slack', channel: 'C1', transcript },
      },
      { kind: 'system', part: 'dispatcher' },
    )
    expect(scenario.caseState(CASE).channels.slack?.transcripts).toEqual([
      { channel: 'C1', ...transcript, keptAt: scenario.now },
    ])
  })
})
