import { CaseId, evolveRecorded, isReleaseStream } from '@embargo/core'
import type { Command, CommandId, Effect, Policy, RecordedEvent, Request, State, StreamId } from '@embargo/core'
import type { Commit } from '@embargo/engine'
import { INVARIANTS } from '../../packages/policy-check/test/invariants/index.ts'
import type { PendingDelivery } from '../../packages/policy-check/src/state.ts'
import type { AppliedEvent, Execution } from '../../packages/policy-check/src/execute.ts'

const ASKED = INVARIANTS.filter(({ exploredOnly }) => exploredOnly !== true)

/**
 * Reads every commit in order and checks that its command did nothing that is forbidden. It checks the same invariants
 * as the exploration in `packages/policy-check`.
 */
export class Witness {
  readonly #policy: Policy
  readonly #asked = new Map<CommandId, Command>()
  readonly #commits: Commit[] = []
  #states: ReadonlyMap<StreamId, State> = new Map()
  #pending: readonly PendingDelivery[] = []
  /** The number of checked commits. */
  looked = 0

  constructor(policy: Policy) {
    this.#policy = policy
  }

  asks(command: Command): void {
    this.#asked.set(command.commandId, command)
  }

  committed(commit: Commit): void {
    this.#commits.push(commit)
  }

  /** Checks the commits since the last call. Throws if an invariant is broken. */
  look(): void {
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      this.#commits.splice(this.#commits.indexOf(next), 1)
      const execution = this.#execution(next)
      if (execution === undefined) continue
      const broken = ASKED.filter((fact) => fact.broken(execution)).map(({ name }) => name)
      if (broken.length > 0) throw new Error(`${execution.request.verb}: ${broken.join('; ')} (${whatCame(execution)})`)
    }
    const [left] = this.#commits
    if (left !== undefined) throw new Error(`${left.commandId} follows on nothing that was committed`)
  }

  /**
   * The next commit to check. The commits of two writers arrive here in any order, but a commit must be checked after
   * the commits on which its decision was based.
   */
  #next(): Commit | undefined {
    return this.#commits.find(({ appends }) =>
      appends.every(({ stream, expectedVersion }) => (this.#states.get(stream)?.version ?? 0) === expectedVersion),
    )
  }

  #execution(commit: Commit): Execution | undefined {
    const before = { now: commit.at, states: this.#states, pending: this.#pending, commands: 0 }
    const states = new Map(this.#states)
    const trail = commit.appends.flatMap(({ events }) => events.map((recorded) => folded(states, recorded)))
    this.#states = states
    this.#pending = [...this.#pending, ...commit.effects.flatMap(owed)]
    const command = this.#asked.get(commit.commandId)
    if (command === undefined) throw new Error(`nobody asked ${commit.commandId}`)
    const request = numbered(command.request, commit)
    this.#pending = this.#pending.flatMap((one) => stillOwed(one, request, states.get(one.stream)))
    if (trail.length === 0) return undefined
    this.looked += 1
    const after = { ...before, states, pending: this.#pending }
    return { actor: command.actor, request, policy: this.#policy, before, after, trail, effects: commit.effects }
  }
}

const whatCame = ({ trail }: Execution): string =>
  trail.map(({ recorded: { event, stream } }) => `${event.type} in ${stream}`).join(', ')

function folded(states: Map<StreamId, State>, recorded: RecordedEvent): AppliedEvent {
  const before = states.get(recorded.stream)
  const after = evolveRecorded(before, recorded)
  states.set(recorded.stream, after)
  return { recorded, before, after }
}

/**
 * Returns this mail if its outcome is still unknown, otherwise nothing. The outcome also counts as unknown if a person
 * must decide about the mail, or if the mail is sent again.
 */
function stillOwed(one: PendingDelivery, request: Request, release: State | undefined): readonly PendingDelivery[] {
  if (request.verb !== 'record-outcome' && request.verb !== 'settle') return [one]
  if (one.effect !== request.effect) return [one]
  const held = release?.kind === 'release' && release.parked.some(({ effect }) => effect === one.effect)
  return held || (request.verb === 'settle' && request.outcome === 'again') ? [{ ...one, held }] : []
}

/** If the request is a report, puts into it the case number that the engine gave. */
function numbered(request: Request, { answer }: Commit): Request {
  if (request.verb !== 'open-case' || !answer.ok) return request
  return { ...request, case: CaseId.parse(answer.stream) }
}

/**
 * Returns the effect if it is a mail of a release, otherwise nothing. Only the outcomes of such mails change the state
 * of the release.
 */
const owed = (effect: Effect): readonly PendingDelivery[] =>
  effect.kind === 'send-mail' && isReleaseStream(effect.stream)
    ? [{ stream: effect.stream, effect: effect.id, letter: effect.letter, to: effect.to, held: false }]
    : []
