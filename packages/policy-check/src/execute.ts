import { CommandId, EventId, isReleaseStream, Sha256 } from '@embargo/core'
import type {
  Actor,
  Command,
  Decision,
  Effect,
  Policy,
  RecordedEvent,
  Refusal,
  Request,
  State,
  StreamId,
  World,
} from '@embargo/core'
import type { PendingDelivery, ModelState } from './state.ts'
import { worldIn } from './state.ts'
import type { Rules } from './rules.ts'

/** One event with the state of its stream before and after it. */
export type AppliedEvent = {
  readonly recorded: RecordedEvent
  readonly before: State | undefined
  readonly after: State
}

/** The ids of commands and events. Each id is made once, because millions of commands use the same few numbers. */
const commandIds: CommandId[] = []
const eventIds: EventId[][] = []
const idOfCommand = (number: number): CommandId => (commandIds[number] ??= CommandId.parse(`check:${number}`))
const idOfEvent = (command: number, number: number): EventId =>
  ((eventIds[command] ??= [])[number] ??= EventId.parse(`check:${command}:${number}`))

/** The result of one command. */
export type Execution = {
  readonly actor: Actor
  readonly request: Request
  readonly policy: Policy
  readonly before: ModelState
  readonly after: ModelState
  readonly trail: readonly AppliedEvent[]
  readonly effects: readonly Effect[]
  readonly refusal?: Refusal
  /**
   * Set if the command had nothing to do. Such a run counts neither as a step nor as a sign that the command is
   * possible.
   */
  readonly nothingToDo?: true
}

const HASH = Sha256.parse('0'.repeat(64))

/** Runs one command through streamsFor, decide, evolve and react, as the engine does. */
export function execute(
  rules: Rules,
  policy: Policy,
  before: ModelState,
  { actor, request }: { readonly actor: Actor; readonly request: Request },
): Execution {
  const commandId = idOfCommand(before.commands)
  const command: Command = { commandId, actor, at: before.now, request }
  const stream: StreamId = 'stream' in request ? request.stream : request.case
  const world = worldIn(before.states, stream)
  const inForce = { policy, hash: HASH }
  const decision = rules.decide(inForce, touched(rules, command, world), command, before.now)
  const base = { actor, request, policy, before }
  if (!decision.ok) return { ...base, after: before, trail: [], effects: [], refusal: decision.refusal }
  if (decision.appends.length === 0)
    return {
      ...base,
      after: before,
      trail: [],
      effects: [],
      ...('nothingToDo' in decision ? { nothingToDo: true } : {}),
    }
  return { ...base, ...applied(rules, policy, before, command, decision) }
}

/**
 * The world with only the streams that `streamsFor` names for the command. So if `streamsFor` forgets a stream, the
 * command lacks it here too.
 */
function touched(rules: Rules, command: Command, world: World): World {
  const seen = new Set(rules.streamsFor(command, world))
  if ([...world.others.keys()].every((stream) => seen.has(stream))) return world
  const others = new Map([...world.others].filter(([stream]) => seen.has(stream)))
  return {
    ...(world.case !== undefined && others.has(world.case.id) ? { case: world.case } : {}),
    ...(world.release !== undefined && others.has(world.release.id) ? { release: world.release } : {}),
    others,
  }
}

function applied(
  rules: Rules,
  policy: Policy,
  before: ModelState,
  { commandId, actor }: Command,
  decision: Extract<Decision, { ok: true }>,
): Pick<Execution, 'after' | 'trail' | 'effects'> {
  const states = new Map(before.states)
  const trail: AppliedEvent[] = []
  for (const { stream, events } of decision.appends) {
    for (const event of events) {
      const state = states.get(stream)
      const one: RecordedEvent = {
        eventId: idOfEvent(before.commands, trail.length + 1),
        stream,
        version: (state?.version ?? 0) + 1,
        at: before.now,
        actor,
        commandId,
        policy: HASH,
        event,
      }
      const next = rules.evolveRecorded(state, one)
      states.set(stream, next)
      trail.push({ recorded: one, before: state, after: next })
    }
  }
  const inForce = { policy, hash: HASH }
  const effects = trail.flatMap(({ recorded }) => rules.react(recorded, worldIn(states, recorded.stream), inForce))
  const pending = [...before.pending, ...effects.flatMap(pendingOf)]
  return { after: { ...before, states, pending, commands: before.commands + 1 }, trail, effects }
}

/**
 * The mails and documents of a release, which wait for an outcome. All other effects are left out, because their
 * outcomes cause no further events.
 */
function pendingOf(effect: Effect): readonly PendingDelivery[] {
  if (!isReleaseStream(effect.stream)) return []
  const waiting = { stream: effect.stream, effect: effect.id, held: false }
  if (effect.kind === 'send-mail') return [{ ...waiting, letter: effect.letter, to: effect.to }]
  return effect.kind === 'deliver' ? [{ ...waiting, step: effect.step, case: effect.case }] : []
}
