import { GATES, isWaivable } from '../policy/gate-id.ts'
import type { GateId } from '../policy/gate-id.ts'
import { ALWAYS } from '../policy/gates/always.ts'
import { ruleOf } from '../policy/gates/gate.ts'
import type { Context, Gate } from '../policy/gates/gate.ts'
import { asSeenBy, isOfOthers } from '../policy/gates/of-each-case.ts'
import { sistersOf } from '../release/cases-of.ts'
import type { Policy } from '../policy/schema.ts'
import { latestAgreed } from '../embargo/terms.ts'
import { policyFor } from '../policy/policy-for.ts'
import { DAY, instant, later } from '../shared/instant.ts'
import { ask } from '../policy/waivers/ask.ts'
import { subjectOf } from '../policy/waivers/subject.ts'
import type { Instant } from '../shared/instant.ts'
import type { Command, PersonRequest, PersonVerb } from './command.ts'
import { gatesOf } from './commands/index.ts'
import { contextOf } from './decide.ts'
import type { Refusal, World } from './decision.ts'
import { completed, takesTwoPeople } from './second/index.ts'
import type { Waiting } from './second/index.ts'
import { whoSaysYes } from './who-says-yes.ts'
import type { SecondYes } from './who-says-yes.ts'
import { whyItPasses } from './why-it-passes.ts'

/** One gate of a command, as it stands for a case now. */
export type GateState =
  /** `because`: the facts that it rests on, where somebody asked for them. */
  | { readonly gate: GateId; readonly rule: string; readonly state: 'passes'; readonly because?: string }
  /** In the very words of the refusal that the command would get. */
  | { readonly gate: GateId; readonly rule: string; readonly state: 'refuses'; readonly refusal: Refusal }
  /** Asked when the command itself has passed: of whom, where somebody asked for the facts. */
  | ({ readonly gate: GateId; readonly rule: string; readonly state: 'comes-next' } & Partial<SecondYes>)

/**
 * Every gate of a command, in the order in which they are asked: not only the first that refuses. Nothing where the case
 * does not exist. What the caller left out is filled in as a preview would.
 */
export function explainGates(
  policy: Policy,
  world: World,
  command: Asked,
  at: Instant,
): readonly GateState[] | undefined {
  return explained(policy, world, command, at)
}

/** The same for somebody who wants to know why, of the gates that pass too. Status and checks do without. */
export function explainWithFacts(
  policy: Policy,
  world: World,
  command: Asked,
  at: Instant,
): readonly GateState[] | undefined {
  const request = withinReach(policy, world, command.request, at)
  return explained(policy, world, { ...command, request }, at, { gate: factsOf, second: whoSaysYes })
}

/** What to say of a gate that passes, and of the second yes. */
type Why = {
  readonly gate: (gate: Gate, context: Context) => string | undefined
  readonly second: (context: Context<Waiting>) => SecondYes
}

type Asked = Pick<Command, 'actor'> & { readonly request: PersonRequest }

function explained(
  policy: Policy,
  world: World,
  command: Asked,
  at: Instant,
  why?: Why,
): readonly GateState[] | undefined {
  const request = filledIn(policy, world, command.request, at)
  const context = contextOf(policy, world, command, request, at)
  if (context === undefined) return undefined
  const asked = [...new Set([...ALWAYS, ...gatesOf(request.verb)])]
    .filter((gate) => !isOfOthers(gate) || sistersOf(context).length > 0)
    .map((gate): GateState => {
      const refusal = ask(gate, context)
      const id = refusal?.gate ?? ruleOf(gate)
      const { rule } = GATES[id]
      if (refusal !== undefined) return { gate: id, rule, state: 'refuses', refusal }
      const because = why?.gate(gate, context)
      return { gate: id, rule, state: 'passes', ...(because === undefined ? {} : { because }) }
    })
  const { rule } = GATES['second-person']
  // A gate without a rule of its own has nothing to say as long as it lets the command pass.
  const told = asked.filter(({ gate, state }) => gate !== 'makes-sense' || state === 'refuses')
  if (!takesTwoPeople(request)) return told
  return [...told, { gate: 'second-person', rule, state: 'comes-next', ...why?.second({ ...context, request }) }]
}

/** What a gate that passes rests on; of other cases of the release, each with its number. */
function factsOf(gate: Gate, context: Context): string | undefined {
  const rule = ruleOf(gate)
  if (isOfOthers(gate))
    return sistersOf(context)
      .map((other) => `${other.id}: ${factsOfOne(gate, rule, asSeenBy(context, other))}`)
      .join(' ')
  const said = factsOfOne(gate, rule, context)
  return said === '' ? undefined : said
}

function factsOfOne(gate: Gate, rule: GateId, context: Context): string {
  // What passes by itself needs no waiver, though it may have one; of other cases it is not known here which it was.
  const passes = !isOfOthers(gate) && gate(context) === undefined
  return (passes ? undefined : waiverOf(rule, context)) ?? whyItPasses(rule, context)
}

/** It would refuse, and two people let it pass. */
function waiverOf(rule: GateId, context: Context): string | undefined {
  const { waivers, round } = context.state
  const subject = isWaivable(rule) ? subjectOf(rule, context) : undefined
  const waiver = waivers.findLast((one) => one.gate === rule && one.key === subject?.key && one.round === round)
  if (waiver === undefined) return undefined
  const name = (id: string): string => context.whole.people.find((one) => one.id === id)?.name ?? id
  const second = waiver.by === undefined ? '' : ` with ${name(waiver.by)}`
  return `${name(waiver.askedBy)} waived it${second}, for ${waiver.about}: ${waiver.reason}`
}

function filledIn(policy: Policy, world: World, request: PersonRequest, at: Instant): PersonRequest {
  if (!takesTwoPeople(request)) return request
  const whole = completed(policy, world, request, at)
  return whole === undefined || 'gate' in whole ? request : whole
}

/** An end that no rule about ends minds on its own account, where the case is not known. */
const AN_END = instant(Date.UTC(2100, 0, 1))

/** What the gates of a command read of it, beside its case. */
const LEAST: Readonly<Partial<Record<PersonVerb, object>>> = {
  confirm: { fixed: true },
  'embargo-propose': { end: AN_END },
  'embargo-extend': { end: AN_END },
  'log-answer': { answer: { about: 'credit', credit: 'anonymous' } },
  'assign-patch': { to: 'reporter', branches: [] },
  waive: { rule: 'fix-ready', reason: '' },
  'embargo-terminate': { reason: 'attacks' },
  'signal-correct': { what: 'public' },
}

/** The least that a command says, to ask which of its gates stand open: what its gates look at, and no more. */
export function leastRequest(verb: PersonVerb, theCase: PersonRequest['case']): PersonRequest {
  // The parts that only the command's own decision needs are missing.
  return { verb, case: theCase, ...LEAST[verb] } as PersonRequest
}

/** The same with what somebody would name who knows the case: an end that may be agreed on, a fact that is recorded. */
function withinReach(everywhere: Policy, { case: state }: World, request: PersonRequest, at: Instant): PersonRequest {
  if (state === undefined) return request
  const latest = latestAgreed(
    policyFor(everywhere, state),
    state.em.is === 'exited' ? { ...state, embargoFrom: at } : state,
  )
  const counting = state.signals.filter(({ is }) => is === 'counted').map(({ what }) => what)
  switch (request.verb) {
    case 'embargo-propose':
      return request.end === AN_END ? { ...request, end: latest } : request
    case 'embargo-extend':
      return request.end === AN_END ? { ...request, end: later(latest, DAY) } : request
    case 'embargo-terminate':
      return !counting.includes('attack') && counting.includes('leak') ? { ...request, reason: 'leak' } : request
    case 'signal-correct':
      return { ...request, what: counting[0] ?? request.what }
    default:
      return request
  }
}
