import { EffectId, MINUTE } from '@embargo/core'
import type { Platform } from '@embargo/core'
import type { RunningEngine } from './create-engine.ts'
import { intakeChannel, intakeEffect, isOfIntake } from './intake-channel.ts'
import { placeOf } from './place-of.ts'
import type { Card } from './ports/card.ts'
import { OutsideError } from './ports/chat-platform.ts'
import type { Audience, ChatPlatform } from './ports/chat-platform.ts'
import { createBell, firstOf, realSleep } from './waking.ts'
import type { Sleep } from './waking.ts'

/** No event tells of everything that people do to a channel. */
const LOOK_AGAIN_MS = 10 * MINUTE
/** What could not be seen to, or told, is tried again so often. */
const AGAIN_MS = MINUTE
/** Somebody may let in a whole company; these many are seen to in one look. */
const SEEN_TO_MAX = 25

/** More people can read the team's channel, or somebody who is not of the team was in it; `stays` why they still are. */
export type IntakeNews = { readonly platform: Platform } & (
  | { readonly what: 'open' }
  | { readonly what: 'stranger'; readonly account: string; readonly stays?: string }
)

export type IntakeWatchOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly card: (news: IntakeNews) => Card
  readonly sleep?: Sleep
}

/**
 * Keeps the team's own channel theirs on each platform: takes out who is not of the team (any more), and tells the team of
 * that, and of a channel that more people can read, on every platform. It is no case's, so no event asks for this. Looks
 * when the program starts, when it is said of people whose they are, and every few minutes.
 */
export function createIntakeWatch({ engine, chat, card, sleep = realSleep }: IntakeWatchOptions): {
  run(signal: AbortSignal): Promise<void>
} {
  const { log, keys, people, clock } = engine.inside
  /** What a terminal prints, nobody else reads. */
  const platforms = [...chat.values()].filter(({ platform }) => platform !== 'terminal')
  const seen = new Map<Platform, readonly string[]>()
  /** By what it is about: it is told once, for as long as it is so. */
  const told = new Set<string>()
  const untold = new Map<string, IntakeNews>()

  /** False when something could not be seen to, or told. */
  async function look(): Promise<boolean> {
    // Whoever is not known yet would be taken for a stranger.
    await people.refresh()
    let whole = true
    for (const platform of platforms) {
      whole = (await lookAt(platform).catch((error: unknown) => notYet(platform, error))) && whole
    }
    for (const [key, news] of untold) {
      const posted = await Promise.all(platforms.map((on) => post(on, key, news)))
      if (posted.some(Boolean)) untold.delete(key)
    }
    return whole && untold.size === 0
  }

  function notYet({ platform }: ChatPlatform, error: unknown): false {
    log.warn('who reads in the intake channel could not be seen to yet', { platform, ...placeOf(error) })
    return false
  }

  async function lookAt(platform: ChatPlatform): Promise<boolean> {
    const name = platform.platform
    const before = seen.get(name) ?? []
    const found = await platform.audience({ effect: intakeEffect(platform, keys), seen: before })
    seen.set(name, [...new Set([...before, ...found.map(({ channel }) => channel)])])
    let whole = true
    for (const one of found) whole = (await seeTo(platform, one)) && whole
    return whole
  }

  async function seeTo(platform: ChatPlatform, { channel, isOpen, accounts }: Audience): Promise<boolean> {
    const name = platform.platform
    const isOf = `${name}/${channel}`
    const strangers = accounts.filter((account) => {
      const person = engine.personOfAccount(name, account)
      return person === undefined || !isOfIntake(person)
    })
    // What is so no more is news when it is so again.
    const now = new Set([...(isOpen ? [`open/${isOf}`] : []), ...strangers.map((each) => `stranger/${isOf}/${each}`)])
    for (const key of told) if (key.includes(`/${isOf}`) && !now.has(key)) told.delete(key)
    if (isOpen) isNews(`open/${isOf}`, { platform: name, what: 'open' })
    for (const account of strangers.slice(0, SEEN_TO_MAX)) {
      const stays = await takenOut(platform, { channel, account })
      const why = stays === undefined ? {} : { stays }
      isNews(`stranger/${isOf}/${account}`, { platform: name, what: 'stranger', account, ...why })
    }
    return strangers.length <= SEEN_TO_MAX
  }

  function isNews(key: string, news: IntakeNews): void {
    if (told.has(key)) return
    told.add(key)
    untold.set(key, news)
  }

  /** Undefined when they are out, else why not. */
  async function takenOut(
    platform: ChatPlatform,
    { channel, account }: { readonly channel: string; readonly account: string },
  ): Promise<string | undefined> {
    try {
      await platform.remove({ channel, people: [], accounts: [account] })
      return undefined
    } catch (error) {
      if (error instanceof OutsideError && error.code === 'refused') return error.message
      throw error
    }
  }

  async function post(on: ChatPlatform, key: string, news: IntakeNews): Promise<boolean> {
    try {
      const channel = await intakeChannel(on, { policy: engine.policy.policy, log, keys })
      const effect = EffectId.parse(`intake/${key}/${on.platform}/${clock.now()}`)
      await on.post({ effect, channel, card: card(news), pin: false, lookUp: false })
      return true
    } catch (error) {
      log.warn('somebody reads in the intake channel, and the team could not be told there yet', {
        platform: on.platform,
        ...placeOf(error),
      })
      return false
    }
  }

  return {
    async run(signal) {
      if (platforms.length === 0) return
      const bell = createBell()
      const unsubscribe = people.onChange(() => bell.ring())
      try {
        while (!signal.aborted) {
          const whole = await look().catch((error: unknown) => {
            log.warn('what people said could not be read', placeOf(error))
            return false
          })
          await firstOf(
            signal,
            (stop) => bell.rung(stop),
            (stop) => sleep(whole ? LOOK_AGAIN_MS : AGAIN_MS, stop),
          )
        }
      } finally {
        unsubscribe()
      }
    },
  }
}
