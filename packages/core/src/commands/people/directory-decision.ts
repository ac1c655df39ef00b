import type { Decision, World } from '../../vocabulary/decision.ts'
import type { PeopleEvent } from '../../events/people-events.ts'
import type { Policy } from '../../policy/schema.ts'
import type { Actor } from '../../shared/actor.ts'
import { PEOPLE } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { PeopleState } from '../../state/people/people-state.ts'

/**
 * The context of decisions about people that concern no case. `policy` already has all recorded changes of people and
 * accounts.
 */
export type DirectoryContext = {
  readonly policy: Policy
  readonly state: PeopleState | undefined
  readonly actor: Extract<Actor, { kind: 'person' }>
  readonly at: Instant
}

export const peopleIn = ({ others }: Pick<World, 'others'>): PeopleState | undefined => {
  const state = others.get(PEOPLE)
  return state?.kind === 'people' ? state : undefined
}

/** Appends to the stream about people. */
export const onPeople = (events: readonly PeopleEvent[], note?: string): Decision => ({
  ok: true,
  appends: events.length === 0 ? [] : [{ stream: PEOPLE, events }],
  ...(note === undefined ? {} : { note }),
})
