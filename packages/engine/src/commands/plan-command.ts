import { contentUse, EventId, isAboutACase, isCaseStream, latest } from '@embargo/core'
import type {
  Append,
  Command,
  Decision,
  Effect,
  Event,
  Instant,
  RecordedEvent,
  Request,
  StreamId,
  World,
} from '@embargo/core'
import { EngineError } from '../shared/engine-error.ts'
import { fold } from '../projections/states.ts'
import type { LoadedStream } from '../projections/states.ts'
import { withFindings } from '../documents/content-findings.ts'
import { arrange } from '../projections/world.ts'
import type { LoadedStreams } from '../projections/world.ts'
import type { PendingCommand, CommandExtras } from './command.ts'
import type { Deps } from '../deps.ts'
import { relayRefusal, relayStatus } from './relay-gate.ts'
import { rowsOf } from '../projections/case-rows.ts'
import type { Commit } from '../ports/event-store.ts'

/** The most streams that one command may load. If a command needs more streams than this, `streamsFor` has a bug. */
const MAX_STREAMS = 500

/** The types of the first event of a stream. No later event of a stream has one of these types. */
const OPENING: ReadonlySet<Event['type']> = new Set<Event['type']>(['CaseOpened', 'ReleasePlanned'])

/** What a command would change, before anything is changed. */
export type Plan = {
  readonly commit: Commit
  readonly after: readonly {
    readonly stream: StreamId
    readonly loaded: LoadedStream
    readonly recorded: readonly RecordedEvent[]
  }[]
}

export async function planCommand(deps: Deps, { command, digest, extras }: PendingCommand): Promise<Plan> {
  const focus = streamOf(command.request)
  const before = await loadStreams(deps, command, focus)
  const opened = openedStream(command.request)
  if (opened !== undefined) requireEmpty(opened, before.get(opened)?.version ?? (await deps.events.version(opened)))
  const at = [...before.values()].reduce((last, { state }) => latest(last, state?.lastEventAt ?? last), command.at)
  const world: World = await withContentFindings(deps, command, { ...arrange(before, focus), ...relayStatus(deps) })
  const decided = deps.domain.decide(deps.policy, world, command, at)
  // The relay is checked only if every gate before the last one, `makes-sense`, allows the command. The refusal for a
  // missing relay replaces a refusal by `makes-sense`.
  const isNext = decided.ok || decided.refusal.gate === 'makes-sense'
  const untold = isNext ? relayRefusal(deps, command.request, world) : undefined
  const decision: Decision = untold === undefined ? decided : { ok: false, refusal: untold }
  const settles = extras.settles ?? manualSettlement(command.request, decision)
  const handled = { commandId: command.commandId, digest, at }
  if (!decision.ok) return refusalPlan(handled, decision.refusal, settles)

  const recorded = record(deps, { command, at, before, appends: decision.appends })
  const after = new Map(before)
  for (const [stream, events] of recorded)
    after.set(stream, fold(deps.domain.evolve, loadedStream(before, stream), events))
  const rows = rowsOf(deps, after)
  return {
    commit: {
      ...handled,
      answer: {
        ok: true,
        stream: focus,
        versions: Object.fromEntries([...after].map(([stream, { version }]) => [stream, version])),
        ...noteOf(decision),
      },
      appends: [...recorded].map(([stream, events]) => ({
        stream,
        expectedVersion: loadedStream(before, stream).version,
        events,
      })),
      effects: [...recorded].flatMap(([stream, events]) =>
        effectsOf(deps, events, arrange(after, viewpoint(stream, focus))),
      ),
      rows,
      ...(settles && { settles }),
      ...revival(recorded),
      ...(extras.mail && { mail: { ...extras.mail, stream: focus } }),
    },
    after: [...recorded].map(([stream, events]) => ({ stream, loaded: loadedStream(after, stream), recorded: events })),
  }
}

/** Adds to the world what is wrong in the texts and documents, if the rules of the request depend on this. */
async function withContentFindings(deps: Deps, { request, at }: Command, world: World): Promise<World> {
  if (isAboutACase(request))
    return contentUse(request.verb) === undefined ? world : withFindings(deps, world, { request, at })
  // The end of a deadline can begin a publication that was approved in advance. The texts and documents of the
  // publication are then checked again.
  return request.verb === 'fire-clock' && world.release?.ahead !== undefined ? withFindings(deps, world) : world
}

type CommandNote = { readonly note?: string; readonly done?: true }

function noteOf(decision: Extract<Decision, { ok: true }>): CommandNote {
  const { note } = decision
  if (note === undefined) return {}
  return 'nothingToDo' in decision ? { note } : { note, done: true }
}

/** The stream that a command is about. */
export function streamOf(request: Request): StreamId {
  return 'case' in request ? request.case : request.stream
}

/** The case that a command would open, if any. The engine must assign the number of this case first. */
function openedStream(request: Request): StreamId | undefined {
  if (request.verb === 'open-case' || request.verb === 'open') return request.case
  return request.verb === 'open.report' ? request.into : undefined
}

// The plan of a refused command: it appends nothing and only stores the answer. If the command reports the outcome of
// an effect, the effect is finished nevertheless.
function refusalPlan(
  handled: Pick<Commit, 'commandId' | 'digest' | 'at'>,
  refusal: Extract<Decision, { ok: false }>['refusal'],
  settles: CommandExtras['settles'],
): Plan {
  return {
    commit: {
      ...handled,
      answer: { ok: false, refusal },
      appends: [],
      effects: [],
      rows: [],
      ...(settles && { settles }),
    },
    after: [],
  }
}

// If a person says that an effect with an unknown outcome did happen, the effect's row in the outbox is marked as done.
// Until then, the row waits for a person.
function manualSettlement(request: Request, decision: Decision): CommandExtras['settles'] {
  if (request.verb !== 'settle' || request.outcome !== 'went' || !decision.ok) return undefined
  return { effect: request.effect, as: 'done', evidence: 'a person says that it was sent' }
}

/**
 * The effects that a person has decided to try again: a single effect, or all that failed in a step of a publication.
 */
function revival(recorded: ReadonlyMap<StreamId, readonly RecordedEvent[]>): Pick<Commit, 'revives'> {
  const revives = [...recorded.values()].flatMap((events) =>
    events.flatMap(({ event }) => (event.type === 'DoubtSettled' && event.outcome === 'again' ? [event.effect] : [])),
  )
  return revives.length === 0 ? {} : { revives }
}

// `streamsFor` may depend on the content of streams, so it is called again until it names no new streams.
async function loadStreams(deps: Deps, command: Command, focus: StreamId): Promise<LoadedStreams> {
  const loaded = new Map<StreamId, LoadedStream>()
  let ids: readonly StreamId[] = [focus]
  while (ids.length > 0) {
    for (const stream of ids) loaded.set(stream, await deps.states.load(stream))
    if (loaded.size > MAX_STREAMS)
      throw new EngineError(
        'runaway',
        'One command touched too many cases, so nothing was changed. Please report this as a bug.',
      )
    ids = deps.domain.streamsFor(command, arrange(loaded, focus)).filter((stream) => !loaded.has(stream))
  }
  return loaded
}

type NewEvents = {
  readonly command: Command
  readonly at: Instant
  readonly before: LoadedStreams
  readonly appends: readonly Append[]
}

// The number in an event id counts all events that the command appends, in any stream. Versions are consecutive within
// each stream.
function record(
  deps: Deps,
  { command, at, before, appends }: NewEvents,
): ReadonlyMap<StreamId, readonly RecordedEvent[]> {
  const recorded = new Map<StreamId, RecordedEvent[]>()
  let n = 0
  for (const { stream, events } of appends) {
    const list = recorded.get(stream) ?? []
    for (const event of events) {
      n += 1
      if (OPENING.has(event.type)) requireEmpty(stream, loadedStream(before, stream).version + list.length)
      list.push({
        eventId: EventId.parse(`${command.commandId}:${n}`),
        stream,
        version: loadedStream(before, stream).version + list.length + 1,
        at,
        actor: command.actor,
        commandId: command.commandId,
        policy: deps.policy.hash,
        event,
      })
    }
    if (list.length > 0) recorded.set(stream, list)
  }
  return recorded
}

/**
 * Refuses to open a stream that already has events. If the counter wrongly says that the stream is free, two cases
 * would share it, and their people would be mixed up.
 */
function requireEmpty(stream: StreamId, version: number): void {
  if (version === 0) return
  throw new EngineError(
    'taken',
    `${stream} has events already, so it was not opened and nothing was changed. "embargo audit verify" says whether somebody wrote into the database.`,
  )
}

function loadedStream(loaded: LoadedStreams, stream: StreamId): LoadedStream {
  const found = loaded.get(stream)
  if (found === undefined)
    throw new EngineError(
      'runaway',
      `A decision added events to ${stream}, which the command did not load. Please report this as a bug.`,
    )
  return found
}

/**
 * The effects of an event are computed from the states as one stream sees them. For an event of a case, this stream is
 * the case. For an event of a release, it is the stream that the command is about.
 */
const viewpoint = (stream: StreamId, focus: StreamId): StreamId => (isCaseStream(stream) ? stream : focus)

function effectsOf(deps: Deps, recorded: readonly RecordedEvent[], world: World): readonly Effect[] {
  return recorded.flatMap((each) => deps.domain.react(each, world, deps.policy))
}
