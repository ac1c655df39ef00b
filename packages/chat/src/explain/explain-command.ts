import { explainWithFacts, isLater, leastRequest, maySee, StreamId, withOpenWays } from '@embargo/core'
import type { CaseId, GateState, PersonId, PersonVerb, World } from '@embargo/core'
import type { Engine } from '@embargo/engine'
import type { ChatCommand } from '../chat-command.ts'
import type { PersonActor, Place } from '../types.ts'
import { readInput } from './read-input.ts'
import { resolveCommand } from './resolve-command.ts'
import type { ResolvedCommand } from './resolve-command.ts'

type CommandQuestion = {
  readonly engine: Engine
  readonly commands: readonly ChatCommand[]
  readonly actor: PersonActor
  readonly place: Pick<Place, 'platform'>
  /** A case that the caller may see. */
  readonly id: CaseId
  readonly world: World
  /** The command as it is typed in chat, with its options. */
  readonly typed: string
}

/**
 * The gates of a command, in the order in which they are checked. For a merge, `case` is the later of the two cases.
 */
export type ExplainedCommand = {
  readonly case: CaseId
  readonly verb: PersonVerb
  readonly gates: readonly GateState[]
}

/** Says which gates let a command pass and which refuse it. If the typed text cannot be read, `because` says why. */
export async function explainCommand(query: CommandQuestion): Promise<ExplainedCommand | { readonly because: string }> {
  const { engine, commands, actor, place, id, world, typed } = query
  const resolution = resolveCommand(commands, typed)
  if ('because' in resolution || world.case === undefined)
    return 'because' in resolution ? resolution : { because: NO_CASE }
  const { policy } = engine.policy
  const { platform } = place
  const read = readInput(resolution, { policy, state: world.case, release: world.release, platform })
  if (!read.ok) return { because: read.because }
  const question = await asMeant(engine, actor.person, { id, world, meant: resolution, said: read.parts })
  return explained(engine, actor, question)
}

const NO_CASE = 'There is no such case.'

type Question = {
  readonly id: CaseId
  readonly world: World
  readonly meant: ResolvedCommand
  readonly said: object
}

/**
 * If the command names another case or a release, adds that case or release to the question. For a merge, the question
 * is about the later of the two cases, if the caller may see that case.
 */
async function asMeant(engine: Engine, person: PersonId | undefined, question: Question): Promise<Question> {
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

function explained(engine: Engine, actor: PersonActor, { id, world, meant, said }: Question): ExplainedCommand {
  const { policy } = engine.policy
  const at = engine.now()
  const of = (verb: PersonVerb): ExplainedCommand => {
    const request = leastRequest(verb, id)
    const gates = explainWithFacts(policy, world, { actor, request, said }, at) ?? []
    const context = { policy, world, actor, request, at }
    const open = gates.map((gate) =>
      gate.state === 'refuses' ? { ...gate, refusal: withOpenWays(context, gate.refusal) } : gate,
    )
    return { case: id, verb, gates: open }
  }
  const explanation = of(meant.verb)
  // The reporter and the team can agree on an end of the embargo only up to a cap. With a reason and an end
  // after the cap, `embargo until` requests `embargo.extend` instead. So the gates of that request are explained.
  const isTooLong =
    explanation.gates.find(({ state }) => state === 'refuses')?.gate === 'embargo-cap' && 'reason' in said
  return meant.verb === 'embargo.until' && isTooLong ? of('embargo.extend') : explanation
}
