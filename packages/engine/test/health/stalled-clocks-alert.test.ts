import { CaseId, MINUTE } from '@embargo/core'
import type { Platform } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createStalledClocksAlert, OutsideError, StalledClocks } from '../../src/index.ts'
import type { Card, ChatPlatform, StalledClocksNews } from '../../src/index.ts'
import { createFakeChat } from '../fakes/fake-outside.ts'
import { CASE, createHouse } from '../house.ts'

const OTHER = CaseId.parse('SEC-2026-0002')

describe('stalled clocks', () => {
  const card = ({ cases, runAgain }: StalledClocksNews): Card => ({
    kind: 'notice',
    title: `${cases.join(' ')}: ${runAgain ? 'run' : 'stand'}`,
    lines: [],
    fields: [],
    attachments: [],
    actions: [],
    fallback: '',
    notification: '',
  })
  const MAX_SLEEPS = 10
  /** Plays the steps, and lets the alert check after each step. */
  async function notice(
    chats: ReturnType<typeof createFakeChat> | readonly ReturnType<typeof createFakeChat>[],
    ...what: ((stalledClocks: StalledClocks) => void)[]
  ) {
    const stalledClocks = new StalledClocks()
    const over = new AbortController()
    const chat = new Map<Platform, ChatPlatform>([chats].flat().map((each) => [each.platform, each]))
    const sleeps: number[] = []
    const running = createStalledClocksAlert({
      engine: createHouse().engine,
      chat,
      stalledClocks,
      card,
      sleep: async (ms) => {
        // If a message can never be posted, the alert would try for ever.
        if (sleeps.push(ms) >= MAX_SLEEPS) over.abort()
      },
    }).run(over.signal)
    for (const happens of what) {
      happens(stalledClocks)
      for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    }
    over.abort()
    await running
    return sleeps
  }

  it('are reported to the team once for each case, and the message is edited when they run again', async () => {
    const slack = createFakeChat('slack')
    await notice(
      slack,
      (stalledClocks) => stalledClocks.add(CASE),
      (stalledClocks) => stalledClocks.add(CASE),
      (stalledClocks) => stalledClocks.add(OTHER),
      (stalledClocks) => stalledClocks.delete(CASE),
    )
    expect(slack.posts).toMatchObject([
      { title: `${CASE}: stand`, edits: 1 },
      { title: `${OTHER}: stand`, edits: 0 },
    ])
    expect(slack.invited).toContain('ben')
  })

  /** Makes the first `times` posts succeed but lose their answers. */
  const losesAnswers = (slack: ReturnType<typeof createFakeChat>, times: number): void => {
    const { post } = slack
    let lost = 0
    slack.post = async (request) => {
      const answer = await post(request)
      if ((lost += 1) <= times) throw new OutsideError('unknown', '500')
      return answer
    }
  }

  it('are reported once if the answer is lost, and the message is edited when they run again', async () => {
    const slack = createFakeChat('slack')
    losesAnswers(slack, 1)
    const sleeps = await notice(
      slack,
      (stalledClocks) => stalledClocks.add(CASE),
      (stalledClocks) => stalledClocks.delete(CASE),
    )
    expect(sleeps).toEqual([MINUTE])
    // The message that was found again is edited once to show the present state, and once when the clocks run again.
    expect(slack.posts).toMatchObject([{ title: `${CASE}: stand`, edits: 2 }])
  })

  /**
   * Loses the answer to the first post, and lets outsiders read the channel of this post. A later post fails with
   * `error` if outsiders can read its channel.
   */
  const losesThenRefuses = (slack: ReturnType<typeof createFakeChat>, error: OutsideError): void => {
    const { post } = slack
    slack.post = async (first) => {
      await post(first)
      slack.open.add(first.channel)
      slack.post = async (request) => {
        if (slack.open.has(request.channel)) throw error
        return post(request)
      }
      throw new OutsideError('unknown', '500')
    }
  }
  const IS_PUBLIC = new OutsideError('refused', 'It is public.', { forAPerson: true })

  it('are forgotten if they run again before we know that they were reported, and nothing can be posted after that', async () => {
    const slack = createFakeChat('slack')
    losesThenRefuses(slack, new OutsideError('refused', 'The token is void.', { forAPerson: true, forAll: true }))
    const sleeps = await notice(
      slack,
      (stalledClocks) => {
        slack.invite = async () => stalledClocks.delete(CASE)
        stalledClocks.add(CASE)
      },
      () => {},
    )
    expect(sleeps.length).toBeLessThanOrEqual(1)
    expect(slack.posts).toMatchObject([{ channel: 'C1', title: `${CASE}: stand`, edits: 0 }])
  })

  it('are reported in a second channel if the first may have the message, and edited in both', async () => {
    const slack = createFakeChat('slack')
    losesThenRefuses(slack, IS_PUBLIC)
    const sleeps = await notice(
      slack,
      (stalledClocks) => stalledClocks.add(CASE),
      (stalledClocks) => {
        slack.open.clear()
        stalledClocks.delete(CASE)
      },
    )
    expect(sleeps).toEqual([MINUTE])
    expect(slack.posts).toMatchObject([
      { channel: 'C1', title: `${CASE}: stand`, edits: 1 },
      { channel: 'C2', title: `${CASE}: stand`, edits: 1 },
    ])
  })

  it.each([IS_PUBLIC, new OutsideError('refused', 'It is archived.', { gone: 'archived' })])(
    'are edited only in the second channel if the first still refuses ($message)',
    async (error) => {
      const slack = createFakeChat('slack')
      losesThenRefuses(slack, error)
      const sleeps = await notice(
        slack,
        (stalledClocks) => stalledClocks.add(CASE),
        (stalledClocks) => stalledClocks.delete(CASE),
      )
      expect(sleeps).toEqual([MINUTE])
      expect(slack.posts).toMatchObject([
        { channel: 'C1', title: `${CASE}: stand`, edits: 0 },
        { channel: 'C2', title: `${CASE}: stand`, edits: 1 },
      ])
    },
  )

  it('are looked for first in the channel that may have the message', async () => {
    const slack = createFakeChat('slack')
    losesAnswers(slack, 1)
    const { openChannel } = slack
    let opened = 0
    // From the second call on, outsiders can read C1, so the call opens another channel for the team.
    slack.openChannel = async (request) => {
      opened += 1
      if (opened > 1) slack.open.add('C1')
      return openChannel(request)
    }
    await notice(
      slack,
      (stalledClocks) => stalledClocks.add(CASE),
      (stalledClocks) => stalledClocks.delete(CASE),
    )
    expect(slack.posts).toMatchObject([{ channel: 'C1', title: `${CASE}: stand`, edits: 2 }])
  })

  it('are shown as running again if they do so before we know that they were reported', async () => {
    const slack = createFakeChat('slack')
    losesAnswers(slack, 1)
    let resume = (): void => {}
    await notice(
      slack,
      (stalledClocks) => {
        resume = () => stalledClocks.delete(CASE)
        slack.invite = async () => resume()
        stalledClocks.add(CASE)
      },
      () => {},
    )
    expect(slack.posts).toMatchObject([{ title: `${CASE}: stand`, edits: 1 }])
  })

  it('have their message edited as soon as the edit succeeds', async () => {
    const slack = createFakeChat('slack')
    const sleeps = await notice(
      slack,
      (stalledClocks) => stalledClocks.add(CASE),
      (stalledClocks) => {
        slack.failures.push({ error: new OutsideError('unreachable', 'away') })
        stalledClocks.delete(CASE)
      },
    )
    expect(sleeps).toEqual([MINUTE])
    expect(slack.posts).toMatchObject([{ title: `${CASE}: stand`, edits: 1 }])
  })

  it('have their message edited once a person has fixed what refused the edit', async () => {
    const slack = createFakeChat('slack')
    const sleeps = await notice(
      slack,
      (stalledClocks) => stalledClocks.add(CASE),
      (stalledClocks) => {
        slack.failures.push({ error: new OutsideError('refused', 'It is public.', { forAPerson: true }) })
        slack.failures.push({ error: new OutsideError('refused', 'A proxy answered 403.') })
        const lost = { forAPerson: true, gone: 'bot-removed' } as const
        slack.failures.push({ error: new OutsideError('refused', 'Invite it again.', lost) })
        stalledClocks.delete(CASE)
      },
    )
    expect(sleeps).toEqual([MINUTE, MINUTE, MINUTE])
    expect(slack.posts).toMatchObject([{ title: `${CASE}: stand`, edits: 1 }])
  })

  it.each([{ messageGone: true }, { gone: 'archived' }] as const)(
    'are not edited in a message or channel that is gone (%o)',
    async (gone) => {
      const slack = createFakeChat('slack')
      const sleeps = await notice(
        slack,
        (stalledClocks) => stalledClocks.add(CASE),
        (stalledClocks) => {
          slack.failures.push({ error: new OutsideError('refused', 'It is gone.', gone) })
          stalledClocks.delete(CASE)
        },
      )
      expect(sleeps).toEqual([])
      expect(slack.posts).toMatchObject([{ title: `${CASE}: stand`, edits: 0 }])
    },
  )

  it('are reported once chat can be reached again', async () => {
    const slack = createFakeChat('slack')
    slack.failures.push({ error: new OutsideError('unreachable', 'away') })
    const sleeps = await notice(slack, (stalledClocks) => stalledClocks.add(CASE))
    expect(sleeps).toEqual([MINUTE])
    expect(slack.posts).toMatchObject([{ title: `${CASE}: stand` }])
  })
  it.each<Platform>(['terminal', 'discord'])(
    'are reported on Slack once it can be reached again, although the other platform (%s) had the report at once',
    async (platform) => {
      const slack = createFakeChat('slack')
      const other = createFakeChat(platform)
      slack.failures.push({ error: new OutsideError('unreachable', 'away') })
      const sleeps = await notice(
        [other, slack],
        (stalledClocks) => stalledClocks.add(CASE),
        (stalledClocks) => stalledClocks.delete(CASE),
      )
      expect(sleeps).toEqual([MINUTE])
      expect(slack.posts).toMatchObject([{ title: `${CASE}: stand`, edits: 1 }])
      expect(other.posts).toMatchObject([{ title: `${CASE}: stand`, edits: 1 }])
    },
  )
})
