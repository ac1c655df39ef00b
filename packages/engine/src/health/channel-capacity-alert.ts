import { EffectId, MINUTE } from '@embargo/core'
import type { Platform } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import type { Card } from '../ports/card.ts'
import type { ChannelRoom, ChatPlatform } from '../ports/chat-platform.ts'
import { createTeamMessage } from './team-message.ts'
import type { TeamMessage } from './team-message.ts'
import { pollUntilAborted, realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'

/** The team is warned when this share of a platform's channels is in use, while there is still time to make room. */
const FULL_FROM = 0.8

/** Channels are opened rarely, so checking this often is enough. */
const LOOK_AGAIN_MS = 5 * MINUTE

/** A platform with hardly any room for more channels. `isOver`: there is room again. */
export type ChannelCapacityNews = ChannelRoom & { readonly platform: Platform; readonly isOver: boolean }

export type ChannelCapacityAlertOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly card: (news: ChannelCapacityNews) => Card
  readonly sleep?: Sleep
}

export type ChannelCapacityAlert = { run(signal: AbortSignal): Promise<void>; look(): Promise<boolean> }

/**
 * Tells the team, once on each platform, that a platform runs out of channels, and edits the message when there is room
 * again.
 */
export function createChannelCapacityAlert({
  engine,
  chat,
  card,
  sleep = realSleep,
}: ChannelCapacityAlertOptions): ChannelCapacityAlert {
  const messagesByPlatform = new Map<Platform, Map<Platform, TeamMessage>>()

  /** Tells the team on every platform. Returns false if the message could not be posted on some platform yet. */
  async function tell(news: ChannelCapacityNews): Promise<boolean> {
    const messages = messagesByPlatform.get(news.platform) ?? new Map<Platform, TeamMessage>()
    if (news.isOver && messages.size === 0) return true
    messagesByPlatform.set(news.platform, messages)
    let whole = true
    for (const [name, on] of chat) {
      const message = messages.get(name) ?? begin(on, news.platform)
      messages.set(name, message)
      if (message.presence === 'yes' && !news.isOver) continue
      if (!(await message.show(card(news), { isOver: news.isOver }))) whole = false
    }
    if (news.isOver && whole) messagesByPlatform.delete(news.platform)
    return whole
  }

  const begin = (on: ChatPlatform, full: Platform): TeamMessage =>
    createTeamMessage(on, {
      engine,
      effect: EffectId.parse(`room/${full}/${on.platform}/${engine.now()}`),
      failed: 'a platform is running out of room for channels, and this could not be posted in chat yet',
    })

  async function look(): Promise<boolean> {
    let whole = true
    for (const [platform, on] of chat) {
      const room = on.room?.()
      if (room === undefined) continue
      if (!(await tell({ ...room, platform, isOver: room.used < room.most * FULL_FROM }))) whole = false
    }
    return whole
  }

  return {
    look,
    run: (signal) => pollUntilAborted(signal, { look, onChange: () => () => undefined, sleep, restMs: LOOK_AGAIN_MS }),
  }
}
