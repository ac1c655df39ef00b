import type { CaseState } from '../state.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import type { Platform } from '../../shared/actor.ts'
import { PersonId } from '../../shared/ids.ts'
import { HOUR } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import { maySee } from './need-to-know.ts'

/**
 * How long an invitation can take. After this time, the invited person is in the channel, or the team knows that the
 * invitation failed.
 */
const LET_IN_BY_MS = HOUR

/**
 * The people who must be in the case's channel at a time: everybody on the case except those whose invitation is in
 * progress. If an invitation failed, nobody is expected, because the team knows already that somebody is missing.
 */
export function expectedChannelMembers(
  state: CaseState,
  history: readonly RecordedEvent[],
  { platform, at }: { readonly platform: Platform; readonly at: Instant },
): readonly PersonId[] {
  if (state.parked.some(({ effect }) => effect.includes(`/invite/${platform}`))) return []
  const young = history.filter((recorded) => recorded.at > at - LET_IN_BY_MS).map(({ event }) => event)
  if (young.some((event) => event.type === 'ChannelOpened' && event.platform === platform)) return []
  const coming = new Set<string>(
    young.flatMap((event) => (event.type === 'PersonInvited' || event.type === 'ConsentGiven' ? [event.person] : [])),
  )
  return Object.keys(state.people)
    .map((id) => PersonId.parse(id))
    .filter((id) => !coming.has(id) && maySee(state, id))
}
