import { audienceOf } from '../deadlines/escalation.ts'
import { deadlineOf, isAutomatic } from '../deadlines/index.ts'
import type { ClockId } from '../vocabulary/deadline-name.ts'
import { clocks, namedAt, roundKey } from '../deadlines/running-clocks.ts'
import { after, before, isWorkingDay } from '../policy/calendar.ts'
import { localAt, minutesOf } from '../policy/local-time.ts'
import type { Person, Policy } from '../policy/schema.ts'
import type { CaseId } from '../shared/ids.ts'
import { DAY, later, MINUTE } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { policyFor } from '../state/policy-for.ts'
import type { World } from '../vocabulary/decision.ts'

/** A working day of one person, in their own time zone. */
export type DigestDay = {
  readonly begins: Instant
  readonly previous: Instant
  readonly next: Instant
  /** Whether this is the first working day after days off. On such a day, late items count as new again. */
  readonly isFirst: boolean
}

/** One deadline in the digest of a person. */
export type DigestItem = {
  readonly case: CaseId
  readonly clock: ClockId
  readonly due: Instant
  readonly when: 'overdue' | 'today' | 'this week'
  /** Whether the item is new. A digest is sent only if it has a new item; it then lists the other items too. */
  readonly isNews: boolean
}

const ONE_DAY = { amount: 1, unit: 'working days' } as const

/** The person's working day at an instant. Undefined outside their working hours. */
export function digestDay({ calendar }: Policy, { zone = calendar.zone }: Person, at: Instant): DigestDay | undefined {
  const { workingHours } = calendar
  const there = { ...calendar, ...(zone === undefined ? {} : { zone }) }
  const { time } = localAt(at, zone)
  const [from, to] = [minutesOf(workingHours.from), minutesOf(workingHours.to)]
  if (!isWorkingDay(there, at) || time < from || time >= to) return undefined
  const begins = later(at, -(time - from) * MINUTE)
  return {
    begins,
    previous: before(there, begins, ONE_DAY),
    next: after(there, begins, ONE_DAY),
    isFirst: !isWorkingDay(there, later(begins, -DAY)),
  }
}

/**
 * The deadlines of a case that a person's digest lists. A digest lists every deadline of which the person is the first
 * to be reminded. It also lists every deadline that became late since the person's last working day, because the whole
 * team is reminded of those. Snoozed deadlines, and tasks that Embargo does itself, are left out.
 */
export function digestItems(
  whole: Policy,
  world: World,
  { person, day, at }: { readonly person: Person; readonly day: DigestDay; readonly at: Instant },
): readonly DigestItem[] {
  const { case: state } = world
  // Nothing about a practice case leaves the machine.
  if (state === undefined || state.practice === true) return []
  const policy = policyFor(whole, state)
  return clocks(whole, world).flatMap((clock): readonly DigestItem[] => {
    const { clock: id, due } = clock
    const rests = (state.snoozed?.[roundKey(clock)] ?? at) > at
    const isOffer = deadlineOf(id)?.rotation !== undefined
    if (rests || isAutomatic(clock) || isOffer || due >= later(day.begins, 7 * DAY)) return []
    const hears = (audience: 'owner' | 'team'): boolean =>
      audienceOf(policy, state, { hears: audience, at, ...namedAt(clock, policy, state, at) }).some(
        ({ id: one }) => one === person.id,
      )
    const group = due < at ? 'overdue' : due < day.next ? 'today' : 'this week'
    const item = { case: state.id, clock: id, due, when: group } as const
    if (hears('owner')) return [{ ...item, isNews: due < day.next && (due >= day.begins || day.isFirst) }]
    return group === 'overdue' && due >= day.previous && hears('team') ? [{ ...item, isNews: true }] : []
  })
}
