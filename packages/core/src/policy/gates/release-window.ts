import { isoInstant } from '../../shared/instant.ts'
import { inReleaseWindow, nextReleaseInstants } from '../calendar.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Releases come when people are at work to install them. */
export const releaseWindow: Gate = ({ policy, request }) => {
  if (request.verb !== 'prenotify' || request.at === undefined || inReleaseWindow(policy, request.at)) return undefined
  const next = nextReleaseInstants(policy, request.at, 3).map(isoInstant).join(', ')
  const { days, from, to } = policy.releaseWindow
  return refuse('release-window', `Releases come ${days.join(', ')} from ${from} to ${to} UTC.`, [
    { who: 'any team member', how: `names one of the next instants: ${next}`, verb: 'prenotify' },
  ])
}
