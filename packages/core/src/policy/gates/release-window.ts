import { isoInstant } from '../../shared/instant.ts'
import { inARow } from '../../text/in-a-row.ts'
import { timeIn } from '../../text/when.ts'
import { inReleaseWindow, nextReleaseInstants } from '../calendar.ts'
import { datePlanned } from './date-planned.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** So many legal instants are named to whoever asked for one that is none. */
const PROPOSED = 3

const DAYS = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
} as const

/** Releases come when people are at work to install them. */
export const releaseWindow: Gate = (context) => {
  const { policy } = context
  const planned = datePlanned(context)
  if (planned === undefined || inReleaseWindow(policy, planned.at)) return undefined
  const { days, from, to, zone } = policy.releaseWindow
  const named = nextReleaseInstants(policy, planned.at, PROPOSED)
    .map((at) =>
      zone === undefined || zone === 'UTC'
        ? isoInstant(at)
        : `${isoInstant(at)} (${timeIn(at, zone) ?? 'the same'} in ${zone})`,
    )
    .join(', ')
  return refuse(
    'release-window',
    `Releases come on ${inARow(days.map((day) => DAYS[day]))}, from ${from} to ${to} ${zone ?? 'UTC'}.`,
    [
      named === ''
        ? { who: 'an admin', how: 'corrects the window in the policy: it never opens' }
        : { who: 'any team member', how: `names one of the next instants: ${named}`, verb: planned.verb },
    ],
  )
}
