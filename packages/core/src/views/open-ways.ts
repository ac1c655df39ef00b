import { isWaivable } from '../shared/gate-id.ts'
import type { GateId } from '../shared/gate-id.ts'
import type { Actor } from '../shared/actor.ts'
import type { Instant } from '../shared/instant.ts'
import type { Policy } from '../policy/schema.ts'
import { isPersonVerb } from '../policy/roles.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import type { Lift, Refusal, World } from '../vocabulary/decision.ts'
import { explainWhole, leastRequest } from './explain.ts'

/** How many refusals in a row are looked behind: an unread case is four commands away from its patch. */
const MOST_STEPS = 4

/** Gates that refuse a person, whatever the case is like. */
const ABOUT_WHO_ASKS: ReadonlySet<GateId> = new Set<GateId>([
  'role',
  'on-the-case',
  'not-the-reporter',
  'no-conflict',
  'second-person',
])

type Asked = {
  readonly policy: Policy
  readonly world: World
  readonly actor: Actor
  readonly request: PersonRequest
  readonly at: Instant
}

/**
 * The refusal with the ways out that work now. Where a command would itself be refused, what comes before it is named
 * first; another choice that is not open, or a way that nobody could take, loses its command and stays as a sentence.
 */
export const withOpenWays = (asked: Asked, refusal: Refusal): Refusal => ({
  ...refusal,
  liftedBy: openWays(asked, refusal, MOST_STEPS),
})

function openWays(asked: Asked, refusal: Refusal, steps: number): readonly Lift[] {
  const ways = refusal.liftedBy.map((lift) => openWay(asked, { lift, refusal, steps }))
  return ways.filter((way, index) => ways.findIndex((one) => isSame(one, way)) === index)
}

const isSame = (one: Lift, other: Lift): boolean =>
  one.who === other.who && one.how === other.how && one.verb === other.verb

type Way = { readonly lift: Lift; readonly refusal: Refusal; readonly steps: number }

function openWay(asked: Asked, { lift, refusal, steps }: Way): Lift {
  const request = requestOf(lift, asked.request, refusal)
  if (request === undefined) return lift
  const refusals = actorsOf(asked, lift).map((actor) =>
    explainWhole(asked.policy, asked.world, { actor, request }, lift.from ?? asked.at),
  )
  if (refusals.includes(undefined)) return lift
  const closed = refusals.find((one) => one !== undefined && !ABOUT_WHO_ASKS.has(one.gate))
  // It only asks for a value that the person who types it has.
  if (closed?.gate === 'makes-sense' && closed.liftedBy.every(({ verb }) => verb === request.verb)) return lift
  const isKnown = closed === undefined || (closed.gate === refusal.gate && closed.because === refusal.because)
  const before =
    isKnown || steps === 1 || lift.instead === true ? [] : openWays({ ...asked, request }, closed, steps - 1)
  const first = before.find(({ verb }) => verb?.startsWith('signal.') !== true)
  // A way that records what happened outside is no step that people can take to get on.
  return first === undefined ? withoutCommand(lift) : { ...first, how: `${first.how}; then ${lift.who} ${lift.how}` }
}

const withoutCommand = ({ verb: _verb, ...lift }: Lift): Lift => lift

/** What the lift asks for; nothing where it names another value of the same command, or another case. */
function requestOf(lift: Lift, { verb, case: id }: PersonRequest, { gate }: Refusal): PersonRequest | undefined {
  if (lift.verb === undefined || !isPersonVerb(lift.verb) || lift.verb === verb || lift.of !== undefined)
    return undefined
  const least = leastRequest(lift.verb, id)
  if (least.verb === 'approve') return { ...least, typedCase: id }
  if (least.verb !== 'waive') return least
  const rule = lift.waives ?? (isWaivable(gate) ? gate : undefined)
  return rule === undefined ? undefined : { ...least, rule }
}

/** Everybody who may be meant; gates tell who of them may. */
function actorsOf({ policy, world, actor }: Asked, { who }: Lift): readonly Actor[] {
  if (who === 'you') return [actor]
  const named = policy.people.filter(({ name }) => name === who)
  const people = named.length > 0 ? named : policy.people.filter(({ id }) => world.case?.people[id] !== undefined)
  return people.map(({ id }) => ({ kind: 'person', person: id, platform: 'terminal', account: id }))
}
