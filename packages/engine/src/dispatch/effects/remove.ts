import { CannotPerform, NotNeeded } from '../effect-errors.ts'
import type { EffectHandler } from '../context.ts'
import { OutsideError } from '../../ports/chat-platform.ts'
import { channelOf, platformOf } from './case-channel.ts'

/**
 * Removes people who are no longer on the case from the channel of the case. If `channel` is set, it names a channel
 * that the case no longer uses. The people are then removed from that channel, because they could still read its old
 * messages. Safe to repeat: people who have left stay out, and people who are on the case again stay in.
 *
 * @throws CannotPerform if we cannot reach a former channel; a person must then remove the people by hand
 */
export const remove: EffectHandler<'remove'> = {
  kind: 'remove',
  // Until these people are removed, they can still read the channel.
  asksPersonAtOnce: true,
  caseChannelOn: ({ channel, platform }) => (channel === undefined ? platform : undefined),
  async perform({ effect, world, outside, begin }) {
    const platform = platformOf(outside, effect.platform)
    const channel = effect.channel ?? channelOf(world, effect.platform).channel
    const people = effect.people.filter((person) => world.case?.people[person] === undefined)
    if (people.length === 0) throw new NotNeeded('they are on the case again')
    await begin()
    try {
      await platform.remove({ channel, people })
    } catch (error) {
      if (effect.channel === undefined || !(error instanceof OutsideError) || error.gone === undefined) throw error
      throw new CannotPerform(
        `Embargo cannot reach an earlier channel of the case (${channel}). If it was not deleted, people who are no longer on the case can still read it: remove these people from it by hand, or delete the channel.`,
      )
    }
    return { outcome: { is: 'done' }, evidence: `removed ${people.length}` }
  },
}
