import { NotNeeded } from '../dispatch/trouble.ts'
import type { EffectHandler } from '../dispatch/context.ts'
import { channelOf, platformOf } from './channel-of.ts'

/** Whoever is gone already stays gone, so it may be repeated; whoever is on the case again by then stays in. */
export const remove: EffectHandler<'remove'> = {
  kind: 'remove',
  async perform({ effect, world, outside, begin }) {
    const platform = platformOf(outside, effect.platform)
    const { channel } = channelOf(world, effect.platform)
    const people = effect.people.filter((person) => world.case?.people[person] === undefined)
    if (people.length === 0) throw new NotNeeded('they are on the case again')
    await begin()
    await platform.remove({ channel, people })
    return { outcome: { is: 'done' }, evidence: `removed ${people.length}` }
  },
}
