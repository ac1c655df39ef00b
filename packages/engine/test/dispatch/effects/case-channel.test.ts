import { CommandId, DAY, EffectId, HOUR, later, PersonId } from '@embargo/core'
import type { ChannelNews, Policy } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { performEffect } from '../../../src/dispatch/attempt.ts'
import type { DispatchContext } from '../../../src/dispatch/context.ts'
import { OutsideError } from '../../../src/ports/chat-platform.ts'
import { CASE, createHouse, policyOf, START } from '../../house.ts'
import type { House } from '../../house.ts'
import { requestAndApprove, submit, passMonth, RELEASE, replyTo, settle, untilPrenotified } from '../../story.ts'

async function opened(policy?: Policy): Promise<House> {
  const house = createHouse(policy === undefined ? {} : { policy })
  await house.receive()
  await house.drain()
  return house
}

const notice = (house: House, what: ChannelNews, channel = 'C1') =>
  house.engine.commands.handle({
    commandId: CommandId.parse(`notice:${what}:${channel}`),
    actor: { kind: 'system', part: 'chat' },
    at: house.clock.now(),
    request: { verb: 'notice-channel', case: CASE, platform: 'slack', channel, what },
  })

const saidIn = ({ chat }: House, channel: string): readonly string[] =>
  chat.posts.filter((post) => post.channel === channel).map(({ title }) => title)

const keeps = (transcript: 'kept' | 'not-kept'): Policy => {
  const policy = policyOf()
  return { ...policy, chat: { ...policy.chat, transcript } }
}

describe('a channel that was deleted while nobody watched', () => {
  it('is noticed by the next message, which is posted in a new channel', async () => {
    const house = await opened()
    house.chat.failures.push({ error: new OutsideError('refused', 'no such channel', { gone: 'deleted' }) })
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await settle(house)
    expect(house.events()).toEqual(expect.arrayContaining(['ChannelLost', 'ChannelWanted', 'ChannelOpened']))
    expect((await house.caseState()).channels.slack).toMatchObject({ channel: 'C2', nth: 2 })
    expect(saidIn(house, 'C2')).toEqual(expect.arrayContaining(['ChannelWanted', 'CaseAcknowledged']))
    expect(house.chat.posts.filter(({ pin }) => pin).map(({ channel }) => channel)).toEqual(['C1', 'C2'])
    expect(saidIn(house, 'C1')).not.toContain('CaseAcknowledged')
    // The team is told in its own channel.
    expect(saidIn(house, 'C3')).toEqual(['ChannelLost'])
    expect([...house.memory.outbox.values()].filter(({ state }) => state !== 'done')).toEqual([])
  })
})

describe('a channel that a person archived', () => {
  it('is replaced for the message that notices it', async () => {
    const house = await opened()
    house.chat.failures.push({ error: new OutsideError('refused', 'archived', { gone: 'archived' }) })
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await settle(house)
    expect(saidIn(house, 'C2')).toContain('CaseAcknowledged')
  })

  it('has its messages stored, because it can be read until somebody deletes it', async () => {
    const house = await opened(keeps('kept'))
    await notice(house, 'archived')
    await settle(house)
    const [kept] = (await house.caseState()).channels.slack?.transcripts ?? []
    if (kept === undefined) throw new Error('nothing was kept')
    expect(await house.engine.deps.blobText(kept.blob)).toContain('I look at it.')
    // There is nothing to post, so no other channel is opened.
    expect(house.events()).not.toContain('ChannelWanted')
  })

  it('loses no effect that makes sense only in that channel', async () => {
    const house = await opened()
    await notice(house, 'archived')
    await settle(house)
    expect(house.chat.channels.size).toBe(2)
    expect([...house.memory.outbox.values()].filter(({ state }) => state !== 'done')).toEqual([])
  })
})

describe('a channel that more people can read', () => {
  it('gets a post about this, and no other post until a person has checked it, however long that takes', async () => {
    const house = await opened()
    await notice(house, 'exposed')
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    const before = saidIn(house, 'C1').length
    for (let turn = 0; turn < 60; turn += 1) {
      house.machine.ms += HOUR
      await house.drain()
    }
    expect(saidIn(house, 'C1').slice(before)).toEqual(['ChannelExposed'])
    expect(house.events()).not.toContain('EffectParked')
    await submit(house, 'ana', { verb: 'settle.channel.ok', case: CASE })
    await settle(house)
    expect(saidIn(house, 'C1').slice(before)).toEqual(['ChannelExposed', 'CaseAcknowledged', 'ChannelCleared'])
  })
})

describe('a card that stays', () => {
  it('is posted once in a channel that opens for the same command that requests it', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    await house.drain()
    house.wait(RELEASE - house.clock.now())
    await notice(house, 'archived')
    await requestAndApprove(house, { verb: 'disclose', case: CASE })
    await settle(house)
    const placed = house.chat.posts.filter(({ effect }) => effect.includes('/place-card/slack/publication:'))
    expect(placed.map(({ channel }) => channel)).toEqual(['C2'])
  })

  it('is posted and pinned again if somebody deleted it, and edited in place from then on', async () => {
    const house = await opened()
    const [status] = house.chat.posts.filter(({ pin }) => pin)
    if (status === undefined) throw new Error('no status card')
    status.deleted = true
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await settle(house)
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
    await settle(house)
    expect(house.events()).not.toContain('EffectParked')
    const pinned = house.chat.posts.filter(({ pin }) => pin)
    expect(pinned).toEqual([status, expect.objectContaining({ channel: 'C1', edits: expect.any(Number) })])
    expect(pinned.at(-1)?.edits).toBeGreaterThan(0)
    const placed = (await house.caseState()).channels.slack?.cards['status']
    expect(placed).toBe(`M${house.chat.posts.findIndex((post) => post === pinned.at(-1)) + 1}`)
  })

  it('is posted once, even if the answer was lost', async () => {
    const house = await opened()
    const [status] = house.chat.posts.filter(({ pin }) => pin)
    if (status === undefined) throw new Error('no status card')
    status.deleted = true
    let lost = 0
    const chat = {
      ...house.chat,
      post: async (request: Parameters<typeof house.chat.post>[0]) => {
        const posted = await house.chat.post(request)
        if (!request.pin || (lost += 1) > 1) return posted
        throw new OutsideError('unknown', 'no answer')
      },
    }
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await settle(house, { chat: new Map([['slack', chat]]) })
    expect(house.chat.posts.filter(({ pin, deleted }) => pin && !deleted)).toHaveLength(1)
  })
})

describe('a person who is taken off the case', () => {
  const BEN = PersonId.parse('ben')

  /** A case from which Ben was removed. At first, every case has both members of the team. */
  async function withoutBen(): Promise<House> {
    const house = await opened()
    await submit(house, 'ana', { verb: 'people.remove', case: CASE, person: BEN })
    await settle(house)
    house.chat.removed.length = 0
    return house
  }

  it('is removed at once, even while posts wait because more people can read the channel', async () => {
    const house = await opened()
    await notice(house, 'exposed')
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    await house.drain()
    await submit(house, 'ana', { verb: 'people.remove', case: CASE, person: BEN })
    await house.drain()
    expect(house.chat.removed).toEqual(['ben'])
  })

  it('is not invited by an old invitation that somebody retries after that', async () => {
    const house = await withoutBen()
    house.chat.failures.push({ error: new OutsideError('refused', 'one of them is not in the workspace') })
    await submit(house, 'ana', { verb: 'people.invite', case: CASE, person: BEN })
    await house.drain()
    await submit(house, 'ana', { verb: 'people.remove', case: CASE, person: BEN })
    await settle(house)
    const before = house.chat.invited.length
    const parked = [...house.memory.outbox.values()].find(({ state }) => state === 'parked')?.effect.id
    if (parked === undefined) throw new Error('nothing is parked')
    await submit(house, 'ana', { verb: 'settle', case: CASE, effect: parked, outcome: 'again' })
    await settle(house)
    expect(house.chat.invited.slice(before)).toEqual([])
    expect([...house.memory.outbox.values()].filter(({ state }) => state !== 'done')).toEqual([])
  })

  it('is removed again if they were taken off while the invitation was on its way', async () => {
    const house = await withoutBen()
    await submit(house, 'ana', { verb: 'people.invite', case: CASE, person: BEN })
    const slow = {
      ...house.chat,
      invite: async (request: Parameters<typeof house.chat.invite>[0]) => {
        await house.ask('ana', { verb: 'people.remove', case: CASE, person: BEN })
        await house.chat.invite(request)
      },
    }
    const claimed = await house.outbox.claim({
      capabilities: ['slack'],
      worker: 'worker-1',
      nowMs: house.machine.ms,
      leaseMs: 30_000,
      limit: 8,
    })
    for (const each of claimed) await performEffect({ ...house.performing, chat: new Map([['slack', slow]]) }, each)
    expect(house.chat.removed).toEqual(['ben'])
  })

  it('stays in the channel if they are put on the case again before the removal was carried out', async () => {
    const house = await opened()
    await submit(house, 'ana', { verb: 'people.remove', case: CASE, person: BEN })
    await submit(house, 'ana', { verb: 'people.invite', case: CASE, person: BEN })
    await settle(house)
    expect(house.chat.removed).toEqual([])
  })
})

describe('a post that waited for a person', () => {
  it('has all of its tries again once the person has acted', async () => {
    const house = await opened()
    await notice(house, 'exposed')
    await submit(house, 'ana', { verb: 'ack', case: CASE })
    for (let turn = 0; turn < 60; turn += 1) {
      house.machine.ms += HOUR
      await house.drain()
    }
    await submit(house, 'ana', { verb: 'settle.channel.ok', case: CASE })
    house.chat.failures.push({ error: new OutsideError('unreachable', 'a blip') })
    await settle(house)
    expect(house.events()).not.toContain('EffectParked')
    expect(saidIn(house, 'C1')).toContain('CaseAcknowledged')
  })
})

describe('the channel of a closed case', () => {
  async function closed(transcript: 'kept' | 'not-kept' = 'kept'): Promise<House> {
    const house = await opened(keeps(transcript))
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'spam' })
    await settle(house)
    return house
  }

  const putOut = new OutsideError('refused', 'Invite the app again.', { gone: 'bot-removed' })
  /** We are no longer in the closed channel. */
  const outOfReach = ({ chat }: House): Partial<DispatchContext> => {
    const refuse = async (): Promise<never> => {
      throw putOut
    }
    return { chat: new Map([['slack', { ...chat, transcript: refuse, archiveChannel: refuse, remove: refuse }]]) }
  }

  it.each([
    ['kept', ['EffectParked']],
    ['not-kept', ['ChannelArchived']],
  ] as const)(
    'is let be when it is out of reach, and a person is asked where the talk is %s',
    async (transcript, ends) => {
      const house = await closed(transcript)
      await passMonth(house)
      const before = house.events().length
      await settle(house, outOfReach(house))
      expect(house.events().slice(before)).toEqual(ends)
      // If the transcript must be kept, a person is asked what to do. This question opens the team's own channel.
      expect(house.chat.channels.size).toBe(transcript === 'kept' ? 2 : 1)
      expect([...house.memory.outbox.values()].filter(({ state }) => state === 'pending')).toEqual([])
    },
  )

  it('is archived with its messages stored, together with the channel that it replaced, in which people may have continued', async () => {
    const house = await opened(keeps('kept'))
    await notice(house, 'bot-removed')
    await settle(house)
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'spam' })
    await settle(house)
    await passMonth(house)
    await settle(house)
    expect(house.chat.archived).toEqual(['C1', 'C2'])
    const { transcripts = [] } = (await house.caseState()).channels.slack ?? {}
    // The messages of both channels are stored when the case ends, and again when the channels are archived.
    expect(transcripts.map(({ channel }) => channel)).toEqual(['C1', 'C2', 'C1', 'C2'])
  })

  it('is archived even if a late mail opened it after the first was archived, a month after the case is closed again', async () => {
    const house = await closed('not-kept')
    await passMonth(house)
    await settle(house)
    await house.receive({ to: replyTo(house), body: 'One thing more.' })
    await settle(house)
    expect((await house.caseState()).channels.slack).toMatchObject({ channel: 'C2' })
    await submit(house, 'ana', { verb: 'close', case: CASE, reason: 'it says nothing new' })
    // A month after the second close is a Saturday, so the channel is archived only after the weekend.
    for (let month = 0; month < 2; month += 1) await passMonth(house)
    await settle(house)
    expect(house.chat.archived).toEqual(['C1', 'C2'])
  })

  it('needs no archiving if somebody deleted it', async () => {
    const house = await closed()
    await passMonth(house)
    house.chat.failures.push({ error: new OutsideError('refused', 'no such channel', { gone: 'deleted' }) })
    await settle(house)
    expect(house.events().at(-1)).toBe('ChannelArchived')
  })

  it('is archived without the channel that replaced it', async () => {
    const house = await closed()
    await passMonth(house)
    const out = {
      ...house.chat,
      transcript: async () => {
        throw house.chat.channels.size > 1 ? putOut : new OutsideError('unreachable', 'a blip')
      },
    }
    const chat = new Map([['slack', out] as const])
    await house.drain(['slack'], { chat })
    await submit(house, 'ana', { verb: 'reopen', case: CASE, reason: 'it is real' })
    await settle(house, { chat })
    expect(house.events().filter((type) => type === 'ChannelWanted')).toHaveLength(1)
    expect((await house.caseState()).channels.slack).toMatchObject({ channel: 'C2', former: [{ channel: 'C1' }] })
    expect((await house.caseState()).channels.slack?.gone).toBeUndefined()
  })

  it('loses a person who is taken off the case; if that fails, the team is told', async () => {
    const house = await closed()
    await passMonth(house)
    await settle(house)
    await submit(house, 'ana', { verb: 'people.remove', case: CASE, person: PersonId.parse('ben') })
    await settle(house, outOfReach(house))
    expect(house.events().slice(-2)).toEqual(['PersonRemoved', 'EffectParked'])
    expect(saidIn(house, 'C2')).toEqual(['EffectParked'])
    const [doubt] = (await house.caseState()).parked
    await submit(house, 'ana', {
      verb: 'settle',
      case: CASE,
      effect: doubt?.effect ?? EffectId.parse('none'),
      outcome: 'again',
    })
    await settle(house)
    expect(house.chat.removed).toEqual(['ben'])
  })

  it.each([
    ['kept', 1],
    ['not-kept', 0],
  ] as const)(
    'has what was said in it at once, before its platform deletes it by age: %s',
    async (transcript, count) => {
      const house = await closed(transcript)
      const transcripts = (await house.caseState()).channels.slack?.transcripts ?? []
      expect(transcripts).toHaveLength(count)
      for (const { blob } of transcripts) expect(await house.engine.deps.blobText(blob)).toContain('I look at it.')
    },
  )

  it('says since when its messages are stored if the platform no longer had the earlier ones', async () => {
    const house = await opened(keeps('kept'))
    house.wait(90 * DAY)
    const at = later(house.clock.now(), -30 * DAY)
    const rest = async () => [{ at, author: 'Ana', text: 'What is left of it.', files: [] }]
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'spam' })
    await settle(house, { chat: new Map([['slack', { ...house.chat, transcript: rest }]]) })
    const [kept] = (await house.caseState()).channels.slack?.transcripts ?? []
    expect(kept).toMatchObject({ channel: 'C1', lines: 1, gap: { since: START, until: at } })
    expect(saidIn(house, 'C1').at(-1)).toBe('TalkKept')
  })

  it('delays nothing if its messages cannot be read', async () => {
    const house = await opened(keeps('kept'))
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'spam' })
    const before = house.events().length
    await settle(house, outOfReach(house))
    expect(house.events().slice(before)).toEqual([])
    expect(saidIn(house, 'C1').at(-1)).toBe('CaseClosed')
    expect([...house.memory.outbox.values()].filter(({ state }) => state !== 'done')).toEqual([])
  })

  it.each([
    ['kept', 2],
    ['not-kept', 0],
  ] as const)('is archived a month later; what was said is %s', async (transcript, count) => {
    const house = await closed(transcript)
    await passMonth(house)
    await settle(house)
    expect(house.chat.archived).toEqual(['C1'])
    const transcripts = (await house.caseState()).channels.slack?.transcripts ?? []
    expect(transcripts).toHaveLength(count)
    for (const { blob, lines } of transcripts) {
      expect(lines).toBe(1)
      expect(await house.engine.deps.blobText(blob)).toContain('I look at it.')
    }
  })
})
