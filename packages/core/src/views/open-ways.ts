import { isWaivable } from '../shared/gate-id.ts'
import type { GateId, WaivableGate } from '../shared/gate-id.ts'
import { PersonId } from '../shared/ids.ts'
import type { Actor } from '../shared/actor.ts'
import type { Instant } from '../shared/instant.ts'
import type { Policy } from '../policy/schema.ts'
import { isPersonVerb } from '../policy/roles.ts'
import type { PersonRequest, PersonVerb } from '../vocabulary/command.ts'
import type { Lift, Refusal, World } from '../vocabulary/decision.ts'
import { explainWhole, leastRequest } from './explain.ts'

/**
 * The longest chain of commands that the search follows, each of which must come before the next. A new case is four
 * commands away from its patch.
 */
const MAX_STEPS = 4

/** Gates that refuse particular people, whatever the state of the case. */
const ABOUT_WHO_ASKS: ReadonlySet<GateId> = new Set<GateId>([
  'role',
  'on-the-case',
  'not-the-reporter',
  'no-conflict',
  'second-person',
])

type Question = {
  readonly policy: Policy
  readonly world: World
  readonly actor: Actor
  readonly request: PersonRequest
  readonly at: Instant
}

/**
 * The refusal with what people can do about it now (`liftedBy`). If a command would lift the refusal but would be
 * refused too, the command that must come first is named. If no such command is found, the advice is shown as a
 * sentence without a command.
 */
export const withOpenWays = (question: Question, refusal: Refusal): Refusal => ({
  ...refusal,
  liftedBy: openWays(question, refusal, MAX_STEPS),
})

function openWays(question: Question, refusal: Refusal, steps: number): readonly Lift[] {
  const ways = refusal.liftedBy.map((lift) => openWay(question, { lift, refusal, steps }))
  return ways.filter((way, index) => ways.findIndex((one) => isSame(one, way)) === index)
}

const isSame = (one: Lift, other: Lift): boolean =>
  one.who === other.who && one.how === other.how && one.verb === other.verb

type Way = { readonly lift: Lift; readonly refusal: Refusal; readonly steps: number }

function openWay(question: Question, { lift, refusal, steps }: Way): Lift {
  const verb = verbOf(lift, question.request)
  if (verb === undefined) return lift
  const rule = lift.waives ?? (isWaivable(refusal.gate) ? refusal.gate : undefined)
  const waiver = {
    ...(rule === undefined ? {} : { rule }),
    ...('at' in question.request && question.request.at !== undefined ? { at: question.request.at } : {}),
  }
  const refusals = actorsOf(question, lift).map((actor) =>
    refusalOf(question, { waiver, verb, actor, at: lift.from ?? question.at }),
  )
  if (refusals.includes(undefined)) return lift
  const closed = refusals.find((one) => one !== undefined && !ABOUT_WHO_ASKS.has(one.gate))
  const isKnown = closed === undefined || (closed.gate === refusal.gate && closed.because === refusal.because)
  const request = leastRequest(verb, question.request.case)
  const before =
    isKnown || steps === 1 || lift.instead === true ? [] : openWays({ ...question, request }, closed, steps - 1)
  // A `signal` command records something that happened, such as attacks. People cannot choose this as their next step.
  const first = before.find((one) => one.verb?.startsWith('signal.') !== true)
  return first === undefined
    ? withoutCommand(lift)
    : { ...first, how: `${first.how}; then ${lift.who} ${lift.how}`, then: [...(first.then ?? []), lift] }
}

const withoutCommand = ({ verb: _verb, ...lift }: Lift): Lift => lift

/**
 * The verb of the command to try. Undefined if the advice is to give the same command another value, or is about
 * another case or a new case.
 */
const verbOf = ({ verb, of }: Lift, request: PersonRequest): PersonVerb | undefined =>
  verb === undefined || !isPersonVerb(verb) || verb === 'open' || verb === request.verb || of !== undefined
    ? undefined
    : verb

type Attempt = {
  readonly verb: PersonVerb
  readonly actor: PersonActor
  readonly at: Instant
  /** What the waiver would cover. `at` is the date in the refused request. */
  readonly waiver?: { readonly rule?: WaivableGate; readonly at?: Instant }
}

/** Why the command would be refused with all values that are tried. Undefined if it would pass with some value. */
function refusalOf(
  { policy, world, request: { case: id } }: Pick<Question, 'policy' | 'world' | 'request'>,
  attempt: Attempt,
): Refusal | undefined {
  const { verb, actor, at } = attempt
  const refusals = requestsOf(id, attempt).map((request) => {
    const refusal = explainWhole(policy, world, { actor, request }, at)
    const asksForValue = refusal?.gate === 'makes-sense' && refusal.liftedBy.every((lift) => lift.verb === verb)
    return asksForValue ? undefined : refusal
  })
  return refusals.includes(undefined) ? undefined : refusals[0]
}

/**
 * The requests to try, with values that the person could give. `assign-patch` names the person, `approve` has the case
 * number, and `waive` has the rule and the date from `waiver`. For `confirm`, both answers about the patch are tried.
 */
function requestsOf(id: PersonRequest['case'], { verb, actor, waiver }: Attempt): readonly PersonRequest[] {
  const least = leastRequest(verb, id)
  if (least.verb === 'assign-patch') return [{ ...least, to: actor.person }]
  if (least.verb === 'approve') return [{ ...least, typedCase: id }]
  if (least.verb === 'confirm') return [least, { ...least, fixed: false }]
  return [least.verb === 'waive' ? { ...least, ...waiver } : least]
}

type PersonActor = Extract<Actor, { kind: 'person' }> & { readonly person: PersonId }

const actorOf = (person: PersonId): PersonActor => ({ kind: 'person', person, platform: 'terminal', account: person })

/** Everybody whom the `who` of this advice can mean. The gates decide which of these people may run the command. */
function actorsOf({ policy, world, actor }: Question, { who }: Lift): readonly PersonActor[] {
  if (who === 'you') return actor.kind === 'person' && actor.person !== undefined ? [actorOf(actor.person)] : []
  const named = policy.people.filter(({ name }) => name === who)
  return named.length > 0 ? named.map(({ id }) => actorOf(id)) : everybodyOn(world)
}

const everybodyOn = ({ case: state }: World): readonly PersonActor[] =>
  Object.keys(state?.people ?? {}).map((id) => actorOf(PersonId.parse(id)))

/** Whether the command would pass now for anybody on the case. */
export function isPossibleNow(policy: Policy, world: World, verb: PersonVerb, at: Instant): boolean {
  const { case: state } = world
  if (state === undefined) return false
  const request = leastRequest(verb, state.id)
  return everybodyOn(world).some((actor) => refusalOf({ policy, world, request }, { verb, actor, at }) === undefined)
}
