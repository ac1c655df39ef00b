import { EffectId, MINUTE } from '@embargo/core'
import type { Platform } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import type { MailQuota, QuotaReason } from '../intake/mail-quota.ts'
import type { Card } from '../ports/card.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import { createTeamMessage } from './team-message.ts'
import type { TeamMessage } from './team-message.ts'
import { pollUntilAborted, realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'

/**
 * An hour after the last refused mail, mail counts as accepted again. No listener is called for that, so the quota is
 * checked regularly.
 */
const LOOK_AGAIN_MS = 10 * MINUTE

/** `refusing`: why mail of strangers is refused for now; undefined when it is accepted again. */
export type QuotaNews = { readonly refusing: QuotaReason | undefined }

export type MailQuotaAlertOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly quota: Pick<MailQuota, 'refusing' | 'onChange'>
  readonly card: (news: QuotaNews) => Card
  readonly sleep?: Sleep
}

/**
 * Tells the team in its own channel, once on each platform, that mail is refused because the quota is full, and later
 * that mail is accepted again.
 */
export function createMailQuotaAlert({ engine, chat, quota, card, sleep = realSleep }: MailQuotaAlertOptions): {
  run(signal: AbortSignal): Promise<void>
} {
  const desks = [...chat.values()].map(createDesk)

  function createDesk(on: ChatPlatform): (refusing: QuotaReason | undefined) => Promise<boolean> {
    let message: TeamMessage | undefined
    let shown: QuotaReason | undefined
    return async (refusing) => {
      if (refusing === shown) return true
      message ??= createTeamMessage(on, {
        engine,
        effect: EffectId.parse(`quota/${on.platform}/${engine.now()}`),
        failed: 'more mail arrived than the quota allows, and this could not be posted in chat yet',
      })
      if (!(await message.show(card({ refusing }), { isOver: refusing === undefined }))) return false
      shown = refusing
      if (refusing === undefined) message = undefined
      return true
    }
  }

  /** Tells the team whether mail is refused. Returns false if the message could not be posted yet. */
  async function look(): Promise<boolean> {
    const { refusing } = quota
    return (await Promise.all(desks.map((tell) => tell(refusing)))).every(Boolean)
  }

  return {
    async run(signal) {
      const onChange = (listener: () => void): (() => void) => quota.onChange(listener)
      await pollUntilAborted(signal, { look, onChange, sleep, restMs: LOOK_AGAIN_MS })
    },
  }
}
