import { releaserOf } from '../state/people/seats.ts'
import { DAY, later } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { before } from '../policy/calendar.ts'
import { ownerOf } from './clock.ts'
import type { ClockContext, ClockRule, Moment } from './clock.ts'

/** So many days ahead are known, so that after a long stop the last one is told and not each that was missed. */
const DAYS_AHEAD = 12

/**
 * To the date of the release: when its exact time is told, and the instant itself. Who was named to publish it hears it
 * first. Recipients, readers of the heads-up and
 * reporters wait for it, so one that did not go is told to the admins each day, until it goes or moves.
 */
export const releaseDue: ClockRule = (context) => {
  const { policy, state, release } = context
  if (release?.at === undefined || (release.is !== 'prenotified' && release.is !== 'scheduled')) return []
  const due = release.at
  const releaser = releaserOf(policy, state, release)
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
      owner: releaser?.name ?? ownerOf(context),
      ...(releaser === undefined ? {} : { named: releaser.id }),
      about: 'disclose',
      moments: [...eve, { fraction: 1, at: due, hears: 'team', prompt: true }, ...overdue(context, due)],
    },
  ]
}

/**
 * Told in the first case of the release alone: it is late for all of them together. What was approved ahead begins by
 * itself at its instant, or is held then.
 */
function overdue({ state, release }: ClockContext, due: Instant): readonly Moment[] {
  if (release?.cases[0] !== state.id || release.ahead !== undefined) return []
  const told = Math.max(1, Math.floor(state.told[`release:${due}`] ?? 0))
  return Array.from({ length: DAYS_AHEAD }, (_, index): Moment => {
    const days = told + index
    return { fraction: days + 1, at: later(due, days * DAY), hears: 'admins', breach: true, repeats: true }
  })
}
