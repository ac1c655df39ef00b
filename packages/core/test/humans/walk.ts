import {
  DAY,
  evolveRecorded,
  HOUR,
  isReleaseStream,
  MessageId,
  PEOPLE,
  PERSON_VERBS,
  PersonId,
  ReporterId,
  sampleInputs,
} from '../../src/index.ts'
import type {
  Actor,
  CaseState,
  Decision,
  Instant,
  PersonRequest,
  PersonVerb,
  Policy,
  Request,
  World,
} from '../../src/index.ts'
import { viewOf } from '@embargo/policy-check'
import { LinkingScenario } from '../fixtures/linking.ts'
import { ana, ben, BLOB, CASE, OTHER_HASH, person, RELEASE } from '../fixtures/scenario.ts'
import { FACTS } from './facts.ts'
import { GROUP, humanActing, humanOf, HUMANS, policyWith, TWOFOLD } from './household.ts'
import type { CveKind, Human } from './household.ts'

type Step = { readonly actor: Actor; readonly request: Request }

/** Where a walk begins. */
export const BEGINNINGS = ['prenotified', 'patched', 'ready', 'received', 'reported by Ben'] as const
export type Beginning = (typeof BEGINNINGS)[number]

/** A fault: what core sees instead of the truth. */
export type Fault = {
  readonly policy?: (policy: Policy) => Policy
  readonly world?: (world: World, request: Request) => World
  readonly request?: (request: Request, world: World) => Request
}

export type Walk = {
  readonly seed: number
  readonly steps: number
  readonly from: Beginning
  readonly cve: CveKind
  readonly fault?: Fault
}

export type WalkResult = {
  /** The first fact that was broken, and the steps that led there. */
  readonly broken?: { readonly fact: string; readonly path: readonly string[] }
  /** How often each type of event was recorded. */
  readonly tally: ReadonlyMap<string, number>
}

/** The commands that the checked facts are about. They are drawn most often. */
const OFTEN: readonly PersonVerb[] = ['confirm', 'log-answer', 'patch', 'release.move', 'signal.leak']
const MOSTLY: readonly PersonVerb[] = ['log-answer', ...OFTEN]
/** Commands that end a case or much of its work. They are drawn rarely, because a walk should not end early. */
const RARE: ReadonlySet<PersonVerb> = new Set<PersonVerb>([
  ...([
    'triage.affects',
    'close',
    'people.conflict',
    'cve.reject',
    'triage.not-now',
    'disclose',
    'triage.duplicate',
    'embargo.open',
  ] as const),
  ...(['embargo.end', 'disclose.interim', 'advisory.as', 'release.cancel', 'release.drop', 'people.remove'] as const),
  ...(['signal.exploit', 'signal.public', 'open.report', 'triage'] as const),
])
const OTHERS: readonly PersonVerb[] = PERSON_VERBS.filter((verb) => !RARE.has(verb))

/**
 * Pseudo-random numbers, always the same for a given seed:
 * https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * A scenario with a planted fault. Core decides on the state with the fault, and the events are applied to the real
 * state.
 */
class FaultyScenario extends LinkingScenario {
  fault: Fault = {}

  override ask(request: Request, actor: Actor): Decision {
    const { fault, world } = this
    const states = new Map(this.states)
    const asked = fault.request?.(request, world) ?? request
    const shown = fault.world?.(world, asked) ?? world
    for (const one of [shown.case, shown.release]) if (one !== undefined) this.states.set(one.id, one)
    this.policy = fault.policy?.(this.policy) ?? this.policy
    const events = this.log.length
    const decision = super.ask(asked, actor)
    for (const one of this.log.slice(events)) states.set(one.stream, evolveRecorded(states.get(one.stream), one))
    for (const [id, state] of states) this.states.set(id, state)
    return decision
  }
}

function startOfTwoCases({ from, cve }: Walk): FaultyScenario {
  const house = new FaultyScenario(policyWith(cve))
  house.group('discord', 'team', GROUP)
  if (from === 'reported by Ben') {
    house.does({
      verb: 'open-case',
      case: CASE,
      project: 'quillmark',
      message: MessageId.parse('mail-1'),
      receivedAt: house.now,
      reporter: ReporterId.parse('rep-1'),
      identity: { name: 'Ben', address: 'ben@quillmark.example' },
      person: PersonId.parse('ben'),
      trust: 'domain-vouches',
      automatic: false,
    })
    return house
  }
  if (from === 'received') return house.opens()
  if (from === 'patched') return house.untilPatch()
  house.untilReady()
  if (cve !== 'none') house.does({ verb: 'cve.request', case: CASE }, person(ana))
  if (from === 'ready') return house
  const shown = { digest: OTHER_HASH, blob: BLOB }
  house.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ana))
  house.does({ verb: 'approve', case: CASE, shown }, person(ben))
  return arrived(house)
}

/**
 * Records that the relay accepted every mail of the release. Otherwise the mails would count as still being sent, and
 * the release date could not be moved.
 */
function arrived(house: FaultyScenario, since = 0): FaultyScenario {
  for (const effect of house.effects.slice(since)) {
    if (effect.kind !== 'send-mail' || !isReleaseStream(effect.stream)) continue
    const { letter, to, stream, id } = effect
    const outcome = { is: 'mail-accepted', letter, to, messageId: '<m@example.org>' } as const
    house.does({ verb: 'record-outcome', stream, effect: id, outcome })
  }
  return house
}

/** Plays random steps of humans with all their accounts, and checks after each step that nothing forbidden happened. */
export function walk(walking: Walk): WalkResult {
  const random = randomFrom(walking.seed)
  const pick = <T>(some: readonly T[]): T | undefined => some[Math.floor(random() * some.length)]
  const house = startOfTwoCases(walking)
  house.fault = walking.fault ?? {}
  const hands = new Map<string, Set<string>>()
  for (const { event, actor } of house.log) note(event, actor)
  const tally = new Map<string, number>()
  const path: string[] = []
  let mails = 0

  function note(event: (typeof house.log)[number]['event'], actor: Actor): void {
    if (event.type !== 'PatchSubmitted') return
    const by = humanActing(actor)
    const author = event.author.kind === 'person' ? humanOf(house.written, event.author.person) : undefined
    hands.set(event.sha256, new Set([by, author].filter((one) => one !== undefined)))
  }

  function steps(): readonly Step[] {
    const dice = random()
    if (dice < 0.08) {
      house.wait(random() < 0.7 ? HOUR : DAY)
      return []
    }
    if (dice < 0.16) return mailed()
    // Ben, who has a second account, is picked most often.
    const human = pick([...HUMANS, ...TWOFOLD])
    const account = human && pick(human.accounts)
    if (human === undefined || account === undefined) return []
    const actor = house.by(...account)
    if (dice < 0.22) return links(human)
    if (dice < 0.23) return apart(actor)
    const often = random()
    const waits = house.world.case?.approvals.some(({ status }) => status === 'open') === true
    const verb = waits && random() < 0.4 ? 'approve' : pick(often < 0.6 ? MOSTLY : often < 0.975 ? OTHERS : [...RARE])
    const { case: state } = house.world
    if (verb === undefined || state === undefined) return []
    const inputs = inputsOf(verb, house.now, state).filter((one) => one.verb !== 'approve' || one.shown !== undefined)
    // Of the many possible answers, answers about a patch are preferred, because the checked facts are about patches.
    const verifying = inputs.filter((one) => one.verb === 'log-answer' && one.answer.about === 'verification')
    const request = pick(verifying.length > 0 && random() < 0.5 ? verifying : inputs)
    return request === undefined ? [] : [{ actor, request }]
  }

  function inputsOf(verb: PersonVerb, now: Instant, state: CaseState): readonly PersonRequest[] {
    const people = house.policy.people.map(({ id }) => id)
    const scenario = { policy: house.policy, reporter: 'reachable', people, start: now } as const
    const message = pick(state.messages.slice(-3))?.message
    return sampleInputs(verb, viewOf(scenario, now, house.world, state)).map((request) =>
      'message' in request && message !== undefined ? { ...request, message } : request,
    )
  }

  /** Mails from the reporter or an unverified sender. Some fail authentication, and some were sent by a program. */
  function mailed(): readonly Step[] {
    const report = house.world.case?.reports[0]?.id
    if (report === undefined) return []
    mails += 1
    const request = {
      verb: 'take-in-message',
      case: CASE,
      message: MessageId.parse(`mail-walk-${mails}`),
      from: random() < 0.8 ? 'reporter' : 'unverified',
      report,
      trust: random() < 0.7 ? 'nothing-proven' : 'failed',
      automatic: random() < 0.3,
    } as const
    return [{ actor: { kind: 'system', part: 'mail' }, request }]
  }

  /** Humans link only their own accounts. */
  function links({ accounts }: Human): readonly Step[] {
    const [one, other] = [pick(accounts), pick(accounts)]
    if (one === undefined || other === undefined) return []
    const mark = `mark-${house.log.length}`
    return [
      { actor: house.by(...one), request: { verb: 'link-ask', stream: PEOPLE, mark } },
      { actor: house.by(...other), request: { verb: 'link-claim', stream: PEOPLE, mark } },
      { actor: house.by(...one), request: { verb: 'link-confirm', stream: PEOPLE, agreed: true } },
    ]
  }

  /** An admin says that two accounts belong to different humans, but only if that is true. */
  function apart(actor: Actor): readonly Step[] {
    const [one, other] = [pick(house.policy.people)?.id, pick(house.policy.people)?.id]
    if (one === undefined || other === undefined) return []
    if (humanOf(house.policy, one) === humanOf(house.policy, other)) return []
    return [{ actor, request: { verb: 'tell-apart', stream: PEOPLE, persons: [one, other] } }]
  }

  /** Runs a step. Returns the name of the fact that the step breaks; undefined if it breaks none. */
  function take(next: Step): string | undefined {
    const before = house.world
    const [events, effects] = [house.log.length, house.effects.length]
    const { policy, now } = house
    if (!house.ask(next.request, next.actor).ok || house.log.length === events) return undefined
    const happened = house.log.slice(events)
    for (const { event, actor } of happened) {
      note(event, actor)
      tally.set(event.type, (tally.get(event.type) ?? 0) + 1)
    }
    path.push(`${humanActing(next.actor) ?? 'the program'}: ${JSON.stringify(next.request)}`)
    const execution = {
      ...next,
      policy,
      now,
      before,
      after: house.world,
      events: happened.map(({ event }) => event),
      hands,
    }
    const broken = FACTS.find((fact) => fact.broken({ ...execution, effects: house.effects.slice(effects) }))
    arrived(house, effects)
    return broken?.name
  }

  for (let n = 0; n < walking.steps; n += 1) {
    for (const one of steps()) {
      const fact = take(one)
      if (fact !== undefined) return { broken: { fact, path }, tally }
    }
  }
  return { tally }
}
