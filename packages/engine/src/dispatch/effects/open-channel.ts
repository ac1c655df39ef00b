import type { EffectHandler, EffectOf } from '../context.ts'
import { platformOf } from './case-channel.ts'

/**
 * Opens one private channel. It is named only by the number of the case, because people who are not on the case can see
 * the name.
 */
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

/** The name of a case's channel: first `sec-2026-0001`, then `sec-2026-0001-2` for the channel that replaces it. */
const nameOf = ({ case: id, nth }: EffectOf<'open-channel'>): string =>
  `${id.toLowerCase()}${nth === undefined ? '' : `-${nth}`}`
