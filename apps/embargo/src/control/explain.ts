import { COMMANDS, explainCommand, liftInWords } from '@embargo/chat'
import { maySee, personOf } from '@embargo/core'
import type { CaseId, GateState } from '@embargo/core'
import { userInfo } from 'node:os'
import type { ProgramParts } from '../program/program.ts'

/** Which gates (rules) a command passes and which refuse it, as data; or why the gates are not shown. */
export type GateFacts =
  | { readonly is: 'refusal'; readonly because: string }
  | {
      readonly is: 'gates'
      readonly case: CaseId
      readonly verb: string
      /** The caller's name. */
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
 * The gates of a command. `typed`: the command with its options, as a person types it in chat. If the caller may not
 * see the case, the answer is the same as for a case that does not exist.
 */
export async function gateFacts(engine: ProgramParts['engine'], id: CaseId, typed: string): Promise<GateFacts> {
  const { policy } = engine.policy
  const actor = engine.queries.actorOf('terminal', userInfo().username)
  const world = await engine.queries.world(id)
  if (world?.case === undefined || !maySee(world.case, actor.person))
    return { is: 'refusal', because: `There is no case ${id} that you may see.` }
  const place = { platform: 'terminal' } as const
  const answer = await explainCommand({ engine, commands: COMMANDS, actor, place, id, world, typed })
  if ('because' in answer) return { is: 'refusal', ...answer }
  return {
    is: 'gates',
    case: answer.case,
    verb: answer.verb,
    person: personOf(policy, actor.person)?.name ?? actor.account,
    gates: answer.gates.map(factsOf),
  }
}

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
