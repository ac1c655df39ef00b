import { CaseId, instant, isPersonVerb, later, sampleInputs, takesTwoPeople } from '../../src/index.ts'
import { doubtsOf } from '../../src/state/evolve/delivery.ts'
import type { Actor, Instant, PersonId, Lift, PersonRequest, PersonVerb, Refusal } from '../../src/index.ts'
import { MAILS, viewOf } from '@embargo/policy-check'
import { DAY, HOUR, person } from '../fixtures/scenario.ts'
import { Several } from '../fixtures/several.ts'
import { ENTRIES } from './rows.ts'
import { shown } from './states.ts'
import { VARIANTS } from './variants.ts'

/** The same state, on which something can be tried. */
function copyOf({ policy, states, now }: Several, at: Instant = now): Several {
  const copy = new Several(policy)
  for (const [stream, state] of states) copy.states.set(stream, state)
  copy.now = at
  return copy
}

/** What can be asked by a verb of a case: what the exploration would, and what the tables do. */
function requestsOf(scenario: Several, id: CaseId, verb: PersonVerb): readonly PersonRequest[] {
  const { policy, now } = scenario
  const world = scenario.worldAt(id)
  const { case: state, release } = world
  const people = policy.people.map((one) => one.id)
  const checkScenario = { policy, reporter: 'reachable', people, start: now } as const
  const explored = state === undefined ? [] : sampleInputs(verb, viewOf(checkScenario, now, world, state))
  const asked = [...explored, ...asksOf(verb).flatMap((asks) => own(() => asks(scenario)))]
  const here = verb === 'open' ? asked : asked.map((one) => ({ ...one, case: id }))
  const reports = state?.reports.map((one) => one.id) ?? []
  return [
    ...here,
    ...here.flatMap((one) =>
      OF_A_REPORT.has(verb) ? reports.map((report) => ({ ...one, report }) as PersonRequest) : [],
    ),
    ...(verb === 'settle' ? settled(id, doubtsOf(state ?? { parked: [] }, release)) : []),
  ]
}

const settled = (id: CaseId, doubts: ReturnType<typeof doubtsOf>): readonly PersonRequest[] =>
  doubts.map(({ effect }) => ({ verb: 'settle', case: id, effect, outcome: 'went' }) as const)

/** Commands that can name the report that they are about. */
const OF_A_REPORT: ReadonlySet<PersonVerb> = new Set([
  'log-answer.credit',
  'reply',
  'reply.question',
  'party.forward',
  'log-answer.address',
  'reply.progress',
])

type Asks = (scenario: Several) => PersonRequest

/** How the tables ask for a command: also where they are refused, which another state would not do. */
const asksOf = (verb: PersonVerb): readonly Asks[] => [
  ...ENTRIES.filter(([name]) => name === verb).flatMap(([, { asks, refused, noted = [] }]): readonly Asks[] => [
    asks,
    ...[...refused, ...noted].flatMap((line) => line.asks ?? []),
  ]),
  ...VARIANTS.map(({ asks }) => (scenario: Several) => {
    const request = asks(scenario)
    if (request.verb !== verb) throw new Error('another command')
    return request
  }),
]

/** A row may ask for what its own state alone has. */
function own(asks: () => PersonRequest): readonly PersonRequest[] {
  try {
    return [asks()]
  } catch {
    return []
  }
}

/** Whether something came of it: at once, or by the yes of another; and why not. */
function does(scenario: Several, request: PersonRequest, actor: Actor): 'yes' | Refusal | undefined {
  const decision = scenario.ask(request, actor)
  if (!decision.ok) return decision.refusal
  if (decision.appends.length === 0) return undefined
  if (!takesTwoPeople(request)) return 'yes'
  const state = scenario.caseState(request.case)
  const open = state.approvals.findLast(({ status }) => status === 'open')
  if (open === undefined) return 'yes'
  scenario.now = instant(Math.max(scenario.now, open.notBefore))
  const yes = { verb: 'approve', case: state.id, approval: open.id, typedCase: state.id } as const
  const seen = { ...shown, digest: open.digest, now: open.digest }
  return scenario.policy.people.some(({ id }) => scenario.ask({ ...yes, shown: seen }, person(id)).ok)
    ? 'yes'
    : undefined
}

/** Takes in a mail from the reporter of the last report, sent just now. */
function written(scenario: Several, id: CaseId): void {
  const { case: state } = scenario.worldAt(id)
  const report = state?.reports.at(-1)
  if (report === undefined) return
  const mail = { message: MAILS.fresh, from: 'reporter', report: report.id, trust: 'domain-vouches' } as const
  scenario.ask({ verb: 'take-in-message', case: id, ...mail, automatic: false }, { kind: 'system', part: 'mail' })
}

type Asked = { readonly scenario: Several; readonly request: PersonRequest; readonly actor: Actor }

const isSame = (one: Refusal, other: Refusal): boolean => one.gate === other.gate && one.because === other.because

/** So many steps lead on from a lift that a rule refuses in its turn, and says what lifts that. */
const STEPS = 3

/** Where somebody did what a lift names, in every way that there is: at once, or after what lifts its own refusal. */
function* doing(scenario: Several, id: CaseId, verb: PersonVerb, steps: number): Generator<Several> {
  if (verb === 'log-answer') written(scenario, id)
  const refusals: { request: PersonRequest; by: PersonId; why: Refusal }[] = []
  for (const request of requestsOf(scenario, id, verb))
    for (const { id: by } of scenario.policy.people) {
      const tried = copyOf(scenario)
      const came = does(tried, request, person(by))
      if (came === 'yes') yield tried
      else if (came !== undefined && !refusals.some(({ why }) => isSame(why, came)))
        refusals.push({ request, by, why: came })
    }
  if (steps === 1) return
  for (const { request, by, why } of refusals)
    for (const { verb: first } of why.liftedBy) {
      if (first === undefined || !isPersonVerb(first) || first === verb) continue
      for (const before of doing(copyOf(scenario), id, first, steps - 1))
        if (does(before, request, person(by)) === 'yes') yield before
    }
}

/**
 * Whether doing what a refusal names helps the person who was refused: the same command then passes, or meets another
 * rule. Where the refusal names the same command again, it must pass for somebody.
 */
export function lifts({ scenario, request, actor }: Asked, refusal: Refusal, { verb, how }: Lift): boolean {
  if (verb === undefined || !isPersonVerb(verb)) return true
  const id = CaseId.safeParse(/SEC-\d{4}-\d{4}/u.exec(how)?.[0]).data ?? request.case
  const getsFurther = (tried: Several): boolean => {
    if (INSTEAD.has(`${refusal.gate}>${verb}`)) return true
    const again = tried.ask(request, actor)
    return again.ok || !isSame(again.refusal, refusal)
  }
  return timesOf(scenario, request).some((at) => {
    if (verb !== request.verb) return somewhere(doing(copyOf(scenario, at), id, verb, STEPS), getsFurther)
    const people = scenario.policy.people.map((one) => person(one.id))
    return requestsOf(copyOf(scenario, at), id, verb).some((one) =>
      people.some((by) => copyOf(scenario, at).ask(one, by).ok),
    )
  })
}

function somewhere(places: Iterable<Several>, is: (place: Several) => boolean): boolean {
  for (const place of places) if (is(place)) return true
  return false
}

/** Now, a little later, and when a release or a second look is due. */
function timesOf(scenario: Several, { case: id }: PersonRequest): readonly Instant[] {
  const { now } = scenario
  const { release } = scenario.worldAt(id)
  return [
    now,
    later(now, HOUR),
    later(now, 3 * DAY),
    ...(release?.at !== undefined && release.at > now ? [release.at] : []),
  ]
}

/** Lifts that name an alternative while the rule stays: it is enough that somebody can run the alternative. */
const INSTEAD: ReadonlySet<string> = new Set([
  'embargo-cap>embargo.extend',
  'embargo-cap>embargo.until',
  'nothing-public>disclose',
  'secrecy-over>prenotify',
  'one-live-release>release.move',
  'one-live-release>release.plan',
  // The branch is settled by it, and nobody needs to confirm it any more.
  'verifier-is-not-author>waive',
  'verifier-is-not-author>log-answer',
  // A person who is away for longer than a year has no cases.
  'makes-sense>people.handoff',
])
