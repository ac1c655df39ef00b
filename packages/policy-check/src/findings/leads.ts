import {
  after,
  dateOf,
  datesLater,
  DAY,
  inReleaseWindow,
  instant,
  later,
  leadDates,
  leadOf,
  nextReleaseInstants,
  listOr,
  policyFor,
  Severity,
  weekdayOf,
} from '@embargo/core'
import type { Instant, Lead, Policy } from '@embargo/core'
import type { PolicyFinding, StaticCheck } from './finding.ts'

/**
 * Finds lead times with which a release cannot be pre-notified in time. Either the lead time does not fit into the
 * standing embargo, or no release window opens between the end of the lead and the end of the embargo.
 */
export const leads: StaticCheck = (whole, from) =>
  whole.projects.flatMap((project) => [
    ...Severity.options.flatMap((severity): readonly PolicyFinding[] => {
      const policy = policyFor(whole, { project: project.id, severity })
      const lead = leadOf(policy, { severity })
      const days = embargoDays(policy, from)
      const one: LeadOfList = { name: `A ${severity} case of ${project.name}`, lead, days }
      if (lead.dates >= days) return [tooLong(one)]
      const late = lateDays(policy, from, lead)
      return late.length === 0 ? [] : [noWindow(one, late)]
    }),
    ...urgent(policyFor(whole, { project: project.id }), from, project.name),
  ])

/**
 * Checks the urgent lead once for all lists. The urgent lead applies to every list if attacks are observed, or if the
 * case follows a case that is already public.
 */
function urgent(policy: Policy, from: Instant, project: string): readonly PolicyFinding[] {
  const dates = leadDates(policy.prenotification.lead.urgent)
  const days = embargoDays(policy, from)
  if (dates < days) return []
  return [
    {
      rule: 'lead-longer-than-embargo',
      what: `The urgent lead of ${project} is ${dates} days, and the embargo lasts ${days}.`,
      why: 'prenotification.lead.urgent is the lead for recipients if attacks are observed, or if the case follows a case that is already public. It promises more days than embargo.standing has.',
      instead: 'Shorten prenotification.lead.urgent, or lengthen embargo.standing.',
    },
  ]
}

type LeadOfList = { readonly name: string; readonly lead: Lead; readonly days: number }

const embargoDays = ({ calendar, embargo }: Policy, from: Instant): number =>
  Math.floor((after(calendar, from, embargo.standing) - from) / DAY)

const tooLong = ({ name, lead: { dates, list }, days }: LeadOfList): PolicyFinding => ({
  rule: 'lead-longer-than-embargo',
  what: `${name} needs a lead of ${dates} days, and its embargo lasts ${days}.`,
  why: `${list === undefined ? 'prenotification.lead' : `The list ${list.name}`} promises more days than embargo.standing has, so the release would come after the embargo’s end.`,
  instead: 'Shorten the lead, or lengthen embargo.standing.',
})

const noWindow = ({ name, lead, days }: LeadOfList, late: readonly number[]): PolicyFinding => ({
  rule: 'lead-longer-than-embargo',
  what: `${name}${late.length === A_YEAR ? '' : ` that is reported on ${stepInWords(late)}`} can never be pre-notified in time.`,
  why: `It needs a lead of ${lead.dates} days and its embargo lasts ${days}, and no release window opens between the end of the lead and the end of the embargo.`,
  instead: 'Shorten the lead, lengthen embargo.standing, or name more releaseWindow.days.',
})

/** 52 weeks, so that each weekday comes equally often. */
const A_YEAR = 364

/**
 * How many days ahead release windows are checked. An embargo that ends later is not checked: it lasts more than a
 * year, so some window opens before its end.
 */
const DAYS_AHEAD = 780

/**
 * The days of the coming year on which a report cannot be pre-notified in time. Each day is checked with a report at
 * its last moment: is a release window open between the end of the lead and the end of the embargo?
 */
function lateDays(policy: Policy, from: Instant, { dates }: Lead): readonly number[] {
  const opens = nextReleaseInstants(policy, from, DAYS_AHEAD)
  // A window that never opens is reported by another check.
  if (opens.length === 0) return []
  return Array.from({ length: A_YEAR }, (_, passed) => Math.floor(from / DAY) + 1 + passed).filter((day) => {
    const received = instant((day + 1) * DAY - 1)
    const end = after(policy.calendar, received, policy.embargo.standing)
    const least = datesLater(received, dates)
    // A release window may already be open when the lead ends.
    const isOpen = least <= end && inReleaseWindow(policy, least)
    return end < later(from, DAYS_AHEAD * DAY) && !isOpen && !opens.some((open) => open >= least && open <= end)
  })
}

const WEEKDAYS = [
  ['mon', 'Monday'],
  ['tue', 'Tuesday'],
  ['wed', 'Wednesday'],
  ['thu', 'Thursday'],
  ['fri', 'Friday'],
  ['sat', 'Saturday'],
  ['sun', 'Sunday'],
] as const

const MAX_DATES = 3

/** Names the weekdays that are always too late, and then the first few of the other late days. */
function stepInWords(late: readonly number[]): string {
  const isAllYear = (day: number): boolean => {
    const weekday = weekdayOf(day)
    return late.filter((one) => weekdayOf(one) === weekday).length === A_YEAR / WEEKDAYS.length
  }
  const always = new Set(late.filter(isAllYear).map(weekdayOf))
  const dates = late.filter((day) => !always.has(weekdayOf(day))).map(dateOf)
  const more = dates.length - MAX_DATES
  return listOr([
    ...WEEKDAYS.flatMap(([weekday, name]) => (always.has(weekday) ? [`a ${name}`] : [])),
    ...dates.slice(0, MAX_DATES),
    ...(more > 0 ? [`${more} ${more === 1 ? 'day' : 'days'} more`] : []),
  ])
}
