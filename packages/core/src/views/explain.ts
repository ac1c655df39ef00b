import { isWaivable } from '../shared/gate-id.ts'
import type { GateId } from '../shared/gate-id.ts'
import { COMMON_GATES } from '../gates/common.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { contextOfCase } from '../gates/other-case.ts'
import { GATES } from '../gates/index.ts'
import { siblingCases } from '../state/release/release-cases.ts'
import type { Policy } from '../policy/schema.ts'
import { latestAgreed } from '../state/embargo/terms.ts'
import { policyFor } from '../state/policy-for.ts'
import { DAY, instant, later } from '../shared/instant.ts'
import { ask, waiverFor } from '../gates/waivers/ask.ts'
import { subjectOf } from '../gates/waivers/subject.ts'
import type { Instant } from '../shared/instant.ts'
import type { Command, PendingCommand, PersonRequest, PersonVerb } from '../vocabulary/command.ts'
import { decideForPerson, gatesOf } from '../commands/index.ts'
import { contextOf } from '../commands/decide.ts'
import type { Refusal, World } from '../vocabulary/decision.ts'
import { completeRequest, takesTwoPeople } from '../commands/approvals/index.ts'
import { eligibleApprovers } from './eligible-approvers.ts'
import type { Approvers } from './eligible-approvers.ts'

/** One gate of a command, with its present result for a case. */
export type GateState =
  /** `because`: the facts behind the result, if they were requested. */
  | { readonly gate: GateId; readonly rule: string; readonly state: 'passes'; readonly because?: string }
  /** The refusal that the command would get. */
  | { readonly gate: GateId; readonly rule: string; readonly state: 'refuses'; readonly refusal: Refusal }
  /**
   * The result is unknown, because the gate depends on a value that the command does not name yet. Returned only by
   * `explainWithFacts`.
   */
  | { readonly gate: GateId; readonly rule: string; readonly state: 'not-asked'; readonly because: string }
  /**
   * The approval is not checked yet, because it is requested only after all other gates have passed. `explainWithFacts`
   * includes the people who may approve.
   */
  | ({ readonly gate: GateId; readonly rule: string; readonly state: 'comes-next' } & Partial<Approvers>)

/**
 * Every gate of a command with its result, in the order in which they are checked. Values that the caller left out are
 * filled in as in a preview. Undefined if the case does not exist.
 */
export function explainGates(
  policy: Policy,
  world: World,
  command: Question,
  at: Instant,
): readonly GateState[] | undefined {
  return explained(policy, world, command, at)
}

/**
 * Like `explainGates`, but with the facts behind each result. `said`: the values that the person typed, which are never
 * replaced. If no value is missing, a refusal by the command itself is included.
 */
export function explainWithFacts(
  policy: Policy,
  world: World,
  { said = {}, ...command }: Question & { readonly said?: object },
  at: Instant,
): readonly GateState[] | undefined {
  const request = { ...withinReach(policy, world, command.request, at), ...said }
  const gates = explained(policy, world, { ...command, request }, at, WHY)
  if (gates === undefined || gates.some(({ state }) => state === 'refuses')) return gates
  const refusal = ofItsOwn(policy, world, { ...command, request }, { said, at })
  if (refusal === undefined) return gates
  const { gate } = refusal
  const results = gates.filter(({ state }) => state !== 'comes-next')
  return [...results, { gate, rule: GATES[gate].rule, state: 'refuses', refusal }]
}

/**
 * Why a command would be refused, by a gate or by the command itself, as far as this is known from the given
 * parameters.
 */
export function explainWhole(policy: Policy, world: World, command: Question, at: Instant): Refusal | undefined {
  const { request: typedRequest } = command
  const request = withinReach(policy, world, command.request, at)
  const gates = explained(policy, world, { ...command, request }, at) ?? []
  const [first] = gates.flatMap((gate) => (gate.state === 'refuses' ? [gate.refusal] : []))
  return first ?? ofItsOwn(policy, world, { ...command, request }, { said: typedRequest, at })
}

/**
 * Some commands can be tried out to see whether the command itself would refuse. For each of these commands, this lists
 * the parameters that must be given first. A command that is not listed is never tried out.
 */
const WHOLE_WITH: Readonly<Partial<Record<PersonVerb, readonly string[]>>> = {
  ack: [],
  'assign-patch': ['to'],
  confirm: [],
  prenotify: [],
  disclose: [],
  'disclose.interim': [],
  'release.plan': ['at'],
  'release.add': ['release'],
  'release.drop': [],
  'embargo.until': ['end'],
  'embargo.accept': [],
  'embargo.reject': [],
  'embargo.open': [],
  'embargo.keep': [],
  'settle.channel.ok': [],
  'settle.channel.open': [],
  close: [],
  'triage.not-now': [],
  reopen: [],
  'reply.progress': [],
  'reply.resend': [],
  'cve.request': [],
  'approve.no': [],
  take: [],
  waive: ['rule'],
}

/** A refusal by the command itself when no gate refuses, for example because the named release does not exist. */
function ofItsOwn(
  policy: Policy,
  world: World,
  { request, ...command }: Question,
  { said, at }: { readonly said: object; readonly at: Instant },
): Refusal | undefined {
  const isWhole = WHOLE_WITH[request.verb]?.every((part) => Object.hasOwn(said, part)) ?? false
  if (!isWhole) return undefined
  if (takesTwoPeople(request)) {
    const whole = completeRequest(policy, world, request, at)
    return whole !== undefined && 'gate' in whole ? whole : undefined
  }
  const context = contextOf(policy, world, command, request, at)
  if (context === undefined) return undefined
  const decision = decideForPerson(context)
  return decision.ok ? undefined : decision.refusal
}

/**
 * How to explain a gate that passes (`gate`), a gate that cannot be checked yet (`notAsked`), and an approval
 * (`second`).
 */
type Explainer = {
  readonly gate: (gate: Gate, context: Context) => string | undefined
  readonly notAsked: (gate: GateId, context: Context) => string | undefined
  readonly second: (context: Context<PendingCommand>) => Approvers
}

const WHY: Explainer = { gate: factsOf, notAsked, second: eligibleApprovers }

type Question = Pick<Command, 'actor'> & { readonly request: PersonRequest }

function explained(
  policy: Policy,
  world: World,
  command: Question,
  at: Instant,
  note?: Explainer,
): readonly GateState[] | undefined {
  const request = filledIn(policy, world, command.request, at)
  const context = contextOf(policy, world, command, request, at)
  if (context === undefined) return undefined
  const gates = [...new Set([...COMMON_GATES, ...gatesOf(request.verb)])]
    .filter((gate) => gate.otherCases === undefined || siblingCases(context).length > 0)
    .map((gate): GateState => {
      const refusal = ask(gate, context)
      const id = refusal?.gate ?? gate.id
      const { rule } = GATES[id]
      if (refusal !== undefined) return { gate: id, rule, state: 'refuses', refusal }
      const missing = note?.notAsked(id, context)
      if (missing !== undefined) return { gate: id, rule, state: 'not-asked', because: missing }
      const because = note?.gate(gate, context)
      return { gate: id, rule, state: 'passes', ...(because === undefined ? {} : { because }) }
    })
  const { rule } = GATES['second-person']
  // The gate `makes-sense` has nothing to say when it passes, so it is listed only when it refuses.
  const results = gates.filter(({ gate, state }) => gate !== 'makes-sense' || state === 'refuses')
  if (!takesTwoPeople(request)) return results
  return [...results, { gate: 'second-person', rule, state: 'comes-next', ...note?.second({ ...context, request }) }]
}

function notAsked(gate: GateId, context: Context): string | undefined {
  const missing = GATES[gate].notAsked?.(context)
  return missing === undefined ? undefined : `Not asked: ${missing}.`
}

/**
 * The facts that let a gate pass. For a gate about the other cases of the release, these are the facts of each such
 * case, with the case's number.
 */
function factsOf(gate: Gate, context: Context): string | undefined {
  if (gate.otherCases === true)
    return siblingCases(context)
      .map((other) => `${other.id}: ${factsOfOne(gate, contextOfCase(context, other))}`)
      .join(' ')
  const facts = factsOfOne(gate, context)
  return facts === '' ? undefined : facts
}

function factsOfOne(gate: Gate, context: Context): string {
  // A waiver is named only if the gate would refuse without the waiver. For a gate about the other cases of
  // the release (`otherCases`), this is not checked: a waiver that one of those cases has is always named.
  const passes = gate.otherCases === undefined && gate.check(context) === undefined
  return (passes ? undefined : waiverOf(gate.id, context)) ?? GATES[gate.id].passes(context)
}

/** The waiver without which the gate would refuse. */
function waiverOf(rule: GateId, context: Context): string | undefined {
  const subject = isWaivable(rule) ? subjectOf(rule, context) : undefined
  const waiver = isWaivable(rule) && subject !== undefined ? waiverFor(context.state, rule, subject) : undefined
  if (waiver === undefined) return undefined
  const name = (id: string): string => context.whole.people.find((one) => one.id === id)?.name ?? id
  const second = waiver.by === undefined ? '' : ` with ${name(waiver.by)}`
  return `${name(waiver.askedBy)} waived it${second}, for ${waiver.about}: ${waiver.reason}`
}

function filledIn(policy: Policy, world: World, request: PersonRequest, at: Instant): PersonRequest {
  if (!takesTwoPeople(request)) return request
  const whole = completeRequest(policy, world, request, at)
  return whole === undefined || 'gate' in whole ? request : whole
}

/** The embargo end in a sample request, if there is no case. No gate refuses this end. */
const AN_END = instant(Date.UTC(2100, 0, 1))

/** For each command, sample values of the fields that its gates read, except the case. */
const LEAST: Readonly<Partial<Record<PersonVerb, object>>> = {
  confirm: { fixed: true },
  'embargo.until': { end: AN_END },
  'embargo.extend': { end: AN_END },
  correct: { reason: '', changes: {}, tell: 'nobody' },
  'correct.withdraw': { reason: '', tell: 'nobody' },
  'log-answer': { answer: { about: 'credit', credit: 'anonymous' } },
  // `somebody` stands for any team member. The gates check the writer of the patch (`to`) only if the writer is the
  // reporter.
  'assign-patch': { to: 'somebody', branches: [] },
  waive: { rule: 'fix', reason: '' },
  'embargo.end': { reason: 'attacks' },
  'signal.wrong': { what: 'public' },
}

/** The smallest request with which a command's gates can be checked. It has only the parameters that the gates read. */
export function leastRequest(verb: PersonVerb, theCase: PersonRequest['case']): PersonRequest {
  // The request is incomplete: it lacks the fields that only the command's own decision reads.
  return { verb, case: theCase, ...LEAST[verb] } as PersonRequest
}

/** Fills the request with values that fit the case, for example an end that may be agreed on. */
function withinReach(everywhere: Policy, { case: state }: World, request: PersonRequest, at: Instant): PersonRequest {
  if (state === undefined) return request
  const latest = latestAgreed(
    policyFor(everywhere, state),
    state.em.is === 'exited' ? { ...state, embargoFrom: at } : state,
  )
  const counting = state.signals.filter(({ is }) => is === 'counted').map(({ what }) => what)
  switch (request.verb) {
    case 'embargo.until':
      return request.end === AN_END ? { ...request, end: latest } : request
    case 'embargo.extend':
      return request.end === AN_END ? { ...request, end: later(latest, DAY) } : request
    case 'embargo.end':
      return !counting.includes('attack') && counting.includes('leak') ? { ...request, reason: 'leak' } : request
    case 'signal.wrong':
      return { ...request, what: counting[0] ?? request.what }
    default:
      return request
  }
}
