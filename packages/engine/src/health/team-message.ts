import type { EffectId } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { openTeamChannel } from '../access/team-channel.ts'
import { safeError } from '../shared/safe-error.ts'
import type { Card } from '../ports/card.ts'
import { OutsideError } from '../ports/chat-platform.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'

export type TeamMessageOptions = {
  readonly engine: RunningEngine
  /** Its mark on the platform: the same however often it is tried. */
  readonly effect: EffectId
  /** What the log says where it could not be shown. */
  readonly failed: string
  /** Where it was before a restart. */
  readonly places?: TeamMessage['places']
}

/**
 * One message in the team's channel on one platform. It is posted once, even if an answer is lost; it is posted in a second
 * channel only if the first, which may have it, takes no messages any more.
 */
export type TeamMessage = {
  /** Whether it is there; `maybe` where an answer was lost. */
  readonly presence: 'yes' | 'maybe' | 'no'
  /** The message by its channel; without an id where an answer was lost. */
  readonly places: [channel: string, message: string | null][]
  /**
   * Makes it say this: posts it, or edits it. False when that must be tried again; nobody can edit one that is gone. With
   * `isOver` only what stands is brought up to date, and where that may be is given up when nothing can be said there.
   */
  show(card: Card, news?: { readonly isOver: boolean }): Promise<boolean>
}

export function createTeamMessage(
  on: ChatPlatform,
  { engine, effect, failed, places = [] }: TeamMessageOptions,
): TeamMessage {
  const { log, keys } = engine.deps
  /** The message by its channel; undefined where an answer was lost. Another channel is opened for one that others read. */
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

  /** Undefined when it says this. */
  async function update(channel: string, card: Card): Promise<Failure | undefined> {
    try {
      const message = placed.get(channel) ?? (await post(channel, card))
      // One that was found again may say something older.
      await on.update({ channel, message, card })
      return undefined
    } catch (error) {
      return notShown(error)
    }
  }

  /** Where it is not yet, and may not be. */
  async function postAnew(card: Card): Promise<boolean> {
    try {
      const channel = await openTeamChannel(on, { policy: engine.policy.policy, log, keys })
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
        // Where only this channel refuses it, another one may be there for what is news still.
        else if (!isRefused) whole = false
      }
      return !whole || isOver || presence() === 'yes' ? whole : postAnew(card)
    },
  }
}

/** `gone`: there is nothing to edit any more. `refused`: until a person mends it. */
type Failure = 'gone' | 'refused' | 'later'

/** The message, or its channel, is gone. What a person will mend is tried again, however long that takes. */
const isGone = ({ messageGone, gone, forAPerson }: OutsideError): boolean =>
  messageGone || (gone !== undefined && !forAPerson)
