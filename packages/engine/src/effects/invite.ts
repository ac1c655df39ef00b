import type { EffectHandler } from '../dispatch/context.ts'
import { channelOf, platformOf } from './channel-of.ts'

/** Whoever is there already stays there, so it may be repeated. */
export const invite: EffectHandler<'invite'> = {
  kind: 'invite',
  async perform({ effect, world, outside, begin }) {
    const platform = platformOf(outside, effect.platform)
    const { channel } = channelOf(world, effect.platform)
    await begin()
    await platform.invite({ channel, people: effect.people })
    return { outcome: { is: 'done' }, evidence: `invited ${effect.people.length}` }
  },
}
