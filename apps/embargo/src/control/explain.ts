import { explainWithFacts, isPersonVerb, leastRequest, maySee, personOf } from '@embargo/core'
import type { CaseId, GateState } from '@embargo/core'
import { liftInWords } from '@embargo/chat'
import { userInfo } from 'node:os'
import type { Opened } from '../program/program.ts'

/** What stands between a case and a command, as facts: in the words of the refusal that the command would get. */
export type GateFacts =
  | { readonly is: 'refusal'; readonly because: string }
  | {
      readonly is: 'gates'
      readonly case: CaseId
      readonly verb: string
      /** For whom: who types. */
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

/** Who may not see the case hears what they would hear of one that does not exist. */
export async function gateFacts(engine: Opened['engine'], id: CaseId, verb: string): Promise<GateFacts> {
  const { policy } = engine.policy
  const actor = engine.actorOf('terminal', userInfo().username)
  const world = await engine.world(id)
  if (world?.case === undefined || !maySee(world.case, actor.person))
    return { is: 'refusal', because: `There is no case ${id} that you may see.` }
  if (!isPersonVerb(verb)) return { is: 'refusal', because: `There is no command ${verb}.` }
  const gates = explainWithFacts(policy, world, { actor, request: leastRequest(verb, id) }, engine.now()) ?? []
  return {
    is: 'gates',
    case: id,
    verb,
    person: personOf(policy, actor.person)?.name ?? actor.account,
    gates: gates.map(factsOf),
  }
}

function factsOf(gate: GateState): GateFact {
  const said = { gate: gate.gate, rule: gate.rule, state: gate.state }
  if (gate.state === 'refuses') {
    const { because, liftedBy, facts } = gate.refusal
    return { ...said, because, liftedBy: liftedBy.map(liftInWords), facts }
  }
  const because = gate.because === undefined ? {} : { because: gate.because }
  const liftedBy = gate.state === 'passes' ? [] : (gate.liftedBy ?? [])
  return { ...said, ...because, ...(liftedBy.length === 0 ? {} : { liftedBy: liftedBy.map(liftInWords) }) }
}
