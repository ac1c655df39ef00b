import type { EffectHandler } from '../context.ts'
import { openTeamChannel } from '../../access/team-channel.ts'
import { eventCard } from './event-card.ts'
import { platformOf } from './case-channel.ts'

/** Posts in the team's channel what cannot be posted in the case's channel. */
export const tellTeam: EffectHandler<'tell-team'> = {
  kind: 'tell-team',
  announces: true,
  async perform(context) {
    const { effect, outside, deps, policy, lookUp, begin } = context
    const platform = platformOf(outside, effect.platform)
    const card = await eventCard(context)
    if (card === undefined) return { outcome: { is: 'done' }, evidence: 'nothing to show' }
    await begin()
    const { log, keys, mutex } = deps
    const channel = await openTeamChannel(platform, { policy: policy.policy, log, keys, mutex })
    const { message } = await platform.post({ effect: effect.id, channel, card, pin: false, lookUp })
    return { outcome: { is: 'done' }, evidence: `message ${message}` }
  },
}
