import { explainWithFacts, isLater, leastRequest, maySee, personOf, StreamId } from '@embargo/core'
import type { CaseId, GateState, PersonId, PersonVerb, World } from '@embargo/core'
import { resolveCommand, liftInWords, readInput } from '@embargo/chat'
import type { ResolvedCommand, PersonActor } from '@embargo/chat'
import { userInfo } from 'node:os'
import type { Opened } from '../program/program.ts'

/** The gates that a command in a case passes or fails, as facts, in the words of its refusal. */
export type GateFacts =
  | { readonly is: 'refusal'; readonly because: string }
  | {
      readonly is: 'gates'
      readonly case: CaseId
      readonly verb: string
      /** The person who types. */
      readonly person: string
      readonly gates: readonly GateFact[]
    }

type GateFact = {
  readonly gate: string
  readonly rule: string
  readonly state: GateState['state']
  readonly because?: string
  readonly liftedBy?: readonly string[]
  readonly facts?: Readonly<Record<string, string | number | boolean>>
}

/**
 * The gates of a command as it is typed in chat, with its options. A caller who may not see the case gets the same
 * answer as for one that does not exist.
 */
export async function gateFacts(engine: Opened['engine'], id: CaseId, typed: string): Promise<GateFacts> {
  const { policy } = engine.policy
  const actor = engine.queries.actorOf('terminal', userInfo().username)
  const world = await engine.queries.world(id)
  if (world?.case === undefined || !maySee(world.case, actor.person))
    return { is: 'refusal', because: `There is no case ${id} that you may see.` }
  const resolution = resolveCommand(typed)
  if ('because' in resolution) return { is: 'refusal', because: resolution.because }
  const read = readInput(resolution, { policy, state: world.case, release: world.release, platform: 'terminal' })
  if (!read.ok) return { is: 'refusal', because: read.because }
  const question = await asMeant(engine, actor.person, { id, world, meant: resolution, said: read.parts })
  const { verb, gates } = explained(engine, actor, question)
  return {
    is: 'gates',
    case: question.id,
    verb,
    person: personOf(policy, actor.person)?.name ?? actor.account,
    gates: gates.map(factsOf),
  }
}

type GateQuestion = {
  readonly id: CaseId
  readonly world: World
  readonly meant: ResolvedCommand
  readonly said: object
}

/** Adds the other case or the release that is named; a merge is always asked of the later of the two cases. */
async function asMeant(
  engine: Opened['engine'],
  person: PersonId | undefined,
  question: GateQuestion,
): Promise<GateQuestion> {
  const { id, world, meant, said } = question
  const named = namedIn(said)
  const otherWorld = named === undefined ? undefined : await engine.queries.world(named)
  if (otherWorld === undefined) return question
  const others = new Map([...world.others, ...otherWorld.others])
  const { case: other } = otherWorld
  const isSwapped =
    meant.verb === 'triage.duplicate' &&
    other !== undefined &&
    world.case !== undefined &&
    maySee(other, person) &&
    isLater(other, world.case)
  return isSwapped
    ? { ...question, id: other.id, world: { ...otherWorld, others }, said: { of: id } }
    : { ...question, world: { ...world, others } }
}

const namedIn = (input: object): StreamId | undefined =>
  Object.entries(input)
    .filter(([name]) => name === 'of' || name === 'release')
    .map(([, named]) => StreamId.safeParse(named).data)[0]

type Explained = { readonly verb: PersonVerb; readonly gates: readonly GateState[] }

function explained(engine: Opened['engine'], actor: PersonActor, { id, world, meant, said }: GateQuestion): Explained {
  const { policy } = engine.policy
  const of = (verb: PersonVerb): Explained => ({
    verb,
    gates: explainWithFacts(policy, world, { actor, request: leastRequest(verb, id), said }, engine.now()) ?? [],
  })
  const explanation = of(meant.verb)
  // As the command does: an end that is too late for the reporter and the team is asked of two admins, with a reason.
  const isTooLong = explanation.gates.find(isRefusing)?.gate === 'embargo-cap' && 'reason' in said
  return meant.verb === 'embargo.until' && isTooLong ? of('embargo.extend') : explanation
}

const isRefusing = ({ state }: GateState): boolean => state === 'refuses'

function factsOf(gate: GateState): GateFact {
  const row = { gate: gate.gate, rule: gate.rule, state: gate.state }
  if (gate.state === 'refuses') {
    const { because, liftedBy, facts } = gate.refusal
    return { ...row, because, liftedBy: liftedBy.map(liftInWords), facts }
  }
  const because = gate.because === undefined ? {} : { because: gate.because }
  const liftedBy = gate.state === 'comes-next' ? (gate.liftedBy ?? []) : []
  return { ...row, ...because, ...(liftedBy.length === 0 ? {} : { liftedBy: liftedBy.map(liftInWords) }) }
}
