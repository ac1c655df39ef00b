import type { CaseState, Event, Policy, ReleaseState } from '../../../src/index.ts'
import { worldAt } from '../../../src/policy/check/place.ts'
import type { Folded, Ran } from '../../../src/policy/check/run.ts'

/** A rule in words of its own, asked of what really happened. */
export type Fact = { readonly name: string; readonly broken: (ran: Ran) => boolean }

export const eventsOf = <T extends Event['type']>(ran: Ran, type: T): readonly Extract<Event, { type: T }>[] =>
  ran.trail.flatMap(({ recorded: { event } }) => (isOf(event, type) ? [event] : []))

const isOf = <T extends Event['type']>(event: Event, type: T): event is Extract<Event, { type: T }> =>
  event.type === type

export const has = (ran: Ran, type: Event['type']): boolean =>
  ran.trail.some(({ recorded }) => recorded.event.type === type)

export const caseBefore = (ran: Ran): CaseState | undefined => worldAt(ran.before).case
export const caseAfter = (ran: Ran): CaseState | undefined => worldAt(ran.after).case
export const releaseBefore = (ran: Ran): ReleaseState | undefined => worldAt(ran.before).release

export const person = ({ actor }: Ran): string | undefined => (actor.kind === 'person' ? actor.person : undefined)

export type CaseFolded = { readonly one: Folded; readonly before: CaseState; readonly after: CaseState }

const known = new WeakMap<Ran, readonly CaseFolded[]>()

/** The events that a case took in, each with what it was before and after. */
export function cases(ran: Ran): readonly CaseFolded[] {
  const found =
    known.get(ran) ??
    ran.trail.flatMap((one) =>
      one.before?.kind === 'case' && one.after.kind === 'case' ? [{ one, before: one.before, after: one.after }] : [],
    )
  known.set(ran, found)
  return found
}

/** A new round starts the machines anew. */
export const sameRound = ({ before, after: next }: { before: CaseState; after: CaseState }): boolean =>
  before.round === next.round

export const alone = (policy: Policy): boolean => policy.profile === 'solo' && policy.people.length === 1
