import type { State } from '../vocabulary/decision.ts'
import type { RecordedEvent } from '../events/recorded-event.ts'
import { CaseEvent } from '../events/case-events.ts'
import { ReleaseEvent } from '../events/release-events.ts'
import type { Event } from '../events/recorded-event.ts'
import { PeopleEvent } from '../events/people-events.ts'
import { evolvePeople } from './people/people-state.ts'
import { PEOPLE } from '../shared/ids.ts'
import { evolveCase } from './evolve.ts'
import { evolveRelease } from './release/evolve.ts'
import { isReleaseStream } from '../vocabulary/stream.ts'

const types = (union: {
  readonly options: readonly { readonly shape: { readonly type: { readonly value: string } } }[]
}) => new Set(union.options.map((option) => option.shape.type.value))
const CASE_TYPES = types(CaseEvent)
const RELEASE_TYPES = types(ReleaseEvent)
const PEOPLE_TYPES = types(PeopleEvent)

const isCaseEvent = (event: Event): event is CaseEvent => CASE_TYPES.has(event.type)
const isReleaseEvent = (event: Event): event is ReleaseEvent => RELEASE_TYPES.has(event.type)
/**
 * Whether an event is about people and belongs to no single case. If such an event affects a case, another event is
 * recorded in that case.
 */
export const isPeopleEvent = (event: Event): event is PeopleEvent => PEOPLE_TYPES.has(event.type)

const isOf = <K extends State['kind']>(
  kind: K,
  state: State | undefined,
): state is Extract<State, { kind: K }> | undefined => state === undefined || state.kind === kind

/**
 * Applies an event of any kind of stream to the state of the stream. @throws when the event does not belong to its
 * stream: the log is damaged.
 */
export function evolveRecorded(state: State | undefined, recorded: RecordedEvent): State {
  const { event, stream } = recorded
  if (isReleaseStream(stream)) {
    if (isReleaseEvent(event) && isOf('release', state)) return evolveRelease(state, recorded, event)
  } else if (stream === PEOPLE) {
    if (isPeopleEvent(event) && isOf('people', state)) return evolvePeople(state, recorded, event)
  } else if (isCaseEvent(event) && isOf('case', state)) return evolveCase(state, recorded, event)
  throw new Error(`event ${event.type} does not belong to stream ${stream}`)
}
