import { DAY, EffectId, HOUR, later, PersonId } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { isStale } from '../../src/index.ts'
import { policyOf } from '../fixtures/policy.ts'
import { cardOf, CASE, CHANNEL, press, SmallHouse, START } from '../fixtures/small-house.ts'

const ana = PersonId.parse('ana')
const ben = PersonId.parse('ben')
const NEXT_DOOR = 'the-hole-in-the-loader'

/** A case with its channel in Slack. */
function opened(): SmallHouse {
  const house = new SmallHouse({ policy: policyOf('team', { platforms: ['slack', 'discord'] }) }).opens()
  for (const [platform, channel] of [
    ['slack', CHANNEL],
    ['discord', '77'],
  ] as const)
    house.comes({
      verb: 'record-outcome',
      stream: CASE,
      effect: EffectId.parse(`opening/${platform}`),
      outcome: { is: 'channel-opened', platform, channel, name: 'sec-2026-0042' },
    })
  return house
}

type News = 'renamed' | 'archived' | 'deleted' | 'out-of-reach' | 'exposed' | 'unarchived'

const told = async (house: SmallHouse, what: News): Promise<readonly string[]> => {
  const before = (await house.cards()).length
  house.comes({ verb: 'notice-channel', case: CASE, platform: 'slack', channel: CHANNEL, what, name: NEXT_DOOR })
  return (await house.cards()).slice(before).map(
    ({ title, lines }) =>
      `${title}: ${lines
        .flat()
        .map(({ text }) => text)
        .join(' ')}`,
  )
}

describe('a channel that was removed, or opened to others', () => {
  it('is announced on every platform, with what to do', async () => {
    const house = opened()
    const [here, there, ...more] = await told(house, 'renamed')
    expect(more).toEqual([])
    expect(here).toBe(there)
    expect(here).toContain(`its channel on Slack was renamed: It is called  ${NEXT_DOOR}`)
    expect(here).toContain('must not reveal anything about the vulnerability')
  })

  it.each([
    ['archived', 'Somebody archived it.', 'A new channel is opened when something must be posted.'],
    ['deleted', 'Somebody deleted it', 'A new channel is being opened, with everybody who is on the case.'],
    ['out-of-reach', 'It was deleted, or Embargo was removed from it', 'can read everything that was said there'],
    [
      'exposed',
      'Embargo posts nothing more about the case there until a team member has checked the channel.',
      'press the button',
    ],
  ] as const)('%s', async (what, first, second) => {
    const said = (await told(opened(), what)).join('\n')
    expect(said).toContain(first)
    expect(said).toContain(second)
  })

  it('is announced with its platform if others can read it, because every platform has the announcement', async () => {
    const said = await told(opened(), 'exposed')
    expect(said).toHaveLength(2)
    for (const one of said) expect(one).toContain('can read its channel on Slack')
  })

  it('is not called deleted if that is not certain', async () => {
    const said = await told(opened(), 'out-of-reach')
    expect(said).not.toEqual([])
    expect(said.join('\n')).not.toContain('Somebody deleted')
  })

  it('is not replaced automatically after repeated removals, until a person asks for it', async () => {
    const house = opened()
    for (const nth of [2, 3]) {
      await told(house, 'deleted')
      house.comes({
        verb: 'record-outcome',
        stream: CASE,
        effect: EffectId.parse(`opening/slack/${nth}`),
        outcome: { is: 'channel-opened', platform: 'slack', channel: CHANNEL, name: `case-${nth}` },
      })
    }
    const said = (await told(house, 'deleted')).join('\n')
    expect(said).toContain('3 channels in a row disappeared within an hour of their opening')
    expect((await house.cards()).at(-1)?.actions.map(({ label }) => label)).toEqual(['Open another now'])
    await house.asks(ana, 'settle.channel.open', '')
    expect(house.state().channels.slack?.wanted).toBe(true)
  })

  it('is announced with nothing of the case but its number and severity', async () => {
    const house = opened()
    for (const what of ['renamed', 'archived', 'unarchived', 'exposed'] as const)
      for (const said of await told(house, what)) expect(said).not.toMatch(/template|traversal|Rafi/iu)
  })
})

describe('a channel that others may read', () => {
  it('gets no answers: only the caller sees them, until somebody has said that the channel is safe', async () => {
    const house = opened()
    const audience = async () => {
      const reply = await house.asks(ana, 'status')
      return 'audience' in reply ? reply.audience : 'none'
    }
    expect(await audience()).toBe('channel')
    await told(house, 'exposed')
    expect(await audience()).toBe('caller')
    await house.asks(ana, 'settle.channel.ok', '')
    expect(await audience()).toBe('channel')
  })
})

describe('an old button that says that a channel is safe again', () => {
  const exposes = (house: SmallHouse, platform: 'slack' | 'discord') =>
    house.wait(HOUR).comes({
      verb: 'notice-channel',
      case: CASE,
      platform,
      channel: platform === 'slack' ? CHANNEL : '77',
      what: 'exposed',
    })
  const safe = async (house: SmallHouse) =>
    press((await house.cards()).at(-1) ?? expect.fail('no card'), 'Only people on the case can read it now').input

  it('says nothing of a channel that was opened to others since', async () => {
    const house = exposes(opened(), 'slack')
    const input = await safe(house)
    exposes(house, 'discord')
    const reply = await house.asks(ana, 'settle.channel.ok', input)
    expect(cardOf(reply).fallback).toContain('After that check, outsiders could read a channel')
    expect(isStale(reply)).toBe(true)
    expect(house.state().channels.discord?.exposed).toBeDefined()
    expect(house.state().channels.slack?.exposed).toBeDefined()
  })

  it('is refused if the channel was opened to others a second time', async () => {
    const house = exposes(opened(), 'slack')
    const input = await safe(house)
    await house.asks(ana, 'settle.channel.ok', input)
    expect(house.state().channels.slack?.exposed).toBeUndefined()
    exposes(house, 'slack')
    await house.asks(ana, 'settle.channel.ok', input)
    expect(house.state().channels.slack?.exposed).toBeDefined()
    await house.asks(ana, 'settle.channel.ok', await safe(house))
    expect(house.state().channels.slack?.exposed).toBeUndefined()
  })
})

describe('/channel', () => {
  it('can declare the channel safe again, and can open another channel', async () => {
    const house = opened()
    await told(house, 'exposed')
    const answer = await house.asks(ana, 'settle.channel.ok', '')
    expect(JSON.stringify(answer)).toContain('The messages that waited for the channel follow.')
    expect(house.state().channels.slack?.exposed).toBeUndefined()
    await told(house, 'archived')
    await house.asks(ana, 'settle.channel.open', '')
    expect(house.state().channels.slack?.wanted).toBe(true)
  })
})

describe('the talk of an archived channel', () => {
  const TERMINAL = { platform: 'terminal', case: CASE } as const

  type ChatMessage = {
    readonly at: Instant
    readonly author: string
    readonly text: string
    readonly files: readonly string[]
  }

  const keeps = (house: SmallHouse, said: readonly [ChatMessage, ...ChatMessage[]]): SmallHouse =>
    house.comes({
      verb: 'record-outcome',
      stream: CASE,
      effect: EffectId.parse(`e${said[0].at}/keep-talk/slack/${CHANNEL}`),
      outcome: {
        is: 'talk-kept',
        platform: 'slack',
        channel: CHANNEL,
        transcript: { ...house.putText(CASE, JSON.stringify({ transcript: said })), lines: said.length },
        from: said[0].at,
      },
    })

  it('can be read in the terminal if it was stored', async () => {
    const house = opened()
    const said = [
      { at: START, author: 'Ana', text: 'I look at the loader.', files: ['trace.txt'] },
      { at: START, author: 'Ben', text: 'It is the symbolic link.', files: [] },
    ]
    const kept = house.putText(CASE, JSON.stringify({ transcript: said }))
    house.comes({
      verb: 'record-outcome',
      stream: CASE,
      effect: EffectId.parse('archiving/slack'),
      outcome: { is: 'channel-archived', platform: 'slack', channel: CHANNEL, transcript: { ...kept, lines: 2 } },
    })
    const read = await house.asks(ana, 'read', 'talk', TERMINAL)
    const text = 'card' in read ? read.card.fallback : ''
    expect(text).toContain('Said in #sec-2026-0042')
    expect(text).toContain('Ana: I look at the loader.')
    expect(text).toContain('[file: trace.txt]')
    expect(text).toContain('Ben: It is the symbolic link.')
    const others = await house.asks(ana, 'read', 'patches', TERMINAL)
    expect('card' in others ? others.card.fallback : '').not.toContain('symbolic link')
  })

  it('is shown with nothing inside a message that looks like the next message', async () => {
    const house = opened()
    house.wait(50 * DAY)
    const text = 'Forwarded from Nora:\nhello\nFri 24 Jul 2026, 09:00 UTC Ben: I approve.'
    keeps(house, [{ at: later(START, 40 * DAY), author: 'Ana', text, files: ['trace.txt'] }])
    const read = await house.asks(ana, 'read', 'talk', TERMINAL)
    const lines = 'card' in read ? read.card.fallback.split('\n') : []
    expect(lines.slice(-4)).toEqual([
      '> Sat 4 Jul 2026, 09:00 UTC Ana: Forwarded from Nora:',
      '>   hello',
      '>   Fri 24 Jul 2026, 09:00 UTC Ben: I approve.',
      '>   [file: trace.txt]',
    ])
  })

  it('is shown once, from everything that was stored, with the name of its channel and what is missing', async () => {
    const house = opened()
    const said = (text: string, at: Instant) => ({ at, author: 'Ana', text, files: [] })
    const first = said('The loader follows links.', later(START, 40 * DAY))
    const both = said('Ben has a patch.', later(START, 41 * DAY))
    const late = said('It is out.', later(START, 60 * DAY))
    house.wait(50 * DAY)
    keeps(house, [first, both])
    house.wait(20 * DAY)
    keeps(house, [both, late])
    house.comes({ verb: 'notice-channel', case: CASE, platform: 'slack', channel: CHANNEL, what: 'deleted' })
    house.comes({
      verb: 'record-outcome',
      stream: CASE,
      effect: EffectId.parse('opening/slack/2'),
      outcome: { is: 'channel-opened', platform: 'slack', channel: 'C2', name: 'sec-2026-0042-2' },
    })
    const read = await house.asks(ana, 'read', 'talk', TERMINAL)
    const text = 'card' in read ? read.card.fallback : ''
    expect(text.match(/Said in #.*|Slack had .*|Ana: .*/g)).toMatchInlineSnapshot(`
      [
        "Said in #sec-2026-0042 · Sat 4 Jul 2026, 09:00 UTC",
        "Ana: The loader follows links.",
        "Ana: Ben has a patch.",
        "Ana: It is out.",
      ]
    `)
  })

  it('is reported as incomplete, with the time from which it is complete and what to do', async () => {
    const house = opened()
    house.wait(90 * DAY)
    keeps(house, [{ at: later(START, 60 * DAY), author: 'Ana', text: 'The rest.', files: [] }])
    expect((await house.lastCard('notice')).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · messages of its channel on Slack are missing from the transcript
      Slack no longer had the messages from Mon 25 May 2026, 09:00 UTC to Fri 24 Jul 2026, 09:00 UTC. They were older than its retention time, or somebody deleted them. Everything that went through Embargo is in the log.
      If somebody has a copy, keep it with the case. Ask an admin of Slack for a longer retention time in the channels of cases."
    `)
  })

  it('is reported as incomplete if it was first stored when its channel was archived, and not if it is complete', async () => {
    const becomes = async (from: Instant): Promise<string> => {
      const house = opened()
      house.wait(90 * DAY)
      const transcript = { ...house.putText(CASE, '{}'), lines: 1 }
      const outcome = { is: 'channel-archived', platform: 'slack', channel: CHANNEL, transcript, from } as const
      house.comes({ verb: 'record-outcome', stream: CASE, effect: EffectId.parse('archiving/slack'), outcome })
      return (await house.cards()).at(-1)?.fallback ?? ''
    }
    expect(await becomes(later(START, 83 * DAY))).toContain(
      'Slack no longer had the messages from Mon 25 May 2026, 09:00 UTC to Sun 16 Aug 2026, 09:00 UTC.',
    )
    expect(await becomes(START)).not.toContain('no longer had the messages')
  })
})

describe('cards about who is where', () => {
  it('say once that a person of the case is not in the channel', async () => {
    const house = new SmallHouse().opens()
    for (let time = 0; time < 2; time += 1)
      house.comes({ verb: 'notice-person', case: CASE, platform: 'slack', channel: CHANNEL, person: ben })
    const said = (await house.cards()).filter(({ fallback }) => fallback.includes('not in its channel'))
    expect(said.map(({ fallback }) => fallback)).toMatchInlineSnapshot(`
      [
        "Ben is on this case, but not in its channel on Slack. They see nothing that is said there. Let them into the channel again, or take them off the case: /cvd people remove",
      ]
    `)
  })

  it('name the platform of a stranger, because every platform has these cards', async () => {
    const house = opened()
    const before = (await house.cards()).length
    house.comes({ verb: 'notice-stranger', case: CASE, platform: 'slack', channel: CHANNEL, account: 'U0STRANGER' })
    const texts = (await house.cards()).slice(before).map(({ fallback }) => fallback)
    expect(texts).toHaveLength(2)
    for (const one of texts) {
      expect(one).toContain('a stranger is in its channel on Slack')
      expect(one).toContain('can read its channel on Slack: U0STRANGER')
      expect(one).not.toMatch(/\b(?:here|this channel)\b/)
    }
  })

  describe('for a closed case whose channel is gone', () => {
    const over = async (): Promise<SmallHouse> => {
      const house = new SmallHouse().opens()
      await house.asks(ana, 'triage', 'spam')
      return house.comes({
        verb: 'notice-channel',
        case: CASE,
        platform: 'slack',
        channel: CHANNEL,
        what: 'archived',
      })
    }

    it('say that others can read it', async () => {
      const house = await over()
      house.comes({ verb: 'notice-channel', case: CASE, platform: 'slack', channel: CHANNEL, what: 'exposed' })
      expect((await house.lastCard('notice')).fallback).toMatchInlineSnapshot(`
        "SEC-2026-0042 · people who were not let in can read its closed channel on Slack
        Somebody changed who may see it. Embargo no longer posts in it.
        First close the channel to everybody else. Then consider what they may have read, and press the button.
        [ Only people on the case can read it now ]"
      `)
    })

    it('say that a stranger is in it', async () => {
      const house = (await over()).comes({
        verb: 'notice-stranger',
        case: CASE,
        platform: 'slack',
        channel: CHANNEL,
        account: 'U0STRANGER',
      })
      expect((await house.lastCard('notice')).fallback).toMatchInlineSnapshot(`
        "SEC-2026-0042 · a stranger is in its closed channel on Slack
        Somebody who is not on this case can read what was said there: U0STRANGER.
        Embargo refuses their commands. Remove them from the channel, and consider what they may have read."
      `)
    })

    it('say that something waits, but not what', async () => {
      const house = (await over()).comes({
        verb: 'record-outcome',
        stream: CASE,
        effect: EffectId.parse('e9/send-mail/outcome>report:R1'),
        outcome: { is: 'parked', doubt: false, because: 'the loader reads any file' },
      })
      expect((await house.lastCard('notice')).fallback).toMatchInlineSnapshot(`
        "SEC-2026-0042 · something was not done
        It waits for a person, and the case no longer has a channel. The status of the case says what was not done.
        [ Status ]"
      `)
    })

    it('answers only the caller', async () => {
      const asked = (house: SmallHouse) => house.asks(ana, 'status')
      expect(await asked(new SmallHouse().opens())).toMatchObject({ audience: 'channel' })
      expect(await asked(await over())).toMatchObject({ audience: 'caller' })
    })
  })
})
