import { embargoInForce } from '../state/embargo/evolve.ts'
import { DAY, earliest, later, latest } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { before, lastReleaseInstant } from '../policy/calendar.ts'
import { leadOf, promisesLead } from '../state/lead.ts'
import { severityOf } from './clock.ts'
import type { Moment } from './clock.ts'
import { defineDeadline } from './definition.ts'
import type { DeadlineContext } from './definition.ts'

/**
 * The ladder to the release: fix and verification mail, backports, and at the lead of the lists the pre-notification. Where
 * no release is planned yet it aims at the last window before the embargo's end.
 */
export const prenotify = defineDeadline({
  name: 'prenotify',
  words: 'pre-notify',
  priority: 7,
  button: { label: 'Pre-notify', verb: 'prenotify', form: true },
  verbs: ['prenotify'],
  runs: (context) => {
    const { policy, state, release } = context
    if (state.rm !== 'accepted' || state.cs.public !== undefined || !tellsAnybody(context)) return []
    if (release?.is === 'prenotified' || release?.is === 'released') return []
    const target = targetOf(context)
    if (target === undefined || state.acceptedAt === undefined) return []
    const start = state.acceptedAt
    const usual = later(target, -leadOf(policy, state).dates * DAY)
    // A lead that nobody was promised makes nothing late: a release planned for soon is announced once it is planned.
    const due = release?.at === undefined || promisesLead(policy) ? usual : latest(usual, release.lastEventAt)
    const { fix, backports } = policy.clocks.ladder
    const rungs = [before(policy.calendar, target, fix), before(policy.calendar, target, backports)]
    const span = Math.max(due - start, 1)
    const ahead = rungs
      .filter((at) => at > start && at < due)
      .map((at): Moment => ({ fraction: (at - start) / span, at, hears: 'owner' }))
    // There is a day to spare in no ladder: a pre-notification that is not out when it was due moves the release.
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

function tellsAnybody({ policy, state }: DeadlineContext): boolean {
  const { lists, headsUp } = policy.prenotification
  return lists.some((list) => list.recipients.length > 0) || headsUp.includes(severityOf(state))
}

function targetOf({ policy, state, release }: DeadlineContext): Instant | undefined {
  if (release?.at !== undefined && release.is !== 'cancelled') return release.at
  return embargoInForce(state.em) ? lastReleaseInstant(policy, state.em.end) : undefined
}
