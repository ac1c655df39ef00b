import type { Log } from '@embargo/engine'
import { OutsideError } from '@embargo/engine'
import type { REST } from 'discord.js'
import { Routes } from 'discord.js'
import { CODE, discordCode, outsideError } from './api-errors.ts'

/** The most cards that are remembered in order to pin them later. Each open case has one card. */
const HELD = 2000

const PERMISSION =
  'a card could not be pinned: give the bot “Pin Messages” again, at Server Settings → Roles → the bot’s role → Permissions or at Edit Channel → Permissions → the bot; the card is pinned then'
const NO_ROOM =
  'a card could not be pinned: the channel has 250 pinned messages, which is all that Discord allows; unpin some, and the card is pinned with its next change'

/**
 * Pins cards. If Discord refuses to pin a card, the card is still posted, and it is pinned when that becomes possible.
 * Later posts do not wait for this.
 */
export type Pins = {
  /** @throws {OutsideError} `unknown` if it is not known whether the card is pinned; the message is posted already */
  pin(channel: string, message: string): Promise<void>
  /**
   * Pins a card that could not be pinned before. Any other card is left alone, because somebody may have unpinned it.
   */
  again(channel: string, message: string): Promise<void>
  /** Call this when the bot's permissions have changed, in one channel or in all. Never throws. */
  permitted(channel?: string): Promise<void>
}

export function pinsOf(rest: REST, log: Log): Pins {
  const waiting = new Map<string, string>()
  const hold = (channel: string, message: string): void => {
    waiting.set(message, channel)
    for (const oldest of waiting.keys()) {
      if (waiting.size <= HELD) return
      waiting.delete(oldest)
    }
  }
  const pin = async (channel: string, message: string): Promise<void> => {
    try {
      await rest.put(Routes.channelMessagesPin(channel, message))
      waiting.delete(message)
    } catch (error) {
      const outside = outsideError('pin a card', 'write', error)
      if (outside.code !== 'refused') throw afterwards(outside)
      if (outside.messageGone || outside.gone === 'deleted') return void waiting.delete(message)
      const code = discordCode(error)
      if (!waiting.has(message)) log.error(code === CODE.pinsFull ? NO_ROOM : PERMISSION, { code: code ?? 'refused' })
      hold(channel, message)
    }
  }
  const again = async (channel: string, message: string): Promise<void> => {
    if (waiting.has(message)) await pin(channel, message)
  }
  return {
    pin,
    again,
    permitted: async (only) => {
      for (const [message, channel] of waiting) {
        if (only !== undefined && only !== channel) continue
        await pin(channel, message).catch(() => log.info('a card could not be pinned yet'))
      }
    },
  }
}

// The message is posted already, so if only pinning it fails, the error must not look as if nothing had been posted.
const afterwards = ({ message, retryAfterMs, away }: OutsideError): OutsideError =>
  new OutsideError('unknown', `The card is posted but not pinned yet. ${message}`, {
    away,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
