import type { EffectHandler } from '../dispatch/context.ts'
import { channelOf, platformOf } from './channel-of.ts'

/** Whoever is gone already stays gone, so it may be repeated. */
export const remove: EffectHandler<'remove'> = {
  kind: 'remove',
  async perform({ effect, world, outside, begin }) {
    const platform = platformOf(outside, effect.platform)
    const { channel } = channelOf(world, effect.platform)
    await begin()
    await platform.remove({ channel, people: effect.people })
    return { outcome: { is: 'done' }, evidence: `removed ${effect.people.length}` }
  },
}
