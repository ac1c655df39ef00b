import { maySee } from '@embargo/core'
import type { CaseState, PersonId, State } from '@embargo/core'
import { NotNeeded } from '../effect-errors.ts'
import type { EffectHandler } from '../context.ts'
import { channelOf, platformOf } from './case-channel.ts'

/**
 * Safe to repeat: people who are in the channel already stay in it. Only people who are still on the case are invited.
 * Somebody who is taken off the case during the call is removed from the channel again.
 */
export const invite: EffectHandler<'invite'> = {
  kind: 'invite',
  caseChannelOn: ({ platform }) => platform,
  async perform({ effect, world, deps, outside, begin }) {
    const platform = platformOf(outside, effect.platform)
    const { channel } = channelOf(world, effect.platform)
    const people = effect.people.filter((person) => mayBeIn(world.case, person))
    if (people.length === 0) throw new NotNeeded('none of them is on the case any more')
    await begin()
    await platform.invite({ channel, people })
    const { state } = await deps.states.load(effect.case)
    const leavers = people.filter((person) => !mayBeIn(state, person))
    if (leavers.length > 0) await platform.remove({ channel, people: leavers })
    return { outcome: { is: 'done' }, evidence: `invited ${people.length - leavers.length}` }
  },
}

const mayBeIn = (state: CaseState | State | undefined, person: PersonId): boolean =>
  state?.kind === 'case' && maySee(state, person)
