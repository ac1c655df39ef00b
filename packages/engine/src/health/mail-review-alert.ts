import { DAY, EffectId, instant, later, MINUTE } from '@embargo/core'
import type { Instant, MessageId, Platform } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { openTeamChannel } from '../access/team-channel.ts'
import { safeError } from '../shared/safe-error.ts'
import type { Card } from '../ports/card.ts'
import { OutsideError } from '../ports/chat-platform.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import { createNotifier, firstOf, realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'

/**
 * The pause between two edits of a message. Without it, a storm of bounces would cause so many edits that chat
 * platforms throttle them.
 */
const PAUSE_MS = MINUTE

/** How often we check even without a notification: this process is not notified when another one sets aside a mail. */
const LOOK_AGAIN_MS = 5 * MINUTE

/** How many days are looked back on, including today: enough for a weekend during which chat was unreachable. */
const DAYS_BACK = 3

/** How many mails were waiting at an instant. */
export type HeldCount = { readonly count: number; readonly at: Instant }

export type SetAsideCount = { readonly count: number; readonly day: Instant }

export type MailReviewAlertOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly card: (aside: SetAsideCount) => Card
  readonly heldCard: (held: HeldCount) => Card
  readonly sleep?: Sleep
}

export type MailReviewAlert = { run(signal: AbortSignal): Promise<void> }

/**
 * Tells the team, in the team's own channel, about mail that opened no case. For each day (UTC), there is one message
 * with the number of mails so far. For all mails that are held because too many came, there is one further message,
 * which is shown until no mail is held. The messages are not requested by events, because the mails belong to no case.
 * If the platform can search, a restarted program finds its earlier messages by a hidden mark and does not post them
 * again.
 */
export function createMailReviewAlert(options: MailReviewAlertOptions): MailReviewAlert {
  const { engine, chat, sleep = realSleep } = options
  const { spool, log, clock } = engine.deps
  const notifier = createNotifier()
  const desks = [...chat.values()].map((platform) => createDesk(platform, options))

  /** Posts and edits the messages that are outdated. Returns true if a platform was called. */
  async function look(): Promise<boolean> {
    let spoke = false
    const today = startOfDay(clock.now())
    for (let back = DAYS_BACK - 1; back >= 0; back -= 1) {
      const day = later(today, -back * DAY)
      const count = await spool.countAside(day, later(day, DAY))
      if (count === 0) continue
      for (const desk of desks) {
        if (desk.isShown({ count, day })) continue
        spoke = true
        await desk.tell({ count, day }).catch((error: unknown) => {
          log.warn('mail was set aside, and this could not be posted in chat yet', {
            platform: desk.platform,
            ...safeError(error),
          })
        })
      }
    }
    return (await lookAtHeld()) || spoke
  }

  async function lookAtHeld(): Promise<boolean> {
    const at = clock.now()
    const count = await spool.countHeld()
    const [oldest] = count === 0 ? [] : await spool.held(1)
    const held = { count, at, since: oldest?.id }
    let spoke = false
    for (const desk of desks) {
      if (desk.isHeldShown(held)) continue
      spoke = true
      await desk.tellHeld(held).catch((error: unknown) => {
        log.warn('mails wait for a person, and this could not be posted in chat yet', {
          platform: desk.platform,
          ...safeError(error),
        })
      })
    }
    return spoke
  }

  return {
    async run(signal) {
      if (desks.length === 0) return
      const unsubscribe = spool.onAside(() => notifier.notify())
      try {
        while (!signal.aborted) {
          const spoke = await look().catch((error: unknown) => {
            log.error('the mail spool could not be read', safeError(error))
            return true
          })
          if (spoke) await sleep(PAUSE_MS, signal)
          await firstOf(
            signal,
            (stop) => notifier.wait(stop),
            (stop) => sleep(LOOK_AGAIN_MS, stop),
          )
        }
      } finally {
        unsubscribe()
      }
    },
  }
}

/** `since`: the oldest held mail, which identifies the message. */
type HeldMails = HeldCount & { readonly since: MessageId | undefined }

type Desk = {
  readonly platform: Platform
  isShown(aside: SetAsideCount): boolean
  tell(aside: SetAsideCount): Promise<void>
  /**
   * Whether the message shows this number of held mails and this oldest mail. The number alone is not enough. If three
   * new mails replace three mails that are no longer held, the number is the same, but the buttons of the message do
   * not include the new mails.
   */
  isHeldShown(held: HeldMails): boolean
  tellHeld(held: HeldMails): Promise<void>
}

function createDesk(platform: ChatPlatform, { engine, card, heldCard }: MailReviewAlertOptions): Desk {
  const { log, keys, mutex } = engine.deps
  const shown = new Map<Instant, { readonly message: string; readonly count: number }>()
  let channel: string | undefined
  let heldMessage: (Pick<HeldMails, 'count' | 'since'> & { readonly message: string }) | undefined

  const open = async (): Promise<string> =>
    openTeamChannel(platform, { policy: engine.policy.policy, log, keys, mutex })
  /**
   * If the platform refused a message, forgets the channel and its messages. Then the next try looks up the channel
   * again, or opens another one.
   */
  const forget = (error: unknown): never => {
    if (error instanceof OutsideError && error.code === 'refused') {
      channel = undefined
      heldMessage = undefined
      shown.clear()
    }
    throw error
  }

  return {
    platform: platform.platform,
    isShown: ({ count, day }) => shown.get(day)?.count === count,
    tell: (aside) => tell(aside).catch(forget),
    isHeldShown: ({ count, since }) => (heldMessage?.count ?? 0) === count && heldMessage?.since === since,
    tellHeld: (held) => tellHeld(held).catch(forget),
  }

  async function tell({ count, day }: SetAsideCount): Promise<void> {
    channel ??= await open()
    const content = card({ count, day })
    const message =
      shown.get(day)?.message ?? (await post(channel, `aside/${platform.platform}/${isoDay(day)}`, content))
    // A message that was found again may show an older number.
    await platform.update({ channel, message, card: content })
    shown.set(day, { message, count })
  }

  async function tellHeld({ count, at, since }: HeldMails): Promise<void> {
    channel ??= await open()
    const content = heldCard({ count, at })
    const message =
      heldMessage?.message ?? (await post(channel, `held/${platform.platform}/${since ?? 'none'}`, content))
    await platform.update({ channel, message, card: content })
    heldMessage = count === 0 ? undefined : { message, count, since }
  }

  async function post(to: string, purpose: string, content: Card): Promise<string> {
    const effect = EffectId.parse(`intake/${purpose}`)
    return (await platform.post({ effect, channel: to, card: content, pin: false, lookUp: true })).message
  }
}

const isoDay = (day: Instant): string => new Date(day).toISOString().slice(0, 10)

const startOfDay = (at: Instant): Instant => instant(Math.floor(at / DAY) * DAY)
