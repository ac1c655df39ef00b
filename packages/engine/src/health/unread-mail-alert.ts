import { EffectId, MINUTE } from '@embargo/core'
import type { Platform } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import type { Card } from '../ports/card.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import type { MailboxCursors, UnreadMail } from '../ports/mailbox-cursors.ts'
import { pollUntilAborted, realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'
import { createTeamMessage } from './team-message.ts'
import type { TeamMessage } from './team-message.ts'

/** How often we check even without a notification: this process is not notified when another one reads the mailbox. */
const LOOK_AGAIN_MS = 10 * MINUTE

/** How many mails in mailboxes could not be read; 0 when there is no such mail any more. */
export type UnreadMailNews = { readonly count: number }

export type UnreadMailAlertOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly cursors: Pick<MailboxCursors, 'list' | 'onUnread'>
  readonly card: (news: UnreadMailNews) => Card
  readonly sleep?: Sleep
}

/**
 * Keeps one message in the team's own channel about the mails in mailboxes that could not be read. Mails that only wait
 * for space are reported by the alert about the quota instead.
 */
export function createUnreadMailAlert({ engine, chat, cursors, card, sleep = realSleep }: UnreadMailAlertOptions): {
  run(signal: AbortSignal): Promise<void>
} {
  const desks = [...chat.values()].map(createDesk)

  function createDesk(on: ChatPlatform): (unread: readonly UnreadMail[]) => Promise<boolean> {
    let message: TeamMessage | undefined
    let shown = 0
    return async (unread) => {
      const count = unread.length
      if (count === shown) return true
      // The oldest mail identifies the message in chat, so a restarted program does not post the message again.
      const oldest = Math.min(...unread.map(({ receivedAt }) => receivedAt))
      message ??= createTeamMessage(on, {
        engine,
        effect: EffectId.parse(`unread/${on.platform}/${oldest}`),
        failed: 'a mail in a mailbox cannot be read, and this could not be posted in chat yet',
      })
      if (!(await message.show(card({ count }), { isOver: count === 0 }))) return false
      shown = count
      if (count === 0) message = undefined
      return true
    }
  }

  /** Tells the team about unread mails. Returns false if the message could not be posted yet. */
  async function look(): Promise<boolean> {
    const unread = (await cursors.list()).flatMap((one) => one.unread.filter(({ because }) => because !== 'no-room'))
    return (await Promise.all(desks.map((tell) => tell(unread)))).every(Boolean)
  }

  return {
    async run(signal) {
      const onChange = (listener: () => void): (() => void) => cursors.onUnread(listener)
      await pollUntilAborted(signal, { look, onChange, sleep, restMs: LOOK_AGAIN_MS })
    },
  }
}
