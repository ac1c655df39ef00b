import { clocks, decide, evolveRecorded, priorityOf, react, rowOf, streamsFor } from '@embargo/core'
import type {
  Command,
  Decision,
  Effect,
  Instant,
  Policy,
  PolicyInForce,
  RecordedEvent,
  State,
  StreamId,
  World,
} from '@embargo/core'
import type { CaseRow } from './ports/event-store.ts'

/** A running deadline as the domain computes it. `moments`: the times at which something must still be announced. */
export type DomainClock = {
  readonly clock: string
  readonly stream: StreamId
  readonly round: number
  readonly moments: readonly { readonly fraction: number; readonly at: Instant }[]
}

/**
 * The pure functions that decide everything; the engine only carries out their answers. Tests of the engine can pass a
 * small domain of three events instead.
 */
export type Domain = {
  streamsFor(command: Command, world: World): readonly StreamId[]
  decide(policy: PolicyInForce, world: World, command: Command, at: Instant): Decision
  evolve(state: State | undefined, recorded: RecordedEvent): State
  react(recorded: RecordedEvent, world: World, policy: PolicyInForce): readonly Effect[]
  clocks(policy: Policy, world: World): readonly DomainClock[]
  /** If several deadlines are due, smaller numbers are announced first. */
  priorityOf?(world: World, clock: DomainClock): number
  /** The row of the world's case in the read model; undefined if the world has no case. */
  rowOf(policy: Policy, world: World): CaseRow | undefined
}

/** The domain of the program. */
export const CORE: Domain = {
  streamsFor,
  decide,
  evolve: evolveRecorded,
  react,
  clocks,
  priorityOf: ({ case: state }, clock) => (state === undefined ? 0 : priorityOf(state, clock)),
  rowOf,
}
