import { describe, expect, it } from 'vitest'
import { CaseId } from '@embargo/core'
import type { Platform } from '@embargo/core'
import { Outages, createOutagesAlert, OutsideError } from '../../src/index.ts'
import type { OutageNews, Card, ChatPlatform } from '../../src/index.ts'
import { createFakeChat, createFakeRelay } from '../fakes/fake-outside.ts'
import { createMemorySettings } from '../fakes/small-ports.ts'
import { createHouse } from '../house.ts'

const card = ({ outside, why }: OutageNews): Card => ({
  kind: 'notice',
  title: `${outside}: ${why ?? 'back'}`,
  lines: [],
  fields: [],
  attachments: [],
  actions: [],
  fallback: '',
  notification: '',
})

/** How many turns of the event loop a test waits for a mail to be written. Writing needs fewer. */
const TURNS = 100
const MAX_SLEEPS = 10

/** Plays the steps, and lets the alert check after each step. */
async function notice(
  platforms: readonly ReturnType<typeof createFakeChat>[],
  what: (outages: Outages) => readonly (() => void)[],
  relay = createFakeRelay(),
) {
  const house = createHouse()
  const outages = new Outages(() => house.engine.now())
  const chat = new Map<Platform, ChatPlatform>(platforms.map((each) => [each.platform, each]))
  const over = new AbortController()
  const sleeps: number[] = []
  const lines: string[] = []
  const running = createOutagesAlert({
    engine: house.engine,
    chat,
    outages,
    mailOut: relay,
    settings: createMemorySettings(),
    card,
    say: (line) => lines.push(line),
    sleep: async (ms) => {
      // If a message can never be posted, the alert would try for ever.
      if (sleeps.push(ms) >= MAX_SLEEPS) over.abort()
    },
  }).run(over.signal)
  for (const happens of what(outages)) {
    happens()
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }
  over.abort()
  await running
  return { mails: relay.mails, sleeps, said: lines, log: house.log.lines }
}

describe('a chat platform where a person must change a setting', () => {
  it('is reported once on the other platform, and the message is edited when the platform works again', async () => {
    const slack = createFakeChat('slack')
    const { mails } = await notice([slack, createFakeChat('discord')], (outages) => [
      () => outages.report({ outside: 'discord', what: 'all', why: 'the intent is off', by: 'connection' }),
      () => outages.report({ outside: 'discord', what: 'all', why: 'the intent is off', by: 'connection' }),
      () => outages.report({ outside: 'discord', what: 'all', why: 'the token is void', by: 'connection' }),
      () => outages.resolve({ outside: 'discord', what: 'all', by: 'connection' }),
    ])
    expect(slack.posts).toMatchObject([{ title: 'discord: the intent is off', edits: 2 }])
    expect(slack.invited).toEqual(['ana', 'ben'])
    expect(mails).toEqual([])
  })

  it('is reported only once if the answer is lost, is mailed to nobody, and has its message edited in the end', async () => {
    const slack = createFakeChat('slack')
    const { post } = slack
    slack.post = async (request) => {
      slack.post = post
      slack.failures.push({ error: new OutsideError('unknown', '500'), afterEffect: true })
      return post(request)
    }
    const { mails, sleeps } = await notice([slack, createFakeChat('discord')], (outages) => [
      () => outages.report({ outside: 'discord', what: 'all', why: 'the intent is off', by: 'connection' }),
      () => outages.resolve({ outside: 'discord', what: 'all', by: 'connection' }),
    ])
    expect(sleeps).toEqual([60_000])
    // The message that was found again is edited once to show the outage, and once when it is over.
    expect(slack.posts).toMatchObject([{ title: 'discord: the intent is off', edits: 2 }])
    expect(mails).toEqual([])
  })

  it('is reported by mail if the second attempt gets no answer either', async () => {
    const slack = createFakeChat('slack')
    const { post } = slack
    let tries = 0
    slack.post = async (request) => {
      tries += 1
      if (tries < 4) throw new OutsideError('unknown', '500')
      return post(request)
    }
    const { mails, sleeps } = await notice([slack, createFakeChat('discord')], (outages) => [
      () => outages.report({ outside: 'discord', what: 'all', why: 'the intent is off', by: 'connection' }),
    ])
    expect(sleeps).toEqual([60_000, 60_000, 60_000])
    expect(mails).toHaveLength(1)
    expect(slack.posts).toHaveLength(1)
  })

  it('has its message edited as soon as the edit succeeds', async () => {
    const slack = createFakeChat('slack')
    const { sleeps } = await notice([slack, createFakeChat('discord')], (outages) => [
      () => outages.report({ outside: 'discord', what: 'all', why: 'the intent is off', by: 'connection' }),
      () => {
        slack.failures.push({ error: new OutsideError('unreachable', 'away') })
        outages.resolve({ outside: 'discord', what: 'all', by: 'connection' })
      },
    ])
    expect(sleeps).toEqual([60_000])
    expect(slack.posts).toMatchObject([{ title: 'discord: the intent is off', edits: 1 }])
  })

  it('has its message edited once a person has fixed what refused the edit', async () => {
    const slack = createFakeChat('slack')
    const { sleeps } = await notice([slack, createFakeChat('discord')], (outages) => [
      () => outages.report({ outside: 'discord', what: 'all', why: 'the intent is off', by: 'connection' }),
      () => {
        slack.failures.push({ error: new OutsideError('refused', 'It is public.', { forAPerson: true }) })
        outages.resolve({ outside: 'discord', what: 'all', by: 'connection' })
      },
    ])
    expect(sleeps).toEqual([60_000])
    expect(slack.posts).toMatchObject([{ title: 'discord: the intent is off', edits: 1 }])
  })

  it('is forgotten if it works again before we know that it was reported, and nothing can be posted after that', async () => {
    const slack = createFakeChat('slack')
    slack.post = async () => {
      slack.post = async () => {
        throw new OutsideError('refused', 'The token is void.', { forAPerson: true, forAll: true })
      }
      throw new OutsideError('unknown', '500')
    }
    const { sleeps } = await notice([slack, createFakeChat('discord')], (outages) => [
      () => {
        slack.invite = async () => outages.resolve({ outside: 'discord', what: 'all', by: 'connection' })
        outages.report({ outside: 'discord', what: 'all', why: 'the intent is off', by: 'connection' })
      },
      () => {},
    ])
    expect(sleeps.length).toBeLessThanOrEqual(1)
  })

  it('is reported to each admin by mail if there is no other platform', async () => {
    const discord = createFakeChat('discord')
    const { mails } = await notice([discord, createFakeChat('terminal')], (outages) => [
      () => outages.report({ outside: 'discord', what: 'all', why: 'the intent is off', by: 'connection' }),
    ])
    expect(discord.posts).toEqual([])
    expect(mails.map(({ envelopeTo }) => envelopeTo)).toEqual(['ana@quillmark.example'])
    const text = new TextDecoder().decode(mails[0]?.raw)
    expect(text).toContain('Subject: Embargo cannot post on Discord')
    expect(text).toContain('the intent is off')
  })

  it('is reported by mail if the other platform is away too, and the mail is tried again if the relay was away', async () => {
    const relay = createFakeRelay()
    relay.failures.push({ error: new OutsideError('unreachable', 'away') })
    const { mails, sleeps } = await notice(
      [createFakeChat('slack'), createFakeChat('discord')],
      (outages) => [
        () => {
          outages.report({ outside: 'slack', what: 'all', why: 'the token is void', by: 'effect' })
          outages.report({ outside: 'discord', what: 'all', why: 'the intent is off', by: 'connection' })
        },
      ],
      relay,
    )
    expect(mails).toHaveLength(2)
    expect(sleeps).toEqual([60_000])
  })

  it('is reported in the team’s channel on itself if only new channels cannot be opened', async () => {
    const discord = createFakeChat('discord')
    await notice([discord], (outages) => [
      () => outages.report({ outside: 'discord', what: 'opening', why: 'it is full', by: 'effect' }),
      () => outages.resolve({ outside: 'discord', what: 'opening', by: 'effect' }),
    ])
    expect(discord.posts).toMatchObject([{ title: 'discord: it is full', edits: 1 }])
  })

  it('is reported once for the channels of several cases, and the message is edited when all of them work again', async () => {
    const discord = createFakeChat('discord')
    const of = (number: number) => CaseId.parse(`SEC-2026-000${number}`)
    const why = 'it lacks a permission'
    await notice([discord], (outages) => [
      () => outages.report({ outside: 'discord', what: 'channel', of: of(1), why, by: 'effect' }),
      () => outages.report({ outside: 'discord', what: 'channel', of: of(2), why, by: 'effect' }),
      () => outages.resolve({ outside: 'discord', what: 'channel', of: of(1), by: 'effect' }),
      () => expect(outages.all).toMatchObject([{ what: 'channel', why }]),
      () => outages.resolve({ outside: 'discord', what: 'channel', of: of(2), by: 'effect' }),
      () => expect(outages.all).toEqual([]),
    ])
    expect(discord.posts).toMatchObject([{ title: `discord: ${why}`, edits: 1 }])
  })

  it('does not count as working because of an effect that was in progress when its connection ended', () => {
    const outages = new Outages(() => createHouse().engine.now())
    outages.report({ outside: 'discord', what: 'all', why: 'the intent is off', by: 'connection' })
    outages.report({ outside: 'discord', what: 'all', why: 'the bot was put out', by: 'effect' })
    outages.resolve({ outside: 'discord', what: 'all', by: 'effect' })
    expect(outages.find('discord')?.why).toBe('the intent is off')
    outages.resolve({ outside: 'discord', what: 'all', by: 'connection' })
    expect(outages.find('discord')).toBeUndefined()
  })
})
