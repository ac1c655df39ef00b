import type { EffectHandler } from '../context.ts'
import { eventCard } from './event-card.ts'
import { channelForPosts, platformOf } from './case-channel.ts'
import { rememberShown } from './shown-cards.ts'

/**
 * Posts a card that stays and is edited in place, and pins it if requested. A channel has only one card for each slot,
 * such as `status`. If the card is requested together with a new channel, it is posted when that channel is opened, and
 * this effect does nothing.
 */
export const placeCard: EffectHandler<'place-card'> = {
  kind: 'place-card',
  caseChannelOn: ({ platform }) => platform,
  waitsForNextChannel: true,
  async perform(context) {
    const { effect, outside, recorded, lookUp, begin } = context
    const platform = platformOf(outside, effect.platform)
    const { channel, cards } = channelForPosts(context)
    if (cards[effect.slot] !== undefined) return { outcome: { is: 'done' }, evidence: 'placed already' }
    const card = await eventCard(context)
    if (card === undefined) return { outcome: { is: 'done' }, evidence: 'nothing to show' }
    await begin()
    const { message } = await platform.post({
      effect: effect.id,
      channel,
      card,
      pin: effect.pin,
      lookUp,
      by: recorded.actor,
    })
    // If an earlier attempt posted the card, the card may show an older state. It then does not count as up to date, so
    // the next update redraws it.
    if (!lookUp) rememberShown(context)
    const { platform: name, slot } = effect
    // Messages in the terminal are never edited, so nobody needs their ids.
    if (name === 'terminal') return { outcome: { is: 'done' }, evidence: 'printed' }
    return { outcome: { is: 'card-placed', platform: name, slot, channel, message }, evidence: `message ${message}` }
  },
}
