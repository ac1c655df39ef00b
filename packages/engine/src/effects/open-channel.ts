import type { EffectHandler } from '../dispatch/context.ts'
import { platformOf } from './channel-of.ts'

/** One private channel, named by the number alone: a channel's name is seen by people who are not on the case. */
export const openChannel: EffectHandler<'open-channel'> = {
  kind: 'open-channel',
  async perform({ effect, lookUp, outside, begin }) {
    const platform = platformOf(outside, effect.platform)
    await begin()
    const { channel, name } = await platform.openChannel({ effect: effect.id, name: effect.case.toLowerCase(), lookUp })
    return {
      outcome: { is: 'channel-opened', platform: effect.platform, channel, name },
      evidence: `channel ${channel}`,
    }
  },
}
