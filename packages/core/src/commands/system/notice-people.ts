import type { CaseEvent } from '../../events/case-events.ts'
import { maySee } from '../../state/people/need-to-know.ts'
import type { SystemRequest } from '../../vocabulary/command.ts'
import type { Decision } from '../../vocabulary/decision.ts'
import type { CaseState } from '../../state/state.ts'

/**
 * Records a person who can read a case's channel without being on the case. The caller must not report the same person
 * twice.
 */
export function noticeStranger(
  state: CaseState,
  { platform, channel, account, left }: Extract<SystemRequest, { verb: 'notice-stranger' }>,
): Decision {
  return recorded(state, [{ type: left === true ? 'StrangerLeft' : 'StrangerNoticed', platform, channel, account }])
}

/**
 * Records that a person on the case cannot read the case's channel. If the same is reported again, nothing is recorded,
 * unless the person could read the channel in between. A channel that is lost or archived is ignored, because nothing
 * is posted there.
 */
export function noticePerson(
  state: CaseState,
  { platform, channel, person, back }: Extract<SystemRequest, { verb: 'notice-person' }>,
): Decision {
  const known = state.channels[platform]
  if (known === undefined || known.channel !== channel || known.gone !== undefined) return recorded(state, [])
  const isMissed = known.missing?.includes(person) === true
  if (back === true) return recorded(state, isMissed ? [{ type: 'PersonThere', platform, channel, person }] : [])
  const isNews = !isMissed && maySee(state, person)
  return recorded(state, isNews ? [{ type: 'PersonNotThere', platform, channel, person }] : [])
}

const recorded = ({ id }: CaseState, events: readonly CaseEvent[]): Decision => ({
  ok: true,
  appends: events.length === 0 ? [] : [{ stream: id, events }],
})
