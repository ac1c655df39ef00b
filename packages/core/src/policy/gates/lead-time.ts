import type { Refusal } from '../../case/decision.ts'
import { isoInstant, later, DAY } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import { datesBetween, lastReleaseInstant, nextReleaseInstants } from '../calendar.ts'
import { leadOf, strictestList } from '../lead.ts'
import { refuse } from './gate.ts'
import type { Context, Gate } from './gate.ts'

/** Recipients get the lead that the list promises, counted in dates; and no list keeps a secret longer than it says. */
export const leadTime: Gate = (context) => {
  const { request } = context
  if (request.verb !== 'prenotify' || request.at === undefined) return undefined
  return tooSoon(context, request.at) ?? tooEarlyToTell(context, request.at)
}

function tooSoon({ policy, state, at }: Context, release: Instant): Refusal | undefined {
  const { dates: needed, list } = leadOf(policy, state)
  const given = datesBetween(at, release)
  if (given >= needed) return undefined
  const [next] = nextReleaseInstants(policy, later(at, needed * DAY), 1)
  return refuse(
    'lead-time',
    `${list?.name ?? 'The list'} is promised ${needed} days, and ${isoInstant(release)} is ${given} days away.`,
    [
      {
        who: 'any team member',
        how: next === undefined ? 'names a later date' : `names ${isoInstant(next)} or later`,
        verb: 'prenotify',
      },
    ],
    { needed, given },
  )
}

function tooEarlyToTell({ policy, at }: Context, release: Instant): Refusal | undefined {
  const list = strictestList(policy)
  const most = list?.mostDays
  const given = datesBetween(at, release)
  if (list === undefined || most === undefined || given <= most) return undefined
  const last = lastReleaseInstant(policy, later(at, most * DAY))
  return refuse(
    'lead-time',
    `${list.name} keeps a secret for at most ${most} days, and ${isoInstant(release)} is ${given} days away.`,
    [
      { who: 'any team member', how: `pre-notifies ${given - most} days later`, verb: 'prenotify' },
      {
        who: 'any team member',
        how: last === undefined || last <= at ? 'names an earlier date' : `names ${isoInstant(last)} or earlier`,
        verb: 'prenotify',
      },
    ],
    { most, given },
  )
}
