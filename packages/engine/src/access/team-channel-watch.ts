import { EffectId, MINUTE } from '@embargo/core'
import type { Platform } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { teamChannelEffect, isTeamChannelMember } from './team-channel.ts'
import { safeError } from '../shared/safe-error.ts'
import type { Card } from '../ports/card.ts'
import { OutsideError } from '../ports/chat-platform.ts'
import type { Audience, ChatPlatform } from '../ports/chat-platform.ts'
import { createTeamMessage } from '../health/team-message.ts'
import type { TeamMessage } from '../health/team-message.ts'
import { pollUntilAborted, realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'

/**
 * How often we check without being notified: platforms send no event for some changes that people make to a channel.
 */
const LOOK_AGAIN_MS = 10 * MINUTE
/** The most strangers that one check handles, in case somebody lets in a whole company. */
const SEEN_TO_MAX = 25

/**
 * `open`: outsiders can read the team's channel. `stranger`: somebody in it is not on the team; `stays` says why they
 * cannot be removed.
 */
export type TeamChannelNews = { readonly platform: Platform } & (
  | { readonly what: 'open' }
  | { readonly what: 'stranger'; readonly account: string; readonly stays?: string }
)

export type TeamChannelWatchOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly card: (news: TeamChannelNews) => Card
  readonly sleep?: Sleep
}

type PendingNews = { readonly news: TeamChannelNews; readonly message: TeamMessage }

type Strangers = {
  readonly platform: ChatPlatform
  readonly channel: string
  readonly accounts: readonly string[]
  /** Whether there are further strangers, who are handled in the next check. */
  readonly more: boolean
}

/**
 * Removes everybody who is not on the team from the team's own channel on each platform. The team is told on every
 * platform before the person is removed, so it knows even if the program stops in between. The team is also told if
 * others can read the channel. The channel is checked at the start, when people's accounts change, and every few
 * minutes. The check concerns no case, so no event of a case requests the check.
 */
export function createTeamChannelWatch({ engine, chat, card, sleep = realSleep }: TeamChannelWatchOptions): {
  run(signal: AbortSignal): Promise<void>
} {
  const { log, keys, people, clock } = engine.deps
  /** The terminal is left out, because nobody else can read its output. */
  const platforms = [...chat.values()].filter(({ platform }) => platform !== 'terminal')
  const seen = new Map<Platform, readonly string[]>()
  /** The findings by channel. Each finding is reported only once while it stays true. */
  const known = new Map<string, Set<string>>()
  const untold = new Map(platforms.map((on) => [on, new Map<string, PendingNews>()]))

  /** Checks the channels once. Returns false if a stranger could not be removed, or a message could not be posted. */
  async function look(): Promise<boolean> {
    // Without this, somebody who joined the team since the last check would be taken for a stranger.
    await people.refresh()
    let whole = true
    const strangers: Strangers[] = []
    for (const platform of platforms) {
      const found = await lookAt(platform).catch((error: unknown) => notYet(platform, error))
      if (found === undefined) whole = false
      else strangers.push(...found.map((one) => note(platform, one)))
    }
    await tell('all')
    for (const those of strangers) whole = (await takeOut(those)) && !those.more && whole
    await tell('stays')
    return whole && [...untold.values()].every(({ size }) => size === 0)
  }

  function notYet({ platform }: ChatPlatform, error: unknown): undefined {
    log.warn('the readers of the intake channel could not be checked yet', { platform, ...safeError(error) })
  }

  async function lookAt(platform: ChatPlatform): Promise<readonly Audience[]> {
    const name = platform.platform
    const before = seen.get(name) ?? []
    const found = await platform.audience({ effect: teamChannelEffect(platform, keys), seen: before })
    seen.set(name, [...new Set([...before, ...found.map(({ channel }) => channel)])])
    return found
  }

  /**
   * Turns the findings into news. Strangers whom we failed to remove before come last, so they do not delay the removal
   * of others.
   */
  function note(platform: ChatPlatform, { channel, isOpen, accounts }: Audience): Strangers {
    const name = platform.platform
    const of = `${name}/${channel}`
    const strangers = accounts.filter((account) => {
      const person = engine.queries.personOfAccount(name, account)
      return person === undefined || !isTeamChannelMember(person)
    })
    // If a finding stops being true and later becomes true again, it is reported again.
    const now = new Set([
      ...(isOpen ? [`open/${of}`] : []),
      ...strangers.flatMap((each) => [`stranger/${of}/${each}`, `stays/${of}/${each}`]),
    ])
    for (const key of known.get(of) ?? []) if (!now.has(key)) forget(of, key)
    if (isOpen) isNews(of, `open/${of}`, { platform: name, what: 'open' })
    const stay = (account: string): boolean => known.get(of)?.has(`stays/${of}/${account}`) === true
    const fresh = strangers.filter((each) => !stay(each))
    const seenTo = [...fresh, ...strangers.filter(stay)].slice(0, SEEN_TO_MAX)
    for (const account of seenTo) isNews(of, `stranger/${of}/${account}`, { platform: name, what: 'stranger', account })
    return { platform, channel, accounts: seenTo, more: fresh.length > SEEN_TO_MAX }
  }

  function isNews(of: string, key: string, news: TeamChannelNews): void {
    const before = known.get(of) ?? new Set()
    if (before.has(key)) return
    known.set(of, before.add(key))
    for (const [on, waits] of untold) {
      const effect = EffectId.parse(`intake/${key}/${on.platform}/${clock.now()}`)
      // A message that was not confirmed keeps its effect id, because it may have been posted although the answer was
      // lost.
      if (!waits.has(key))
        waits.set(key, { news, message: createTeamMessage(on, { engine, effect, failed: NOT_TOLD }) })
    }
  }

  /**
   * Forgets a finding that is no longer true. If the finding was that a stranger could not be removed, an unposted
   * message about that is dropped.
   */
  function forget(of: string, key: string): void {
    known.get(of)?.delete(key)
    if (key.startsWith('stays/')) for (const waits of untold.values()) waits.delete(key)
  }

  /**
   * Removes strangers from a channel. Returns false if the removal of a stranger must be tried again. A removal that
   * the platform refuses is reported instead.
   */
  async function takeOut({ platform, channel, accounts }: Strangers): Promise<boolean> {
    const name = platform.platform
    const of = `${name}/${channel}`
    let whole = true
    for (const account of accounts) {
      try {
        await platform.remove({ channel, people: [], accounts: [account] })
      } catch (error) {
        const code = error instanceof OutsideError ? error.code : undefined
        if (error instanceof OutsideError && code === 'refused') {
          isNews(of, `stays/${of}/${account}`, { platform: name, what: 'stranger', account, stays: error.message })
          continue
        }
        notYet(platform, error)
        whole = false
        // If the code is `unknown`, this account may be out of the channel already, and the next account is tried.
        // After any other failure, this account is still in the channel, and the rest waits for the next check.
        if (code !== 'unknown') return false
      }
    }
    return whole
  }

  /**
   * Posts on each platform the news that was not posted there yet. If one platform accepts no posts, the news is still
   * posted on the other platforms.
   */
  async function tell(audience: 'all' | 'stays'): Promise<void> {
    await Promise.all(
      [...untold.values()].map(async (waits) => {
        for (const [key, { news, message }] of waits) {
          if (audience === 'stays' && !key.startsWith('stays/')) continue
          if (!(await message.show(card(news)))) return
          waits.delete(key)
        }
      }),
    )
  }

  return {
    async run(signal) {
      if (platforms.length === 0) return
      const onChange = (listener: () => void): (() => void) => people.onChange(listener)
      await pollUntilAborted(signal, { look: () => look().catch(notRead), onChange, sleep, restMs: LOOK_AGAIN_MS })
    },
  }

  function notRead(error: unknown): false {
    log.warn('the people and their accounts could not be read', safeError(error))
    return false
  }
}

const NOT_TOLD = 'a stranger can read the intake channel, and this could not be posted in chat yet'
