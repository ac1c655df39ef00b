import { embargoInForce } from '../state/embargo/evolve.ts'
import { DAY, earliest, later, latest } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { lastReleaseInstant } from '../policy/calendar.ts'
import { leadOf, promisesLead } from '../state/lead.ts'
import { tellsAnybody } from '../state/release/advance-notice.ts'
import type { Moment } from './clock.ts'
import { defineDeadline } from './definition.ts'
import type { DeadlineContext } from './definition.ts'

/**
 * Two tasks should be done this many days before the release, as in Django's security process. The first task is the
 * fix, which the reporter is asked to verify. The second task is the backports.
 */
const RUNGS_DAYS_AHEAD = [14, 10]

/**
 * Runs to the date of the pre-notification, which comes before the release by the lead time of the policy. If no
 * release is planned, the last release window in the embargo counts as the release. Two earlier reminders tell
 * the owner when the fix and the backports should be done.
 */
export const prenotify = defineDeadline({
  name: 'prenotify',
  words: 'pre-notify',
  starts: 'the case is accepted',
  due: '{prenotification.lead} before the release, or before the last release window in the embargo',
  priority: 7,
  button: { label: 'Pre-notify', verb: 'prenotify', form: true },
  verbs: ['prenotify'],
  runs: (context) => {
    const { policy, state, release } = context
    if (state.rm !== 'accepted' || state.cs.public !== undefined || !tellsAnybody(policy, [state])) return []
    if (release?.is === 'prenotified' || release?.is === 'released') return []
    const target = targetOf(context)
    if (target === undefined || state.acceptedAt === undefined) return []
    const start = state.acceptedAt
    const usual = later(target, -leadOf(policy, state).dates * DAY)
    // If the policy promises no lead time to anybody, a release may be planned after the usual date of its
    // pre-notification has passed. The pre-notification is then due as soon as the release is planned.
    const due = release?.at === undefined || promisesLead(policy) ? usual : latest(usual, release.lastEventAt)
    const span = Math.max(due - start, 1)
    const ahead = RUNGS_DAYS_AHEAD.map((days) => later(target, -days * DAY))
      .filter((at) => at > start && at < due)
      .map((at): Moment => ({ fraction: (at - start) / span, at, hears: 'owner' }))
    // The admins are told after one day, because the lead time has no spare days and a late pre-notification delays the
    // release.
    const past = earliest(later(due, DAY), target)
    const moments: readonly Moment[] = [
      ...ahead,
      { fraction: 1, at: due, hears: 'team' },
      { fraction: Math.max((past - start) / span, 1.001), at: past, hears: 'admins', breach: true },
    ]
    const about = state.cs.fixReady === undefined ? 'have the fix verified and pre-notify' : 'pre-notify'
    return [{ start, due, round: target, about, moments }]
  },
})

function targetOf({ policy, state, release }: DeadlineContext): Instant | undefined {
  if (release?.at !== undefined && release.is !== 'cancelled') return release.at
  return embargoInForce(state.em) ? lastReleaseInstant(policy, state.em.end) : undefined
}
