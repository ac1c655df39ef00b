import type { Append, Decision, World } from '../../vocabulary/decision.ts'
import type { CaseState } from '../state.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import type { Policy } from '../../policy/schema.ts'
import { isCaseStream } from '../../vocabulary/stream.ts'
import { PersonId } from '../../shared/ids.ts'
import { platformOfOne } from './account.ts'

/**
 * If a person acted under several ids before their accounts were linked, replaces those ids by one. So nobody can
 * approve with one account what they asked for with the other, and a conflict of interest bars both accounts.
 */
export function mergeIdentities(policy: Policy, world: World): World {
  const names = namesOf(policy)
  if (names.size === 0) return world
  const others = new Map(
    [...world.others].map(([id, state]) => [id, state.kind === 'case' ? renamed(state, names) : state]),
  )
  return { ...world, ...(world.case === undefined ? {} : { case: renamed(world.case, names) }), others }
}

/** Like `mergeIdentities`, but for a single case. */
export function mergeIdentitiesInCase(policy: Policy, state: CaseState): CaseState {
  const names = namesOf(policy)
  return names.size === 0 ? state : renamed(state, names)
}

/**
 * Adds a record of the merged ids to each case to which the command writes. The record comes before the command's
 * events, so these and all later events use only one id.
 */
export function recordMergedIdentities(policy: Policy, world: World, decision: Decision): Decision {
  const names = namesOf(policy)
  if (names.size === 0 || !decision.ok) return decision
  return { ...decision, appends: decision.appends.map((append) => withKnownAsIn(append, world, names)) }
}

function withKnownAsIn(append: Append, world: World, names: Names): Append {
  const state = isCaseStream(append.stream) ? world.others.get(append.stream) : undefined
  if (state?.kind !== 'case' || append.events.length === 0) return append
  const here = new Set<string>()
  collect(state, names, here)
  const events = [...names].flatMap(([was, is]): readonly CaseEvent[] =>
    here.has(was) ? [{ type: 'PersonKnownAs', was: PersonId.parse(was), is }] : [],
  )
  return events.length === 0 ? append : { ...append, events: [...events, ...append.events] }
}

/** Replaces the old id of a person by the new one everywhere in the state. */
export const withMergedIdentity = (state: CaseState, was: PersonId, is: PersonId): CaseState =>
  renamed(state, new Map([[was, is]]))

type Names = ReadonlyMap<string, PersonId>

const NAMES = new WeakMap<readonly unknown[], Names>()

/** The present id for each former id. Computed once for each list of people; almost always empty. */
function namesOf({ people }: Pick<Policy, 'people'>): Names {
  const known = NAMES.get(people)
  if (known !== undefined) return known
  const ids = new Set(people.map(({ id }) => id))
  const names = new Map(
    // Former ids from the policy are left out, because such an id could also be an ordinary word in the case.
    people.flatMap(({ id, also = [] }) =>
      also.filter((was) => platformOfOne(was) !== undefined && !ids.has(was)).map((was) => [was, id] as const),
    ),
  )
  NAMES.set(people, names)
  return names
}

// No other word of a case looks like an id that was made from an account, so such an id is renamed wherever it occurs.
function renamed(state: CaseState, names: Names): CaseState {
  const here = new Set<string>()
  collect(state, names, here)
  // Renaming keeps the shape of a state.
  return here.size === 0 ? state : (walked(state, names) as CaseState)
}

function walked(value: unknown, names: Names): unknown {
  if (typeof value === 'string') return names.get(value) ?? value
  if (Array.isArray(value)) return value.map((one) => walked(one, names))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const own = new Set(entries.map(([key]) => key))
  return Object.fromEntries(
    entries.flatMap(([key, one]) => {
      const is = names.get(key)
      // If both ids have an entry, the entry of the person's present id is kept.
      return is !== undefined && own.has(is) ? [] : [[is ?? key, walked(one, names)]]
    }),
  )
}

function collect(value: unknown, names: Names, found: Set<string>): void {
  if (typeof value === 'string') {
    if (names.has(value)) found.add(value)
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [key, one] of Object.entries(value)) {
    if (!Array.isArray(value) && names.has(key)) found.add(key)
    collect(one, names, found)
  }
}
