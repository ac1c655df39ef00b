import type { EffectHandler } from '../context.ts'
import { OutsideError } from '../../ports/chat-platform.ts'
import { eventCard } from './event-card.ts'
import { channelForPosts, platformOf } from './case-channel.ts'
import { isAlreadyShown, rememberShown } from './shown-cards.ts'

/**
 * Redraws the card from the current state. The platform is not called if the card was already redrawn after this
 * request, because Slack and Discord limit how often a message may be edited. A card that was not posted yet is
 * skipped, because it will show the state at the time when it is posted. A deleted card is posted again.
 */
export const updateCard: EffectHandler<'update-card'> = {
  kind: 'update-card',
  announces: true,
  caseChannelOn: ({ platform }) => platform,
  async perform(context) {
    const { effect, outside, begin } = context
    if (isAlreadyShown(context)) return { outcome: { is: 'done' }, evidence: 'shown already' }
    const platform = platformOf(outside, effect.platform)
    const { channel, cards } = channelForPosts(context)
    const message = cards[effect.slot]
    if (message === undefined) return { outcome: { is: 'done' }, evidence: 'no such card' }
    const card = await eventCard(context)
    if (card === undefined) return { outcome: { is: 'done' }, evidence: 'nothing to show' }
    await begin()
    try {
      await platform.update({ channel, message, card })
    } catch (error) {
      if (!(error instanceof OutsideError) || !error.messageGone) throw error
      // It is unknown here whether an earlier attempt posted the card again. So `lookUp` makes the platform search for
      // the mark that such an attempt left.
      const pin = effect.slot === PINNED
      const placed = await platform.post({ effect: effect.id, channel, card, pin, lookUp: true })
      rememberShown(context)
      return {
        outcome: { is: 'card-placed', platform: effect.platform, slot: effect.slot, channel, message: placed.message },
        evidence: `message ${placed.message} for ${message}`,
      }
    }
    rememberShown(context)
    return { outcome: { is: 'done' }, evidence: `message ${message}` }
  },
}

/** The slot of the card that is pinned. */
const PINNED = 'status'
