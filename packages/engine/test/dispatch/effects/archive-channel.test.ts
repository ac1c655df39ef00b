import { DAY, EffectId, HOUR, later } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import type { DispatchContext } from '../../../src/dispatch/context.ts'
import { OutsideError } from '../../../src/ports/chat-platform.ts'
import { CASE, createHouse, policyOf } from '../../house.ts'
import type { House } from '../../house.ts'
import { submit, passMonth, replyTo, settle } from '../../story.ts'

describe('a channel whose messages are stored', () => {
  async function closed(): Promise<House> {
    const policy = policyOf()
    const house = createHouse({ policy: { ...policy, chat: { ...policy.chat, transcript: 'kept' } } })
    await house.receive()
    await house.drain()
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'spam' })
    await settle(house)
    return house
  }

  it('delays no post while its platform does not let us read the messages', async () => {
    const policy = policyOf()
    const house = createHouse({ policy: { ...policy, chat: { ...policy.chat, transcript: 'kept' } } })
    await house.receive()
    await house.drain()
    let reads = false
    const transcript = async (request: Parameters<typeof house.chat.transcript>[0]) => {
      if (!reads) throw new OutsideError('unreachable', 'no answer')
      return house.chat.transcript(request)
    }
    const chat = new Map([['slack', { ...house.chat, transcript }] as const])
    await submit(house, 'ana', { verb: 'triage', case: CASE, disposition: 'spam' })
    await settle(house, { chat })
    await house.receive({ to: replyTo(house), body: 'One thing more.' })
    await settle(house, { chat })
    expect(house.chat.posts.map(({ title }) => title).slice(-2)).toEqual(['CaseClosed', 'MessageTakenIn'])
    await submit(house, 'ana', { verb: 'close', case: CASE, reason: 'it says nothing new' })
    await passMonth(house)
    await settle(house, { chat })
    expect(house.chat.archived).toEqual([])
    reads = true
    house.machine.ms += HOUR
    await settle(house, { chat })
    // `TalkKept` stores the messages because the case ended. `ChannelArchived` stores them again.
    expect(house.events().filter((type) => type === 'TalkKept' || type === 'ChannelArchived')).toEqual([
      'TalkKept',
      'ChannelArchived',
    ])
    expect(house.chat.archived).toEqual(['C1'])
  })

  const putOut = new OutsideError('refused', 'Invite the app again.', { gone: 'bot-removed' })

  /** A platform that removes us from a channel as soon as we archive it. */
  const ejecting = ({ chat }: House, answered: () => void = () => {}): Partial<DispatchContext> => {
    const orPutOut = async <T>(does: () => Promise<T>): Promise<T> => {
      if (chat.archived.length > 0) throw putOut
      return does()
    }
    const slack = {
      ...chat,
      transcript: (request: Parameters<typeof chat.transcript>[0]) => orPutOut(() => chat.transcript(request)),
      archiveChannel: (request: Parameters<typeof chat.archiveChannel>[0]) =>
        orPutOut(() => chat.archiveChannel(request).then(answered)),
    }
    return { chat: new Map([['slack', slack]]) }
  }

  const killed = new Error('killed')
  it.each([
    [
      'the answer is lost',
      (house: House) =>
        settle(
          house,
          ejecting(house, () => {
            throw new OutsideError('unknown', 'No answer.')
          }),
        ),
    ],
    [
      'the program stops before it has written down that it is closed',
      async (house: House) => {
        const crashPoint: DispatchContext['crashPoint'] = async (name) => {
          if (name === 'after-outside-before-record') throw killed
        }
        const ended = await settle(house, { ...ejecting(house), crashPoint }).catch((error: unknown) => error)
        if (ended !== killed) throw new Error('the program went on')
        await settle(house, ejecting(house))
      },
    ],
  ] as const)('is closed with what was said in it, and nobody is asked, where %s', async (_what, archived) => {
    const house = await closed()
    await passMonth(house)
    await archived(house)
    expect(house.events()).not.toContain('EffectParked')
    expect(house.chat.archived).toEqual(['C1'])
    // `TalkKept` stores the messages because the case ended. `ChannelArchived` stores them again.
    expect(house.events().filter((type) => type === 'TalkKept' || type === 'ChannelArchived')).toEqual([
      'TalkKept',
      'ChannelArchived',
    ])
    const { transcripts = [] } = (await house.caseState()).channels.slack ?? {}
    expect(transcripts).toHaveLength(2)
    for (const { blob } of transcripts) expect(await house.engine.deps.blobText(blob)).toContain('I look at it.')
  })

  it('has its last messages stored even if its platform refuses to archive it, whatever a person does about that', async () => {
    const house = await closed()
    await passMonth(house)
    const lines = [{ at: house.clock.now(), author: 'Ana', text: 'That was all.', files: [] }]
    const forbids = async (): Promise<never> => {
      throw new OutsideError('refused', 'restricted_action')
    }
    const slack = { ...house.chat, transcript: async () => lines, archiveChannel: forbids }
    const chat = new Map([['slack', slack] as const])
    for (const outcome of ['again', 'went'] as const) {
      await settle(house, { chat, random: Math.random })
      const [doubt] = (await house.caseState()).parked
      const effect = doubt?.effect ?? EffectId.parse('none')
      await submit(house, 'ana', { verb: 'settle', case: CASE, effect, outcome })
    }
    await settle(house, { chat })
    const { transcripts = [] } = (await house.caseState()).channels.slack ?? {}
    // One transcript is from the end of the case, the other from the first try to archive its channel. The second try
    // adds none, because no message was written in between.
    const texts = await Promise.all(transcripts.map(({ blob }) => house.engine.deps.blobText(blob)))
    expect(texts).toEqual([expect.stringContaining('I look at it.'), expect.stringContaining('That was all.')])
    expect((await house.caseState()).parked).toEqual([])
  })

  it('is archived with its last messages stored, once the messages can be read again', async () => {
    const house = await closed()
    await passMonth(house)
    const said = ['first', 'second'].map((text) => ({ at: house.clock.now(), author: 'Ana', text, files: [] }))
    const lines = said.slice(0, 1)
    const slack = { ...house.chat, transcript: async () => lines }
    const chat = new Map([['slack', slack] as const])
    const forbids = async (): Promise<never> => {
      throw new OutsideError('refused', 'restricted_action')
    }
    await settle(house, { chat: new Map([['slack', { ...slack, archiveChannel: forbids }]]) })
    lines.push(...said.slice(1))
    const [doubt] = (await house.caseState()).parked
    const effect = doubt?.effect ?? EffectId.parse('none')
    await submit(house, 'ana', { verb: 'settle', case: CASE, effect, outcome: 'again' })
    await settle(house, { chat })
    const { transcripts = [] } = (await house.caseState()).channels.slack ?? {}
    // The three transcripts are from the end of the case, the first try to archive the channel, and the second try.
    expect(transcripts.map(({ lines }) => lines)).toEqual([1, 1, 2])
  })

  it('is recorded as incomplete if a late mail opened it and its platform deletes old messages', async () => {
    const house = await closed()
    await passMonth(house)
    await settle(house)
    await house.receive({ to: replyTo(house), body: 'There is a way round it.' })
    await settle(house)
    await submit(house, 'ana', { verb: 'close', case: CASE, reason: 'it says nothing new' })
    await settle(house)
    const opened = house.clock.now()
    // A month after the second close is a Saturday, so the channel is archived only after the weekend.
    for (let month = 0; month < 2; month += 1) await passMonth(house)
    const first = later(house.clock.now(), -7 * DAY)
    const lines = [{ at: first, author: 'Ana', text: 'Nobody knows of it.', files: [] }]
    await settle(house, { chat: new Map([['slack', { ...house.chat, transcript: async () => lines }]]) })
    expect(house.chat.archived).toEqual(['C1', 'C2'])
    const { transcripts = [] } = (await house.caseState()).channels.slack ?? {}
    expect(transcripts.at(-1)).toMatchObject({ channel: 'C2', gap: { since: opened, until: first } })
    expect(house.chat.posts.at(-1)).toMatchObject({ channel: 'C3', title: 'ChannelArchived' })
  })
})
