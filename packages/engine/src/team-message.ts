import type { EffectId } from '@embargo/core'
import type { RunningEngine } from './create-engine.ts'
import { intakeChannel } from './intake-channel.ts'
import { placeOf } from './place-of.ts'
import type { Card } from './ports/card.ts'
import { OutsideError } from './ports/chat-platform.ts'
import type { ChatPlatform } from './ports/chat-platform.ts'

export type TeamMessageOptions = {
  readonly engine: RunningEngine
  /** Its mark on the platform: the same however often it is tried. */
  readonly effect: EffectId
  /** What the log says where it could not be shown. */
  readonly failed: string
}

/** One message in the team's channel on one platform. It stands there once, also where an answer was lost. */
export type TeamMessage = {
  /** Whether it is there; `maybe` where an answer was lost. */
  readonly stands: 'yes' | 'maybe' | 'no'
  /** Makes it say this: posts it, or edits it. False when that must be tried again; nobody can edit one that is gone. */
  show(card: Card): Promise<boolean>
}

export function createTeamMessage(on: ChatPlatform, { engine, effect, failed }: TeamMessageOptions): TeamMessage {
  const { log, keys } = engine.inside
  let place: { readonly channel: string; readonly message: string } | undefined
  let isInDoubt = false

  async function post(card: Card): Promise<void> {
    const channel = await intakeChannel(on, { policy: engine.policy.policy, log, keys })
    try {
      const { message } = await on.post({ effect, channel, card, pin: false, lookUp: true })
      place = { channel, message }
    } catch (error) {
      isInDoubt ||= !(error instanceof OutsideError) || error.code === 'unknown'
      throw error
    }
  }

  return {
    get stands() {
      if (place !== undefined) return 'yes'
      return isInDoubt ? 'maybe' : 'no'
    },
    async show(card) {
      try {
        if (place === undefined) {
          await post(card)
          if (!isInDoubt) return true
        }
        // One that was found again may say something older.
        if (place !== undefined) await on.update({ ...place, card })
        isInDoubt = false
        return true
      } catch (error) {
        log.warn(failed, { platform: on.platform, ...placeOf(error) })
        return place !== undefined && isGone(error)
      }
    },
  }
}

/** The message, or its channel, is there no more. What a person will mend is tried again, however long that takes. */
const isGone = (error: unknown): boolean =>
  error instanceof OutsideError && (error.messageGone || (error.gone !== undefined && !error.forAPerson))
