import type { EffectHandler } from '../context.ts'
import { eventCard } from './event-card.ts'
import { channelForPosts, platformOf } from './case-channel.ts'

/** Posts a message about the event, unless the presenter returns no card. */
export const post: EffectHandler<'post'> = {
  kind: 'post',
  announces: true,
  caseChannelOn: ({ platform }) => platform,
  waitsForNextChannel: true,
  async perform(context) {
    const { effect, outside, recorded, lookUp, begin } = context
    const platform = platformOf(outside, effect.platform)
    const { channel } = channelForPosts(context)
    const card = await eventCard(context)
    if (card === undefined) return { outcome: { is: 'done' }, evidence: 'nothing to show' }
    await begin()
    const { message } = await platform.post({
      effect: effect.id,
      channel,
      card,
      pin: false,
      lookUp,
      by: recorded.actor,
    })
    return { outcome: { is: 'done' }, evidence: `message ${message}` }
  },
}
