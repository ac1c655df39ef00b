import { EffectId, MINUTE } from '@embargo/core'
import type { Platform, StreamId } from '@embargo/core'
import type { RunningEngine } from './create-engine.ts'
import { intakeChannel } from './intake-channel.ts'
import { placeOf } from './place-of.ts'
import type { Card } from './ports/card.ts'
import type { ChatPlatform } from './ports/chat-platform.ts'
import type { StandingStill } from './standing-still.ts'
import { createBell, firstOf, realSleep } from './waking.ts'
import type { Sleep } from './waking.ts'

/** What could not be told is tried again so often; cases that stop within it are told together. */
const AGAIN_MS = MINUTE

/** Cases whose clocks stand still, or run again. */
export type StandingNews = { readonly cases: readonly StreamId[]; readonly runAgain: boolean }

export type StandingNoticeOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly standing: StandingStill
  readonly card: (news: StandingNews) => Card
  readonly sleep?: Sleep
}

export type StandingNotice = { run(signal: AbortSignal): Promise<void> }

/**
 * Tells the team in which cases nothing is reminded of and nothing ends by itself: each case once on each platform, in a
 * message in their own channel that is edited when all of its cases run again. Nothing can be written in such a case, so
 * no event asks. Where one platform took it, another that was away is told when it is there again.
 */
export function createStandingNotice(options: StandingNoticeOptions): StandingNotice {
  const { chat, standing, sleep = realSleep } = options
  const desks = [...chat.values()].map((on) => createDesk(on, options))

  /** False when something could not be told yet. */
  async function look(): Promise<boolean> {
    const still = standing.all
    return (await Promise.all(desks.map((desk) => desk.tell(still)))).every(Boolean)
  }

  return {
    async run(signal) {
      const bell = createBell()
      const unsubscribe = standing.onChange(() => bell.ring())
      try {
        while (!signal.aborted) {
          const whole = await look()
          await firstOf(
            signal,
            (stop) => bell.rung(stop),
            ...(whole ? [] : [(stop: AbortSignal) => sleep(AGAIN_MS, stop)]),
          )
        }
      } finally {
        unsubscribe()
      }
    },
  }
}

type Told = { readonly cases: readonly StreamId[]; readonly channel: string; readonly message: string }

/** False when this platform could not be told yet. */
type Desk = { tell(still: readonly StreamId[]): Promise<boolean> }

function createDesk(on: ChatPlatform, { engine, card }: StandingNoticeOptions): Desk {
  const { log, keys, clock } = engine.inside
  let told: readonly Told[] = []

  async function post(cases: readonly StreamId[]): Promise<boolean> {
    try {
      const channel = await intakeChannel(on, { policy: engine.policy.policy, log, keys })
      const effect = EffectId.parse(`standing/${cases[0] ?? ''}/${on.platform}/${clock.now()}`)
      const drawn = card({ cases, runAgain: false })
      const { message } = await on.post({ effect, channel, card: drawn, pin: false, lookUp: false })
      told = [...told, { cases, channel, message }]
      return true
    } catch (error) {
      log.warn('clocks stand still, and chat could not be told yet', { platform: on.platform, ...placeOf(error) })
      return false
    }
  }

  async function correct({ cases, channel, message }: Told): Promise<void> {
    await on.update({ channel, message, card: card({ cases, runAgain: true }) }).catch((error: unknown) => {
      log.warn('a message about clocks could not be corrected', { platform: on.platform, ...placeOf(error) })
    })
  }

  return {
    async tell(still) {
      const over = told.filter(({ cases }) => !cases.some((each) => still.includes(each)))
      told = told.filter((each) => !over.includes(each))
      for (const each of over) await correct(each)
      const cases = still.filter((each) => !told.some((one) => one.cases.includes(each)))
      return cases.length === 0 || (await post(cases))
    },
  }
}
