import type { EffectId } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { openTeamChannel } from '../access/team-channel.ts'
import { safeError } from '../shared/safe-error.ts'
import type { Card } from '../ports/card.ts'
import { OutsideError } from '../ports/chat-platform.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'

export type TeamMessageOptions = {
  readonly engine: RunningEngine
  /** The hidden mark of the message on the platform. It is the same for every try. */
  readonly effect: EffectId
  /** The text for the log if the message could not be shown. */
  readonly failed: string
  /** The places where the message was before a restart. */
  readonly places?: TeamMessage['places']
}

/**
 * One message in the team's channel on one platform. It is posted only once, even if the platform's answer was lost. It
 * is posted in a second channel only if the first channel no longer accepts messages.
 */
export type TeamMessage = {
  /** Whether the message was posted; `maybe` if the answer was lost. */
  readonly presence: 'yes' | 'maybe' | 'no'
  /**
   * The channels in which the message was posted, each with the id of the message; without an id if the answer was
   * lost.
   */
  readonly places: [channel: string, message: string | null][]
  /**
   * Posts the message with this card, or edits the message to show this card. A deleted message stays deleted. Returns
   * false if `show` must be called again. With `isOver`, an existing message is edited but no new one is posted. If the
   * answer to an earlier post was lost, and the channel no longer accepts posts, the message in that channel is given
   * up.
   */
  show(card: Card, news?: { readonly isOver: boolean }): Promise<boolean>
}

export function createTeamMessage(
  on: ChatPlatform,
  { engine, effect, failed, places = [] }: TeamMessageOptions,
): TeamMessage {
  const { log, keys, mutex } = engine.deps
  /** The id of the message in each channel; undefined if the answer was lost. */
  const placed = new Map<string, string | undefined>(
    places.map(([channel, message]) => [channel, message ?? undefined]),
  )
  const isIn = (channel: string): boolean => placed.get(channel) !== undefined
  const presence = (): TeamMessage['presence'] => {
    if ([...placed.keys()].some(isIn)) return 'yes'
    return placed.size > 0 ? 'maybe' : 'no'
  }

  async function post(channel: string, card: Card): Promise<string> {
    try {
      const { message } = await on.post({ effect, channel, card, pin: false, lookUp: true })
      placed.set(channel, message)
      return message
    } catch (error) {
      if (!(error instanceof OutsideError) || error.code === 'unknown') placed.set(channel, undefined)
      throw error
    }
  }

  /** Edits the message to show the card. If the message does not show the card, returns the reason. */
  async function update(channel: string, card: Card): Promise<Failure | undefined> {
    try {
      const message = placed.get(channel) ?? (await post(channel, card))
      // `post` may have found the message of an earlier try, and that message may show an older card.
      await on.update({ channel, message, card })
      return undefined
    } catch (error) {
      return notShown(error)
    }
  }

  /**
   * Posts the message in the team's present channel, unless that channel has it already or may have it. True if it was
   * posted.
   */
  async function postInPresentChannel(card: Card): Promise<boolean> {
    try {
      const channel = await openTeamChannel(on, { policy: engine.policy.policy, log, keys, mutex })
      if (placed.has(channel)) return false
      await post(channel, card)
      return true
    } catch (error) {
      notShown(error)
      return false
    }
  }

  function notShown(error: unknown): Failure {
    log.warn(failed, { platform: on.platform, ...safeError(error) })
    if (!(error instanceof OutsideError) || error.code !== 'refused') return 'later'
    return isGone(error) ? 'gone' : 'refused'
  }

  return {
    get places() {
      return [...placed].map(([channel, message]): [string, string | null] => [channel, message ?? null])
    },
    get presence() {
      return presence()
    },
    async show(card, { isOver } = { isOver: false }) {
      let whole = true
      for (const channel of [...placed.keys()]) {
        const failure = await update(channel, card)
        if (failure === undefined) continue
        const isRefused = failure !== 'later'
        if (isIn(channel)) whole = failure === 'gone' && whole
        else if (isRefused && (isOver || failure === 'gone')) placed.delete(channel)
        // The answer to an earlier post in this channel was lost. If the new try was refused, `whole` is not changed,
        // so that the message can still be posted below, if the team's present channel is another one.
        else if (!isRefused) whole = false
      }
      return !whole || isOver || presence() === 'yes' ? whole : postInPresentChannel(card)
    },
  }
}

/**
 * Why the message does not show the card. `gone`: the message or its channel is gone. `refused`: it cannot be edited
 * until a person changes something. `later`: a later try may succeed.
 */
type Failure = 'gone' | 'refused' | 'later'

/**
 * Whether the message or its channel is gone. If a person can make the channel accept messages again by changing a
 * setting, the channel does not count as gone, so we keep trying.
 */
const isGone = ({ messageGone, gone, forAPerson }: OutsideError): boolean =>
  messageGone || (gone !== undefined && !forAPerson)
