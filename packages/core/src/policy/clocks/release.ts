import { DAY, later } from '../../shared/instant.ts'
import { before } from '../calendar.ts'
import { ownerOf } from './clock.ts'
import type { ClockRule, Moment } from './clock.ts'

/** To the date of the release: when its exact time is told, and the instant itself. */
export const releaseDue: ClockRule = (context) => {
  const { policy, state, release } = context
  if (release?.at === undefined || (release.is !== 'prenotified' && release.is !== 'scheduled')) return []
  const due = release.at
  const start = release.prenotifiedAt ?? later(due, -7 * DAY)
  const eveAt = before(policy.calendar, due, policy.clocks.ladder.exactTime)
  const eve: readonly Moment[] =
    eveAt > start ? [{ fraction: (eveAt - start) / (due - start), at: eveAt, hears: 'owner' }] : []
  return [
    {
      clock: 'release',
      stream: state.id,
      round: due,
      start,
      due,
      owner: ownerOf(context),
      about: 'disclose',
      moments: [...eve, { fraction: 1, at: due, hears: 'team', prompt: true }],
    },
  ]
}
