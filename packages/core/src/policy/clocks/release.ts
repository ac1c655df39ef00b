import { DAY, later } from '../../shared/instant.ts'
import { ownerOf } from './clock.ts'
import type { ClockRule } from './clock.ts'

/** To the date of the release: the day before, and the instant itself. */
export const releaseDue: ClockRule = (context) => {
  const { state, release } = context
  if (release?.at === undefined || (release.is !== 'prenotified' && release.is !== 'scheduled')) return []
  const due = release.at
  const start = release.prenotifiedAt ?? later(due, -7 * DAY)
  const dayBefore = later(due, -DAY)
  const eve = dayBefore > start ? [{ fraction: (dayBefore - start) / (due - start), at: dayBefore }] : []
  return [
    {
      clock: 'release',
      stream: state.id,
      round: due,
      start,
      due,
      owner: ownerOf(context),
      about: 'disclose',
      moments: [...eve, { fraction: 1, at: due }],
    },
  ]
}
