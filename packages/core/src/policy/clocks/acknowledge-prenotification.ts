import { inARow } from '../../text/in-a-row.ts'
import { after } from '../calendar.ts'
import { momentAt, ownerOf } from './clock.ts'
import type { ClockRule } from './clock.ts'

/**
 * From the pre-notification to the word of every recipient that they have it. Who stays silent is chased twice, and never
 * holds the release up. It is told in the first case of a release alone: the recipients are the same for all of them.
 */
export const acknowledgePrenotification: ClockRule = (context) => {
  const { policy, state, release } = context
  if (release?.is !== 'prenotified' || release.cases[0] !== state.id) return []
  const silent = release.prenotified.filter(
    ({ sentAt, acknowledgedAt, suspendedAt }) =>
      sentAt !== undefined && acknowledgedAt === undefined && suspendedAt === undefined,
  )
  const start = release.prenotifiedAt
  if (silent.length === 0 || start === undefined) return []
  const due = after(policy.calendar, start, policy.clocks.acknowledgePrenotification)
  return [
    {
      clock: 'acknowledge-prenotification',
      stream: state.id,
      round: start,
      start,
      due,
      owner: ownerOf(context),
      about: `ask ${inARow(silent.map(({ recipient }) => recipient))} whether they have the pre-notification`,
      moments: [momentAt(start, due, 1), momentAt(start, due, 2)].map((moment) => ({ ...moment, hears: 'owner' })),
    },
  ]
}
