import type { PersonVerb } from '../vocabulary/command.ts'
import type { Lift } from '../vocabulary/decision.ts'
import { embargoInForce } from '../state/embargo/evolve.ts'
import { releaseCases } from '../state/release/release-cases.ts'
import { isoInstant } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { listAnd } from '../text/name-list.ts'
import { timeIn } from '../text/date.ts'
import { inReleaseWindow, lastReleaseInstant, nextReleaseInstants } from '../policy/calendar.ts'
import type { Policy } from '../policy/schema.ts'
import { dateToWaive, noDateNamed, plannedDate } from './planned-date.ts'
import { dateAhead } from './date-ahead.ts'
import { defineGate, refuse } from './gate.ts'
import type { Context, Gate } from './gate.ts'
import { insideEmbargo } from './inside-embargo.ts'
import { notice } from './notice.ts'
import { contextOfCase } from './other-case.ts'
import { dateFact } from './facts.ts'

/** How many instants in the window a refusal proposes. */
const PROPOSED = 3

const DAYS = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
} as const

export const hours = defineGate({
  id: 'hours',
  rule: 'Releases come out when people are at work to install them.',
  check: (context) => {
    const { policy } = context
    const planned = plannedDate(context)
    if (planned === undefined || inReleaseWindow(policy, planned.at)) return undefined
    const { days, from, to } = policy.releaseWindow
    return refuse(
      'hours',
      `Releases come on ${listAnd(days.map((day) => DAYS[day]))}, from ${from} to ${to} ${policy.calendar.zone ?? 'UTC'}.`,
      [legalDateLift(context, planned)],
    )
  },
  passes: dateFact,
  notAsked: noDateNamed,
  waiverSubject: (context) => {
    const date = dateToWaive(context)
    return date === undefined ? undefined : { key: `${date}`, about: `the release on ${isoInstant(date)}` }
  },
  means: 'Nobody is at work to install a release on a Friday night or a holiday.',
  instead:
    'Name one of the dates that the refusal offers; or waive this rule with `waive`, a reason and a second person.',
})

/**
 * What lifts the refusal. The first choice is the next instants in the window that the other gates about dates accept
 * for every case of the release. The second choice is the last accepted instant before the refused date. The third
 * choice is the last instant in the window before the embargo ends. If no such instant exists, people must agree on a
 * later end of the embargo.
 */
function legalDateLift(context: Context, { at, verb }: { readonly at: Instant; readonly verb: PersonVerb }): Lift {
  const { policy } = context
  const next = nextReleaseInstants(policy, at, PROPOSED)
  if (next.length === 0) return { who: 'an admin', how: 'corrects the window in the policy: it never opens' }
  const end = earliestEnd(context)
  const passing = next.filter((one) => isLegal(context, one))
  if (passing.length > 0)
    return {
      who: 'any team member',
      how: `names one of the next possible times: ${passing.map((one) => written(policy, one)).join(', ')}`,
      verb,
    }
  const last = end === undefined ? undefined : lastReleaseInstant(policy, end)
  const late = end !== undefined && next.every((one) => one > end)
  const before = late ? undefined : lastBefore(context, at)
  if (before !== undefined)
    return {
      who: 'any team member',
      how: `names ${written(policy, before)}, the latest time that every rule allows`,
      verb,
    }
  return last === undefined || last <= context.at
    ? { who: 'the reporter and the team', how: 'agree on a later end of the embargo', verb: 'embargo.until' }
    : { who: 'any team member', how: `names ${written(policy, last)}, the last time inside the embargo`, verb }
}

const OF_DATES: readonly Gate[] = [dateAhead, insideEmbargo, notice]

/** Whether the other gates about dates accept an instant in every case of the release. */
function isLegal(context: Context, one: Instant): boolean {
  const { request } = context
  const end = earliestEnd(context)
  if (end !== undefined && one > end) return false
  if (!('at' in request)) return true
  const named: Context = { ...context, request: { ...request, at: one } }
  return releaseCases(context).every((state) =>
    OF_DATES.every((gate) => gate.check(contextOfCase(named, state)) === undefined),
  )
}

/**
 * How many of the coming release windows are searched for a date before the refused one. Together, these windows cover
 * more days than any list keeps a secret.
 */
const LOOKED_BACK = 120

const lastBefore = (context: Context, at: Instant): Instant | undefined =>
  nextReleaseInstants(context.policy, context.at, LOOKED_BACK).findLast((one) => one < at && isLegal(context, one))

/** The earliest end of an embargo that is in force for a case of the release. */
const earliestEnd = (context: Context): Instant | undefined =>
  releaseCases(context)
    .flatMap(({ em }) => (embargoInForce(em) ? [em.end] : []))
    .toSorted((one, other) => one - other)[0]

function written({ calendar: { zone } }: Policy, at: Instant): string {
  return zone === undefined || zone === 'UTC'
    ? isoInstant(at)
    : `${isoInstant(at)} (${timeIn(at, zone) ?? 'the same'} in ${zone})`
}
