import type { CaseState } from './state.ts'
import { DAY, later } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { leadDates } from '../policy/calendar.ts'
import { mostDaysOf } from '../policy/schema/lists.ts'
import type { Policy, PrenotificationList } from '../policy/schema.ts'

/** The longest lead time among the lists that the case concerns, in days, and the list to which it is promised. */
export type Lead = { readonly dates: number; readonly list?: PrenotificationList }

/**
 * The lead time that a release of this case needs. `policy`: the policy for this case, with only the lists that the
 * case concerns.
 */
export function leadOf(policy: Policy, { severity = 'high' }: Pick<CaseState, 'severity'>): Lead {
  const usual: Lead = { dates: leadDates(policy.prenotification.lead[severity]) }
  const lists = withRecipients(policy)
  const own = lists.flatMap((list): readonly Lead[] =>
    list.lead === undefined ? [] : [{ dates: leadDates(list.lead), list }],
  )
  // If every list has its own lead time, the default lead time is not used.
  const everyOwn = own.length > 0 && own.length === lists.length
  const all = everyOwn ? own : [usual, ...own]
  return all.reduce((longest, lead) => (lead.dates > longest.dates ? lead : longest))
}

const withRecipients = ({ prenotification }: Policy): readonly PrenotificationList[] =>
  prenotification.lists.filter(({ recipients }) => recipients.length > 0)

/** Whether a lead time is promised to anybody. A list without recipients does not count, so it delays no release. */
export const promisesLead = (policy: Policy): boolean => withRecipients(policy).length > 0

/** The list that keeps a secret for the fewest days, if any list has such a limit. */
export const strictestList = (policy: Policy): PrenotificationList | undefined =>
  withRecipients(policy)
    .filter((list) => mostDaysOf(list) !== undefined)
    .toSorted((a, b) => (mostDaysOf(a) ?? 0) - (mostDaysOf(b) ?? 0))[0]

/**
 * The beginning of the day that is `dates` days after the day of `from`. Lead times are counted in days of the
 * calendar, not in hours.
 */
export const datesLater = (from: Instant, dates: number): Instant => later(from, dates * DAY - (from % DAY))
