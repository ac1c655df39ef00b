import { releaserOf } from '../state/people/access.ts'
import { DAY, later } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { Moment } from './clock.ts'
import { defineDeadline } from './definition.ts'
import type { DeadlineContext } from './definition.ts'

/** How many daily reminders are computed in advance. After a long outage only the last missed one is announced. */
const DAYS_AHEAD = 12

/**
 * Reminds people the day before the release and at its exact time. The person who was named to publish the release is
 * reminded first. If the release is late, the admins are told each day until it is published or moved, because people
 * outside wait for it.
 */
export const release = defineDeadline({
  name: 'release',
  words: 'publish',
  aheadWords: 'be ready to publish. Nothing is published before its time',
  starts: 'the pre-notification, or 7 days before the release',
  due: 'on the date of the release; after it, every day',
  priority: 2,
  mailedAtOnce: true,
  beginsPublication: true,
  button: { label: 'Disclose', verb: 'disclose' },
  verbs: ['disclose'],
  runs: (context) => {
    const { policy, state, release: planned } = context
    if (planned?.at === undefined || (planned.is !== 'prenotified' && planned.is !== 'scheduled')) return []
    const due = planned.at
    const releaser = releaserOf(policy, state, planned)
    const start = planned.prenotifiedAt ?? later(due, -7 * DAY)
    const eveAt = later(due, -DAY)
    const eve: readonly Moment[] =
      eveAt > start ? [{ fraction: (eveAt - start) / (due - start), at: eveAt, hears: 'owner' }] : []
    const instant: Moment = { fraction: 1, at: due, hears: 'team', prompt: true }
    return [
      {
        start,
        due,
        round: due,
        ...(releaser === undefined ? {} : { owner: releaser.name, named: releaser.id }),
        about: 'disclose',
        moments: [...eve, instant, ...overdue(context, due)],
      },
    ]
  },
})

/**
 * The reminders of a late release, in its first case only, because all its cases are late together. A publication that
 * was approved in advance needs no reminder: it begins or is held automatically.
 */
function overdue({ state, release: planned }: DeadlineContext, due: Instant): readonly Moment[] {
  if (planned?.cases[0] !== state.id || planned.ahead !== undefined) return []
  const count = Math.max(1, Math.floor(state.told[`release:${due}`] ?? 0))
  return Array.from({ length: DAYS_AHEAD }, (_, index): Moment => {
    const days = count + index
    return { fraction: days + 1, at: later(due, days * DAY), hears: 'admins', breach: true, repeats: true }
  })
}
