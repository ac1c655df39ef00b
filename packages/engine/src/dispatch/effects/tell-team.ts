import type { EffectHandler } from '../context.ts'
import { openTeamChannel } from '../../access/team-channel.ts'
import { eventCard } from './event-card.ts'
import { platformOf } from './case-channel.ts'

/** What cannot be said in the case's own channel, said to the team in theirs. */
export const tellTeam: EffectHandler<'tell-team'> = {
  kind: 'tell-team',
  async perform(context) {
    const { effect, outside, deps, policy, lookUp, begin } = context
    const platform = platformOf(outside, effect.platform)
    const card = await eventCard(context)
    if (card === undefined) return { outcome: { is: 'done' }, evidence: 'nothing to show' }
    await begin()
    const channel = await openTeamChannel(platform, { policy: policy.policy, log: deps.log, keys: deps.keys })
    const { message } = await platform.post({ effect: effect.id, channel, card, pin: false, lookUp })
    return { outcome: { is: 'done' }, evidence: `message ${message}` }
  },
}
