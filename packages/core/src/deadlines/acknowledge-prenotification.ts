import { listAnd } from '../text/name-list.ts'
import { DAY, later } from '../shared/instant.ts'
import { isSameRecipient } from '../state/release/holders.ts'
import type { PrenotifiedRecipient } from '../state/release/state.ts'
import type { CaseState } from '../state/state.ts'
import { defineDeadline } from './definition.ts'
import { momentAt } from './moments.ts'

/**
 * Runs from the pre-notification until every recipient has confirmed it. The owner is reminded twice of missing
 * answers, but the release never waits for answers. Only the first case of a release has this deadline, because
 * otherwise each case would remind people of the same recipients.
 */
export const acknowledgePrenotification = defineDeadline({
  name: 'acknowledge-prenotification',
  words: 'a recipient has not said that they have the pre-notification',
  channelWords: (about, typed) => `${about}, then note it: ${typed('log-answer elsewhere has-it <recipient>')}`,
  starts: 'the pre-notification',
  due: '2 days later, and once more 2 days after that',
  hears: ['owner'],
  priority: 8,
  runs: ({ state, release }) => {
    if (release?.is !== 'prenotified' || release.cases[0] !== state.id) return []
    const silent = release.prenotified.filter(
      ({ sentAt, acknowledgedAt, suspendedAt }) =>
        sentAt !== undefined && acknowledgedAt === undefined && suspendedAt === undefined,
    )
    const start = release.prenotifiedAt
    if (silent.length === 0 || start === undefined) return []
    const due = later(start, 2 * DAY)
    const moments = [1, 2].map((fraction) => ({ ...momentAt(start, due, fraction), hears: 'owner' as const }))
    return [{ start, due, about: aboutSilent(state, silent), moments }]
  },
})

/**
 * Names the silent recipients to ask again. A recipient who has written is not asked again, because a person must first
 * read that mail and say whether it is a confirmation.
 */
function aboutSilent({ messages }: CaseState, silent: readonly PrenotifiedRecipient[]): string {
  const wrote = (one: PrenotifiedRecipient): boolean =>
    messages.some(
      ({ recipient, automatic, at }) =>
        recipient !== undefined &&
        isSameRecipient(recipient, one) &&
        automatic !== true &&
        one.sentAt !== undefined &&
        at >= one.sentAt,
    )
  const remaining = silent.filter((one) => !wrote(one))
  const writers = silent.filter(wrote)
  return [
    ...(remaining.length === 0 ? [] : [`ask ${names(remaining)} whether they have the pre-notification`]),
    ...(writers.length === 0
      ? []
      : [`read what ${names(writers)} wrote, and say whether they have the pre-notification`]),
  ].join('; ')
}

const names = (some: readonly PrenotifiedRecipient[]): string => listAnd(some.map(({ recipient }) => recipient))
