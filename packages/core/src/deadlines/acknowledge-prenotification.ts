import { inARow } from '../text/in-a-row.ts'
import { after } from '../policy/calendar.ts'
import { isSameRecipient } from '../state/release/holders.ts'
import type { Prenotified } from '../state/release/state.ts'
import type { CaseState } from '../state/state.ts'
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
      about: aboutThem(state, silent),
      moments: [momentAt(start, due, 1), momentAt(start, due, 2)].map((moment) => ({ ...moment, hears: 'owner' })),
    },
  ]
}

/** Who wrote since is not asked: a person reads it first and says whether they have it. */
function aboutThem({ messages }: CaseState, unsaid: readonly Prenotified[]): string {
  const wrote = (one: Prenotified): boolean =>
    messages.some(
      ({ recipient, automatic, at }) =>
        recipient !== undefined &&
        isSameRecipient(recipient, one) &&
        automatic !== true &&
        one.sentAt !== undefined &&
        at >= one.sentAt,
    )
  const silent = unsaid.filter((one) => !wrote(one))
  const heard = unsaid.filter(wrote)
  return [
    ...(silent.length === 0 ? [] : [`ask ${names(silent)} whether they have the pre-notification`]),
    ...(heard.length === 0 ? [] : [`read what ${names(heard)} wrote, and say whether they have the pre-notification`]),
  ].join('; ')
}

const names = (some: readonly Prenotified[]): string => inARow(some.map(({ recipient }) => recipient))
