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

type Place = { readonly on: ChatPlatform; readonly channel: string; readonly message: string }

/**
 * Tells the team in which cases nothing is reminded of and nothing ends by itself: each case once, in a message in their
 * own channel that is edited when all of its cases run again. Nothing can be written in such a case, so no event asks.
 */
export function createStandingNotice(options: StandingNoticeOptions): StandingNotice {
  const { engine, chat, standing, card, sleep = realSleep } = options
  const { log, keys, clock } = engine.inside
  let told: readonly { readonly cases: readonly StreamId[]; readonly places: readonly Place[] }[] = []

  /** False when something could not be told yet. */
  async function look(): Promise<boolean> {
    const still = new Set(standing.all)
    for (const { cases, places } of told.filter((one) => !one.cases.some((each) => still.has(each))))
      for (const place of places) await correct(place, cases)
    told = told.filter(({ cases }) => cases.some((each) => still.has(each)))
    const known = new Set(told.flatMap(({ cases }) => cases))
    const cases = standing.all.filter((each) => !known.has(each))
    if (cases.length === 0 || chat.size === 0) return true
    const places = (await Promise.all([...chat.values()].map((on) => post(on, cases)))).flat()
    if (places.length === 0) return false
    told = [...told, { cases, places }]
    return true
  }

  async function post(on: ChatPlatform, cases: readonly StreamId[]): Promise<readonly Place[]> {
    try {
      const channel = await intakeChannel(on, { policy: engine.policy.policy, log, keys })
      const effect = EffectId.parse(`standing/${cases[0] ?? ''}/${on.platform}/${clock.now()}`)
      const told = card({ cases, runAgain: false })
      const { message } = await on.post({ effect, channel, card: told, pin: false, lookUp: false })
      return [{ on, channel, message }]
    } catch (error) {
      log.warn('clocks stand still, and chat could not be told yet', { platform: on.platform, ...placeOf(error) })
      return []
    }
  }

  async function correct({ on, channel, message }: Place, cases: readonly StreamId[]): Promise<void> {
    await on.update({ channel, message, card: card({ cases, runAgain: true }) }).catch((error: unknown) => {
      log.warn('a message about clocks could not be corrected', { platform: on.platform, ...placeOf(error) })
    })
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
