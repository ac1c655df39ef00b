import type { CaseState, Event, Policy, ReleaseState, StreamId, World } from '@embargo/core'
import { worldIn } from '../../src/state.ts'
import type { Folded, Ran } from '../../src/execute.ts'

/** A rule in words of its own, asked of what really happened. */
export type Fact = {
  readonly name: string
  readonly broken: (ran: Ran) => boolean
  /** It compares with what the exploration renders, which an engine renders in other words. */
  readonly exploredOnly?: true
}

export const eventsOf = <T extends Event['type']>(ran: Ran, type: T): readonly Extract<Event, { type: T }>[] =>
  ran.trail.flatMap(({ recorded: { event } }) => (isOf(event, type) ? [event] : []))

const isOf = <T extends Event['type']>(event: Event, type: T): event is Extract<Event, { type: T }> =>
  event.type === type

export const has = (ran: Ran, type: Event['type']): boolean =>
  ran.trail.some(({ recorded }) => recorded.event.type === type)

/** The world of what a command was about, before it and after. */
const streamOf = ({ request }: Ran): StreamId => ('stream' in request ? request.stream : request.case)
export const worldBefore = (ran: Ran): World => worldIn(ran.before.states, streamOf(ran))
export const worldAfter = (ran: Ran): World => worldIn(ran.after.states, streamOf(ran))
export const caseBefore = (ran: Ran): CaseState | undefined => worldBefore(ran).case
export const caseAfter = (ran: Ran): CaseState | undefined => worldAfter(ran).case
export const releaseBefore = (ran: Ran): ReleaseState | undefined => worldBefore(ran).release

/** The cases that a release carried when an event of this kind was recorded of it, as they were before the command. */
export function carried(ran: Ran, type: Event['type']): readonly CaseState[] {
  return ran.trail
    .filter(({ recorded }) => recorded.event.type === type)
    .flatMap(({ recorded: { stream } }) => {
      const release = ran.after.states.get(stream)
      const ids = release?.kind === 'release' ? release.cases : []
      return ids.flatMap((id) => {
        const state = ran.before.states.get(id)
        return state?.kind === 'case' ? [state] : []
      })
    })
}

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
