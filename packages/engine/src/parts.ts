import type { Instant, PolicyInForce, Refusal } from '@embargo/core'
import type { Domain } from './domain.ts'
import type { Irreversible, Preview } from './engine.ts'
import type { States } from './projections/states.ts'
import type { EventStore, CaseRow } from './ports/event-store.ts'
import type { PeopleNow } from './access/people.ts'
import type { Log } from './ports/time.ts'
import type { WithoutRelay } from './queries/pending-mail.ts'
import type { Turns } from './shared/keyed-mutex.ts'

/** What handling a command needs. */
export type HandleParts = WithoutRelay & {
  /** With the people as they are now: read where it is used, never kept. */
  readonly policy: PolicyInForce
  readonly people: PeopleNow
  readonly domain: Domain
  readonly events: EventStore
  readonly states: States
  readonly log: Log
  /** Commands of this process for one case wait for each other: losing a conflict would decide them twice. */
  readonly turns: Turns
  /** What an irreversible command would do now: a digest that comes from outside is never believed. */
  readonly preview: (request: Irreversible, at: Instant) => Promise<Preview | Refusal>
  /** Told after each commit, with the rows that it wrote. */
  readonly committed: (rows: readonly CaseRow[]) => void
}
