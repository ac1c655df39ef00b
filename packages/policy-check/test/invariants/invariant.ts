import type { CaseId, CaseState, Event, Policy, ReleaseState, StreamId, World } from '@embargo/core'
import { worldIn } from '../../src/state.ts'
import type { AppliedEvent, Execution } from '../../src/execute.ts'

/** A rule that is stated independently of the gates, and checked against what really happened. */
export type Invariant = {
  readonly name: string
  readonly broken: (execution: Execution) => boolean
  /**
   * Set if the rule compares previews. Such a rule is checked only in explorations. It is not checked in
   * `tests/histories`, because the engine makes the previews there, and their text differs from the text in
   * explorations.
   */
  readonly exploredOnly?: true
}

export const eventsOf = <T extends Event['type']>(
  execution: Execution,
  type: T,
): readonly Extract<Event, { type: T }>[] =>
  execution.trail.flatMap(({ recorded: { event } }) => (isOf(event, type) ? [event] : []))

const isOf = <T extends Event['type']>(event: Event, type: T): event is Extract<Event, { type: T }> =>
  event.type === type

export const has = (execution: Execution, type: Event['type']): boolean =>
  execution.trail.some(({ recorded }) => recorded.event.type === type)

/** The stream that a command was about. The functions below return its world before and after the command. */
const streamOf = ({ request }: Execution): StreamId => ('stream' in request ? request.stream : request.case)
export const worldBefore = (execution: Execution): World => worldIn(execution.before.states, streamOf(execution))
export const worldAfter = (execution: Execution): World => worldIn(execution.after.states, streamOf(execution))
export const caseBefore = (execution: Execution): CaseState | undefined => worldBefore(execution).case
export const caseAfter = (execution: Execution): CaseState | undefined => worldAfter(execution).case
export const releaseBefore = (execution: Execution): ReleaseState | undefined => worldBefore(execution).release

/**
 * For each event of this type that the command recorded about a release: the release's cases, as they were before the
 * command.
 */
export function carried(execution: Execution, type: Event['type']): readonly CaseState[] {
  return execution.trail
    .filter(({ recorded }) => recorded.event.type === type)
    .flatMap(({ recorded: { stream } }) => {
      const release = execution.after.states.get(stream)
      const ids = release?.kind === 'release' ? release.cases : []
      return ids.flatMap((id) => {
        const state = execution.before.states.get(id)
        return state?.kind === 'case' ? [state] : []
      })
    })
}

export const person = ({ actor }: Execution): string | undefined => (actor.kind === 'person' ? actor.person : undefined)

export type CaseFolded = { readonly one: AppliedEvent; readonly before: CaseState; readonly after: CaseState }

const known = new WeakMap<Execution, readonly CaseFolded[]>()

/** The events of a case, each with the state of the case before and after it. */
export function cases(execution: Execution): readonly CaseFolded[] {
  const found =
    known.get(execution) ??
    execution.trail.flatMap((one) =>
      one.before?.kind === 'case' && one.after.kind === 'case' ? [{ one, before: one.before, after: one.after }] : [],
    )
  known.set(execution, found)
  return found
}

/**
 * Whether the case was not reopened between two states. Reopening a case begins a new round, which resets the state
 * machines.
 */
export const sameRound = ({ before, after: next }: { before: CaseState; after: CaseState }): boolean =>
  before.round === next.round

export const alone = (policy: Policy): boolean => policy.profile === 'solo' && policy.people.length === 1

/** Whether a case is not public after a command. */
export const isSecret = ({ after }: Execution, id: CaseId): boolean => {
  const state = after.states.get(id)
  return state?.kind === 'case' && state.cs.public === undefined
}
