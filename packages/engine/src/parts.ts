import type { Instant, PolicyInForce, Refusal } from '@embargo/core'
import type { Domain } from './domain.ts'
import type { IrreversibleRequest, Preview } from './engine.ts'
import type { States } from './projections/states.ts'
import type { EventStore, CaseRow } from './ports/event-store.ts'
import type { People } from './access/people.ts'
import type { Log } from './ports/time.ts'
import type { RelayStatus } from './queries/pending-mail.ts'
import type { KeyedMutex } from './shared/keyed-mutex.ts'

/** What handling a command needs. */
export type HandleParts = RelayStatus & {
  /** With the people as they are now: read where it is used, never kept. */
  readonly policy: PolicyInForce
  readonly people: People
  readonly domain: Domain
  readonly events: EventStore
  readonly states: States
  readonly log: Log
  /** Commands of this process for one case wait for each other: losing a conflict would decide them twice. */
  readonly turns: KeyedMutex
  /** What an irreversible command would do now: a digest that comes from outside is never believed. */
  readonly preview: (request: IrreversibleRequest, at: Instant) => Promise<Preview | Refusal>
  /** Told after each commit, with the rows that it wrote. */
  readonly committed: (rows: readonly CaseRow[]) => void
}
