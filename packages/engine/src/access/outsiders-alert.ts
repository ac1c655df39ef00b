import { DAY, EffectId, later, MINUTE } from '@embargo/core'
import type { Instant, Outsider, PersonId, Platform, RoleName } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { safeError } from '../shared/safe-error.ts'
import type { Card } from '../ports/card.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import { createTeamMessage } from '../health/team-message.ts'
import type { TeamMessage } from '../health/team-message.ts'
import { pollUntilAborted, realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'

/**
 * How often we check without being notified: another process may have found people in a group who are not full members
 * of the workspace or server.
 */
const LOOK_AGAIN_MS = 5 * MINUTE

/**
 * Findings that are older than this are not posted. They were posted when they were new, but a platform may no longer
 * find a message that is so old. The program would then post the message a second time.
 */
const NEWS_FOR_MS = 3 * DAY

/** People who are in a platform's group but do not get its role, and who were noticed at the same time. */
export type OutsidersNews = {
  readonly platform: Platform
  readonly role: RoleName
  readonly outsiders: readonly Outsider[]
  readonly since: Instant
  /** The admins, whom the message mentions because they can change the policy or the group. */
  readonly admins: readonly PersonId[]
}

export type OutsidersAlertOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly card: (news: OutsidersNews) => Card
  readonly sleep?: Sleep
}

/**
 * Tells the admins once which members of a group do not get its role because they are not full members: guests, people
 * of other organisations, bots. The message is posted in the team's channel. No event requests the message, because it
 * concerns no case. A restarted program finds the message by its hidden mark, and does not post it again.
 */
export function createOutsidersAlert({ engine, chat, card, sleep = realSleep }: OutsidersAlertOptions): {
  run(signal: AbortSignal): Promise<void>
} {
  const { people, log, clock } = engine.deps
  const shownKeys = new Set<string>()
  const messages = new Map<string, TeamMessage>()

  /** Posts the news. Returns false if some message could not be posted yet. */
  async function look(): Promise<boolean> {
    await people.refresh()
    const news = groupNews(people.state?.outsiders ?? {}).filter(({ since }) => later(since, NEWS_FOR_MS) > clock.now())
    const shown = await Promise.all([...chat.values()].flatMap((on) => news.map((one) => tell(on, one))))
    return shown.every(Boolean)
  }

  async function tell(on: ChatPlatform, news: UntoldNews): Promise<boolean> {
    const key = `outsiders/${news.platform}/${news.role}/${news.since}/${on.platform}`
    if (shownKeys.has(key)) return true
    const message =
      messages.get(key) ?? createTeamMessage(on, { engine, effect: EffectId.parse(`intake/${key}`), failed: NOT_TOLD })
    messages.set(key, message)
    const admins = people.policy.policy.people.filter(({ roles }) => roles.includes('admin')).map(({ id }) => id)
    const isShown = await message.show(card({ ...news, admins }))
    if (isShown) {
      shownKeys.add(key)
      messages.delete(key)
    }
    return isShown
  }

  return {
    async run(signal) {
      if (chat.size === 0) return
      const onChange = (listener: () => void): (() => void) => people.onChange(listener)
      const trying = (): Promise<boolean> =>
        look().catch((error: unknown) => {
          log.warn('the outsiders in groups could not be read', safeError(error))
          return false
        })
      await pollUntilAborted(signal, { look: trying, onChange, sleep, restMs: LOOK_AGAIN_MS })
    },
  }
}

const NOT_TOLD = 'a group brings in accounts that are not full members, and this could not be posted in chat yet'

type UntoldNews = Omit<OutsidersNews, 'admins'>

/** Puts all findings about one group that were made at the same time into one message. */
function groupNews(groups: Readonly<Record<string, readonly Outsider[]>>): readonly UntoldNews[] {
  return Object.entries(groups).flatMap(([key, outsiders]) => {
    const times = [...new Set(outsiders.map(({ since }) => since))]
    return times.flatMap((since): readonly UntoldNews[] => {
      const those = outsiders.filter((one) => one.since === since)
      const [platform, role] = [those[0]?.platform, roleOf(key)]
      return platform === undefined || role === undefined ? [] : [{ platform, role, outsiders: those, since }]
    })
  })
}

const ROLES: readonly RoleName[] = ['admin', 'team', 'maintainer', 'releaser', 'observer']

const roleOf = (key: string): RoleName | undefined => ROLES.find((role) => key.endsWith(`:${role}`))
