import type { PeopleEvent } from '../events/people-events.ts'
import type { Recorded } from '../events/recorded.ts'
import type { Instant } from '../shared/instant.ts'

/** When somebody is not there. */
export type Absence = { readonly from: Instant; readonly until: Instant }

/** What people said of themselves and of no case: a case that opens later takes it over. */
export type PeopleState = {
  readonly kind: 'people'
  readonly id: 'PEOPLE'
  readonly version: number
  readonly lastEventAt: Instant
  readonly away: Readonly<Record<string, Absence>>
}

/** Folds one event into what people said of themselves. */
export function evolvePeople(
  state: PeopleState | undefined,
  { version, at }: Pick<Recorded, 'version' | 'at'>,
  { person, from, until }: PeopleEvent,
): PeopleState {
  return {
    kind: 'people',
    id: 'PEOPLE',
    version,
    lastEventAt: at,
    away: { ...state?.away, [person]: { from, until } },
  }
}
