import type { Lift, Refusal } from '../vocabulary/decision.ts'
import type { PersonVerb } from '../vocabulary/command.ts'
import { isoInstant, later } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { counted } from '../state/world/signals.ts'
import { datesBetween, lastReleaseInstant, nextReleaseInstants } from '../policy/calendar.ts'
import { writtenDuration } from '../policy/duration.ts'
import { mostDaysOf } from '../policy/schema/lists.ts'
import { datesLater, leadOf, promisesLead, strictestList } from '../state/lead.ts'
import { dateToWaive, noDateNamed, plannedDate } from './planned-date.ts'
import { defineGate, refuse } from './gate.ts'
import type { Context } from './gate.ts'

/**
 * Checks a date against the lead time that the list promises, counted in days, and against the longest time that the
 * list keeps a secret.
 */
export const notice = defineGate({
  id: 'notice',
  rule: 'Recipients must get as much notice as their list was promised, and no more than the list allows.',
  check: (context) => {
    const planned = plannedDate(context)
    if (planned === undefined) return undefined
    const { request, release, at } = context
    // Naming the planned date again changes no date. It only revokes an approval that was given in advance.
    if (request.verb === 'release.move' && planned.at === release?.at) return undefined
    // A date can be too soon for the promised lead time even if it is only planned. A date can be too late for a list
    // only if the recipients have been told or this command tells them, because the time for which a list keeps a
    // secret starts when its recipients are told.
    const toldAt = request.verb === 'release.move' ? (release?.prenotifiedAt ?? at) : at
    const question: Question = { release: planned.at, verb: planned.verb, told: toldAt }
    const willTell =
      request.verb === 'prenotify' || (request.verb === 'release.move' && release?.prenotifiedAt !== undefined)
    return tooSoon(context, question) ?? (willTell ? tooEarlyToTell(context, question) : undefined)
  },
  passes: (context) => {
    const planned = plannedDate(context)
    const { dates, list } = leadOf(context.policy, context.state)
    return planned === undefined
      ? 'No date is named.'
      : `${list?.name ?? 'The list'} is promised ${inDays(dates)} of notice, and ${isoInstant(planned.at)} is ${inDays(datesBetween(context.at, planned.at))} away.`
  },
  notAsked: noDateNamed,
  waiverSubject: (context) => {
    // Only the promised lead time can be waived. How long a list keeps a secret is the list's own rule.
    const date = dateToWaive(context)
    const { dates: needed } = leadOf(context.policy, context.state)
    if (date === undefined || datesBetween(context.at, date) >= needed) return undefined
    return {
      key: `${date}/${needed}`,
      about: `the release on ${isoInstant(date)}, although ${needed} days of notice are promised`,
    }
  },
  means:
    'Recipients are promised a number of days to prepare. Some lists also limit the number of days for which they keep a secret.',
  instead: 'Name the date that the refusal offers; or waive this rule with `waive`, a reason and a second person.',
})

const inDays = (amount: number): string => writtenDuration({ amount, unit: 'days' })

type Question = {
  readonly release: Instant
  /** The command that names the date. */
  readonly verb: PersonVerb
  /** The instant at which recipients are told. */
  readonly told: Instant
}

function tooSoon(context: Context, { release, verb, told }: Question): Refusal | undefined {
  const { policy, state } = context
  const { dates: needed, list } = leadOf(policy, state)
  const given = datesBetween(told, release)
  if (given >= needed || !promisesLead(policy) || earlierAfterLeak(context, release)) return undefined
  const [next] = nextReleaseInstants(policy, datesLater(told, needed), 1)
  const ahead: Lift = {
    who: 'any team member',
    how: next === undefined ? 'names a later date' : `names ${isoInstant(next)} or later`,
    verb,
    here: true,
  }
  return refuse(
    'notice',
    `${list?.name ?? 'The list'} is promised ${inDays(needed)} of notice, and ${isoInstant(release)} is ${inDays(given)} away.`,
    [ahead],
    { needed, given },
  )
}

/** After a leak, an earlier date needs no lead time. */
const earlierAfterLeak = ({ request, state, release }: Context, at: Instant): boolean =>
  request.verb === 'release.move' && release?.at !== undefined && at < release.at && counted(state, 'leak').length > 0

function tooEarlyToTell(context: Context, { release, verb, told }: Question): Refusal | undefined {
  const { policy } = context
  const list = strictestList(policy)
  const most = list && mostDaysOf(list)
  const given = datesBetween(told, release)
  if (list === undefined || most === undefined || given <= most) return undefined
  const promised = leadOf(policy, context.state).dates
  if (promised > most)
    return refuse(
      'notice',
      `${list.name} keeps a secret for at most ${inDays(most)}, but recipients are promised ${inDays(promised)} of notice, so no date fits.`,
      [{ who: 'an admin', how: 'corrects one of the two in the policy' }],
      { most, given },
    )
  const last = lastReleaseInstant(policy, later(datesLater(told, most + 1), -1))
  const waits =
    context.request.verb === 'prenotify'
      ? [{ who: 'any team member', how: `pre-notifies ${inDays(given - most)} later`, verb: 'prenotify' }]
      : []
  return refuse(
    'notice',
    `${list.name} keeps a secret for at most ${inDays(most)}, and ${isoInstant(release)} is ${inDays(given)} away.`,
    [
      ...waits,
      {
        who: 'any team member',
        how: last === undefined || last <= told ? 'names an earlier date' : `names ${isoInstant(last)} or earlier`,
        verb,
      },
    ],
    { most, given },
  )
}
