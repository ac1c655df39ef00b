import { z } from 'zod'
import { Actor } from '../shared/actor.ts'
import { CommandId, EventId, Sha256, StreamId } from '../shared/ids.ts'
import { Instant } from '../shared/instant.ts'
import { CaseEvent } from './case-events.ts'
import { PeopleEvent } from './people-events.ts'
import { ReleaseEvent } from './release-events.ts'

export const Event = z.union([CaseEvent, ReleaseEvent, PeopleEvent])
export type Event = CaseEvent | ReleaseEvent | PeopleEvent

/**
 * The version of the stored events. It is raised by one when the meaning or shape of an event changes; `upcast` in the
 * store upgrades old events.
 */
export const EVENT_SCHEMA = 1

/**
 * An event as the log keeps it. `version` counts from 1 within its stream; `policy` is the hash of the policy under
 * which the event was decided.
 */
export const RecordedEvent = z.object({
  eventId: EventId,
  stream: StreamId,
  version: z.number().int().positive(),
  at: Instant,
  actor: Actor,
  commandId: CommandId,
  policy: Sha256,
  event: Event,
})
export type RecordedEvent = z.infer<typeof RecordedEvent>
