import type { EffectHandler, EffectOf } from '../context.ts'
import { platformOf } from './case-channel.ts'

/** One private channel, named by the number alone: a channel's name is seen by people who are not on the case. */
export const openChannel: EffectHandler<'open-channel'> = {
  kind: 'open-channel',
  opensChannel: true,
  async perform({ effect, lookUp, outside, begin }) {
    const platform = platformOf(outside, effect.platform)
    await begin()
    const { channel, name } = await platform.openChannel({ effect: effect.id, name: nameOf(effect), lookUp })
    return {
      outcome: { is: 'channel-opened', platform: effect.platform, channel, name },
      evidence: `channel ${channel}`,
    }
  },
}

/** `sec-2026-0001`, and `sec-2026-0001-2` for the one that takes its place. */
const nameOf = ({ case: id, nth }: EffectOf<'open-channel'>): string =>
  `${id.toLowerCase()}${nth === undefined ? '' : `-${nth}`}`
