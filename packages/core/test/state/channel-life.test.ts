import { describe, expect, it } from 'vitest'
import { EffectId, expectedChannelMembers, HOUR, PLATFORMS, rowOf } from '../../src/index.ts'
import { ratedCase, receivedCase } from '../commands/states.ts'
import { receiveMail, notice, twoPlatforms, openChannels, platformEffects } from '../fixtures/two-platforms.ts'
import { ana, ben, CASE, DAY, person, policyOf } from '../fixtures/scenario.ts'
import { DATE, RELEASE, MultiCaseScenario, withBranches } from '../fixtures/multi-case-scenario.ts'

describe('a channel, whatever the platform', () => {
  it.each(PLATFORMS)('is in the read model, so that what is typed there finds its case: %s', (platform) => {
    const scenario = receivedCase(policyOf('team', { platforms: [platform] }))
    scenario.happens(CASE, { type: 'ChannelOpened', platform, channel: 'C7', name: 'sec-2026-0001' })
    expect(rowOf(scenario.policy, scenario.world)?.channels).toEqual([{ platform, channel: 'C7' }])
  })
})

describe('the terminal, which prints each message once', () => {
  it('is asked to print each message, and to edit none', () => {
    const scenario = ratedCase(policyOf('team', { platforms: ['terminal', 'slack'] }))
    const asked = scenario.effects.map(({ capability, kind }) => `${capability} ${kind}`)
    expect(asked).toContain('terminal post')
    expect(asked).toContain('slack update-card')
    expect(asked).not.toContain('terminal update-card')
  })
})

describe('a channel that a person renames', () => {
  it('keeps its new name, and everybody is told once', () => {
    const scenario = openChannels()
    expect(notice(scenario, 'renamed', { name: 'template-hole' })).toEqual(['ChannelRenamed'])
    expect(platformEffects(scenario)).toEqual(['slack post', 'discord post'])
    expect(notice(scenario, 'renamed', { name: 'template-hole' })).toEqual([])
    expect(scenario.caseState(CASE).channels.slack?.name).toBe('template-hole')
  })
})

describe('a channel that a person archives', () => {
  it('is mentioned in other channels, and nothing is posted in it', () => {
    const scenario = openChannels()
    expect(notice(scenario, 'archived')).toEqual(['ChannelLost'])
    expect(platformEffects(scenario)).toEqual(['slack tell-team', 'discord post'])
    expect(notice(scenario, 'archived')).toEqual([])
  })

  it('gets a successor before the next mail is posted, with the same members and open questions', () => {
    const scenario = openChannels(ratedCase(twoPlatforms))
    notice(scenario, 'archived')
    scenario.effects.length = 0
    expect(receiveMail(scenario)).toEqual(['ChannelWanted', 'MessageTakenIn'])
    expect(scenario.effects.find(({ kind }) => kind === 'open-channel')).toMatchObject({ nth: 2, platform: 'slack' })
    expect(platformEffects(scenario).filter((one) => one.startsWith('slack'))).toEqual([
      'slack open-channel',
      'slack place-card',
      'slack invite',
      'slack post',
      'slack post',
      'slack update-card',
    ])
    // One channel is already requested, so no other is requested.
    expect(receiveMail(scenario)).toEqual(['MessageTakenIn'])
    scenario.happens(CASE, { type: 'ChannelOpened', platform: 'slack', channel: 'C2', name: 'sec-2026-0001-2' })
    expect(scenario.caseState(CASE).channels.slack).toEqual({
      channel: 'C2',
      name: 'sec-2026-0001-2',
      openedAt: scenario.now,
      cutShort: 1,
      cards: {},
      nth: 2,
      former: [{ channel: 'C1', openedAt: scenario.now }],
    })
  })

  it('is used again when somebody unarchives it', () => {
    const scenario = openChannels()
    notice(scenario, 'archived')
    expect(notice(scenario, 'unarchived')).toEqual(['ChannelBack'])
    expect(receiveMail(scenario)).toEqual(['MessageTakenIn'])
  })

  it('gets a successor at once if a message waits for it', () => {
    expect(notice(openChannels(), 'archived', { waits: true })).toEqual(['ChannelLost', 'ChannelWanted'])
  })
})

describe.each(['deleted', 'bot-removed', 'out-of-reach'] as const)('a channel that is %s', (what) => {
  it('is replaced at once, and the third channel has its own number', () => {
    const scenario = openChannels()
    expect(notice(scenario, what)).toEqual(['ChannelLost', 'ChannelWanted'])
    scenario.happens(CASE, { type: 'ChannelOpened', platform: 'slack', channel: 'C2', name: 'sec-2026-0001-2' })
    expect(notice(scenario, what, { channel: 'C1' })).toEqual([])
    expect(notice(scenario, what, { channel: 'C2' })).toEqual(['ChannelLost', 'ChannelWanted'])
    expect(scenario.log.map(({ event }) => event).findLast(({ type }) => type === 'ChannelWanted')).toMatchObject({
      nth: 3,
      instead: what,
    })
  })

  it('is not replaced automatically for a day if several were removed in a row, unless a person asks for it', () => {
    const scenario = openChannels()
    const next = (nth: number): void =>
      void scenario.happens(CASE, { type: 'ChannelOpened', platform: 'slack', channel: `C${nth}`, name: `case-${nth}` })
    notice(scenario, what)
    next(2)
    expect(notice(scenario, what, { channel: 'C2' })).toEqual(['ChannelLost', 'ChannelWanted'])
    next(3)
    expect(notice(scenario, what, { channel: 'C3' })).toEqual(['ChannelLost'])
    expect(notice(scenario, what, { channel: 'C3', waits: true })).toEqual([])
    expect(receiveMail(scenario)).toEqual(['MessageTakenIn'])
    expect(scenario.does({ verb: 'settle.channel.open', case: CASE }, person(ana))).toEqual(['ChannelWanted'])
    next(4)
    expect(notice(scenario, what, { channel: 'C4', waits: true })).toEqual(['ChannelLost'])
    scenario.wait(DAY)
    expect(receiveMail(scenario)).toEqual(['ChannelWanted', 'MessageTakenIn'])
    next(5)
    scenario.wait(HOUR)
    expect(notice(scenario, what, { channel: 'C5' })).toEqual(['ChannelLost', 'ChannelWanted'])
  })

  it('gets no successor when the case is closed, until a mail arrives', () => {
    const scenario = openChannels()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
    expect(notice(scenario, what)).toEqual(['ChannelLost'])
    expect(receiveMail(scenario)[0]).toBe('ChannelWanted')
  })
})

describe('a channel that is not found', () => {
  it.each(['deleted', 'bot-removed'] as const)('is told again when it is known what became of it: %s', (what) => {
    const scenario = openChannels()
    expect(notice(scenario, 'out-of-reach')).toEqual(['ChannelLost', 'ChannelWanted'])
    scenario.effects.length = 0
    expect(notice(scenario, what)).toEqual(['ChannelLost'])
    expect(notice(scenario, 'out-of-reach')).toEqual([])
    expect(notice(scenario, what)).toEqual([])
    expect(platformEffects(scenario)).toEqual(['slack tell-team', 'discord post'])
    // All these notices are about one loss, so it is counted once.
    expect(scenario.caseState(CASE).channels.slack).toMatchObject({ gone: what, cutShort: 1 })
  })
})

describe('a channel that more people can read', () => {
  it('causes a message separate from the waiting ones, and is cleared by a person', () => {
    const scenario = openChannels()
    expect(notice(scenario, 'exposed', { platform: 'discord' })).toEqual(['ChannelExposed'])
    expect(notice(scenario, 'exposed', { platform: 'discord' })).toEqual([])
    const [slack, discord] = scenario.effects
    expect([slack?.lane, discord?.lane]).toEqual(['SEC-2026-0001:slack', 'SEC-2026-0001:discord:exposed'])
    expect(scenario.caseState(CASE).channels.discord?.exposed).toBe(scenario.now)
    expect(scenario.does({ verb: 'settle.channel.ok', case: CASE }, person(ana))).toEqual(['ChannelCleared'])
    expect(scenario.caseState(CASE).channels.discord?.exposed).toBeUndefined()
  })
})

describe('a channel that another replaced', () => {
  /** The case goes on in C2; everybody who was in C1 can still read C1. */
  const replaced = (scenario = openChannels()): MultiCaseScenario => {
    notice(scenario, 'archived', { waits: true })
    scenario.happens(CASE, { type: 'ChannelOpened', platform: 'slack', channel: 'C2', name: 'sec-2026-0001-2' })
    scenario.effects.length = 0
    return scenario
  }

  it('is reported once in the current channel if more people can read it, and delays nothing there', () => {
    const scenario = replaced()
    expect(notice(scenario, 'exposed')).toEqual(['ChannelExposed'])
    expect(notice(scenario, 'exposed')).toEqual([])
    expect(platformEffects(scenario)).toEqual(['slack post', 'discord post'])
    expect(scenario.caseState(CASE).channels.slack).toMatchObject({
      channel: 'C2',
      former: [{ channel: 'C1', openedAt: scenario.now, exposed: scenario.now }],
    })
    expect(scenario.caseState(CASE).channels.slack?.exposed).toBeUndefined()
    expect(scenario.does({ verb: 'settle.channel.ok', case: CASE }, person(ana))).toEqual(['ChannelCleared'])
    expect(scenario.caseState(CASE).channels.slack?.former).toEqual([{ channel: 'C1', openedAt: scenario.now }])
    expect(notice(scenario, 'exposed')).toEqual(['ChannelExposed'])
  })

  it('is closed to everybody who is taken off the case', () => {
    const scenario = replaced()
    scenario.does({ verb: 'people.remove', case: CASE, person: ben }, person(ana))
    expect(scenario.effects.filter(({ kind }) => kind === 'remove')).toEqual([
      expect.not.objectContaining({ channel: expect.anything() }),
      expect.objectContaining({ platform: 'slack', channel: 'C1', people: [ben] }),
      expect.not.objectContaining({ channel: expect.anything() }),
    ])
  })

  it.each(['bot-removed', 'out-of-reach'] as const)(
    'lets nobody read on who is taken off the case where Embargo may only have been put out of it: %s',
    (what) => {
      const scenario = openChannels()
      notice(scenario, what)
      scenario.happens(CASE, { type: 'ChannelOpened', platform: 'slack', channel: 'C2', name: 'sec-2026-0001-2' })
      scenario.effects.length = 0
      scenario.does({ verb: 'people.remove', case: CASE, person: ben }, person(ana))
      expect(scenario.effects).toContainEqual(
        expect.objectContaining({ kind: 'remove', platform: 'slack', channel: 'C1', people: [ben] }),
      )
    },
  )

  it('is ignored permanently and silently once it is known that somebody deleted it', () => {
    const scenario = replaced()
    expect(notice(scenario, 'bot-removed')).toEqual([])
    expect(notice(scenario, 'deleted')).toEqual(['ChannelLost'])
    expect(notice(scenario, 'deleted')).toEqual([])
    expect(scenario.effects).toEqual([])
    expect(scenario.caseState(CASE).channels.slack).toMatchObject({ channel: 'C2' })
    expect(scenario.caseState(CASE).channels.slack).not.toHaveProperty('former')
    expect(scenario.caseState(CASE).channels.slack).not.toHaveProperty('gone')
    scenario.does({ verb: 'people.remove', case: CASE, person: ben }, person(ana))
    expect(scenario.effects.filter(({ kind }) => kind === 'remove').every((one) => !('channel' in one))).toBe(true)
  })

  it('still leads to its case, unless it was deleted', () => {
    const channelsOf = (scenario: MultiCaseScenario) => rowOf(twoPlatforms, scenario.world)?.channels
    expect(channelsOf(replaced())).toEqual([
      { platform: 'slack', channel: 'C2' },
      { platform: 'slack', channel: 'C1' },
      { platform: 'discord', channel: '77' },
    ])
    const deleted = openChannels()
    notice(deleted, 'deleted')
    deleted.happens(CASE, { type: 'ChannelOpened', platform: 'slack', channel: 'C2', name: 'sec-2026-0001-2' })
    expect(channelsOf(deleted)).toEqual([
      { platform: 'slack', channel: 'C2' },
      { platform: 'discord', channel: '77' },
    ])
    expect(notice(deleted, 'exposed')).toEqual([])
  })
})

describe('a publication in progress whose channel is lost', () => {
  const publishing = (): MultiCaseScenario => {
    const scenario = new MultiCaseScenario(policyOf('team', { ...withBranches, platforms: ['slack', 'discord'] }))
    scenario.ready(CASE, 'main').plan()
    openChannels(scenario).now = DATE
    scenario.request({ verb: 'disclose', case: CASE }).approve(CASE)
    scenario.effects.length = 0
    return scenario
  }
  const placed = ({ effects }: MultiCaseScenario): readonly string[] =>
    effects.flatMap((effect) => (effect.kind === 'place-card' ? [`${effect.platform} ${effect.slot}`] : []))

  it('is reported in the next channel', () => {
    const scenario = publishing()
    expect(notice(scenario, 'bot-removed')).toEqual(['ChannelLost', 'ChannelWanted'])
    expect(placed(scenario)).toEqual(['slack status', `slack publication:${RELEASE}`])
  })

  it('is not reported there once everything is published', () => {
    const scenario = publishing()
    scenario.happens(RELEASE, { type: 'Disclosed' })
    scenario.effects.length = 0
    expect(notice(scenario, 'deleted')[0]).toBe('ChannelLost')
    expect(placed(scenario).filter((one) => one.includes('publication'))).toEqual([])
  })
})

describe('people on the case who are not in its channel', () => {
  const notThere = (scenario: MultiCaseScenario, more: { readonly back?: true; readonly channel?: string } = {}) =>
    scenario.does(
      { verb: 'notice-person', case: CASE, platform: 'slack', channel: 'C1', person: ben, ...more },
      { kind: 'system', part: 'chat' },
    )

  it('are reported everywhere, once until they are back', () => {
    const scenario = openChannels()
    expect(notThere(scenario, { back: true })).toEqual([])
    expect(notThere(scenario)).toEqual(['PersonNotThere'])
    expect(platformEffects(scenario)).toEqual(['slack post', 'discord post'])
    expect(notThere(scenario)).toEqual([])
    expect(notThere(scenario, { back: true })).toEqual(['PersonThere'])
    expect(notThere(scenario)).toEqual(['PersonNotThere'])
  })

  it('are never people taken off the case, and are not reported if there is no channel', () => {
    const scenario = openChannels()
    expect(notThere(scenario, { channel: 'C9' })).toEqual([])
    scenario.does({ verb: 'people.remove', case: CASE, person: ben }, person(ana))
    expect(notThere(scenario)).toEqual([])
    const archived = openChannels()
    notice(archived, 'archived')
    expect(notThere(archived)).toEqual([])
  })

  it('are looked for an hour after they were invited, but not while the invitation is known to have failed', () => {
    const scenario = openChannels()
    const expected = () =>
      expectedChannelMembers(scenario.caseState(CASE), scenario.log, { platform: 'slack', at: scenario.now })
    expect(expected()).toEqual([])
    scenario.wait(HOUR)
    expect(expected()).toContain(ben)
    scenario.does({ verb: 'people.remove', case: CASE, person: ben }, person(ana))
    scenario.does({ verb: 'people.invite', case: CASE, person: ben }, person(ana))
    expect(expected()).not.toContain(ben)
    expect(expected()).toContain(ana)
    scenario.wait(HOUR)
    expect(expected()).toContain(ben)
    const effect = EffectId.parse('e9/invite/slack')
    scenario.happens(CASE, { type: 'EffectParked', effect, doubt: false, because: 'not in the workspace' })
    expect(expected()).toEqual([])
  })
})

describe('changes in the members of a channel', () => {
  it('wait for earlier changes, but not for posts', () => {
    const scenario = openChannels()
    scenario.does({ verb: 'people.remove', case: CASE, person: ben }, person(ana))
    scenario.does({ verb: 'people.invite', case: CASE, person: ben }, person(ana))
    const lanes = scenario.effects.filter(({ kind, capability }) => capability === 'slack' && kind !== 'update-card')
    expect(lanes.map(({ kind, lane }) => `${kind} ${lane}`)).toEqual([
      'remove SEC-2026-0001:slack:people',
      'post SEC-2026-0001:slack',
      'invite SEC-2026-0001:slack:people',
      'post SEC-2026-0001:slack',
    ])
  })
})
