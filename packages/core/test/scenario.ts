import { ana, ben, quillmark } from '@embargo/testkit/policy'
import {
  BlobId,
  CaseId,
  CommandId,
  decide,
  DAY,
  EventId,
  evolveRecorded,
  foretell,
  HOUR,
  instant,
  later,
  MessageId,
  PEOPLE,
  react,
  ReporterId,
  Sha256,
  touches,
  waitingCommand,
  worldOf,
} from '../src/index.ts'
import type {
  Actor,
  ApprovedMail,
  Decision,
  Effect,
  Event,
  Instant,
  PersonId,
  PersonRequest,
  Policy,
  PolicySource,
  Recorded,
  Refusal,
  Request,
  State,
  StreamId,
  World,
} from '../src/index.ts'

export const CASE = CaseId.parse('SEC-2026-0001')
export const START = instant(Date.UTC(2026, 4, 4, 9, 0)) // a Monday
export const HASH = Sha256.parse('a'.repeat(64))
export const OTHER_HASH = Sha256.parse('b'.repeat(64))
export const BLOB = BlobId.parse('blob-1')
export { ana, ben }

/** A team of two with one list, on the terminal; `change` lays something else over it. */
export const policyOf = (
  profile: 'solo' | 'team' | 'organisation' = 'team',
  change: Partial<PolicySource> = {},
): Policy => quillmark(profile, { platforms: ['terminal'], ...change })

const SYSTEM: Actor = { kind: 'system', part: 'mail' }
export const person = (id: PersonId): Actor => ({ kind: 'person', person: id, platform: 'terminal', account: id })

/** Streams in memory, driven through the real touches, decide, evolve and react. */
export class Scenario {
  policy: Policy
  readonly states = new Map<StreamId, State>()
  readonly log: Recorded[] = []
  readonly effects: Effect[] = []
  now: Instant = START
  #commands = 0

  constructor(policy: Policy = policyOf()) {
    this.policy = policy
  }

  get world(): World {
    return this.worldAt(CASE)
  }

  worldAt(stream: StreamId): World {
    return worldOf(stream, this.states)
  }

  wait(milliseconds: number): this {
    this.now = later(this.now, milliseconds)
    return this
  }

  ask(asked: Request, actor: Actor): Decision {
    this.#commands += 1
    const request = this.#withMails(asked)
    const command = { commandId: CommandId.parse(`test:${this.#commands}`), actor, at: this.now, request }
    const stream: StreamId = 'stream' in request ? request.stream : request.case
    const seen = touches(command, this.worldAt(stream))
    if (!seen.includes(stream)) throw new Error('a command touches its own stream')
    // As the engine does: what a command does not touch, it does not see.
    const near = new Map(seen.map((id) => [id, this.states.get(id)]))
    const decision = decide({ policy: this.policy, hash: HASH }, worldOf(stream, near), command, this.now)
    if (decision.ok && bringsPeople(decision) && !seen.includes(PEOPLE))
      throw new Error(`${request.verb} brings people onto a case, and does not look whether they are there`)
    if (decision.ok) this.#apply(decision, command.commandId, actor)
    return decision
  }

  /** What the engine adds: the mails that it rendered. Here a mail's words are its letter and nothing else. */
  #withMails(request: Request): Request {
    if (!('shown' in request)) return request
    const world = this.worldAt(request.case)
    const { case: state } = world
    const { shown, ...bare } = request
    if (shown === undefined || state === undefined) return request
    const named = 'approval' in request ? request.approval : undefined
    const open = state.approvals.findLast(
      ({ id, status }) => status === 'open' && (named === undefined || id === named),
    )
    const waiting = bare.verb !== 'approve' ? bare : open && waitingCommand(open)
    if (waiting === undefined) return request
    const foretold = foretell(this.policy, world, waiting, this.now)
    if (foretold === undefined || 'gate' in foretold) return request
    const mails = foretold.mails.map(({ letter, to }): ApprovedMail => ({ letter, to, words: HASH }))
    return { ...request, shown: { ...shown, mails } }
  }

  #apply(decision: Extract<Decision, { ok: true }>, commandId: CommandId, actor: Actor): void {
    let n = 0
    const recorded = decision.appends.flatMap(({ stream, events }) =>
      events.map((event): Recorded => {
        n += 1
        const version = (this.states.get(stream)?.version ?? 0) + 1
        const one = {
          eventId: EventId.parse(`${commandId}:${n}`),
          stream,
          version,
          at: this.now,
          actor,
          commandId,
          policy: HASH,
          event,
        }
        this.states.set(stream, evolveRecorded(this.states.get(stream), one))
        return one
      }),
    )
    this.log.push(...recorded)
    for (const one of recorded)
      this.effects.push(...react(one, this.worldAt(one.stream), { policy: this.policy, hash: HASH }))
  }

  /** Something that happened without a command of the tests. */
  happens(stream: StreamId, event: Event): this {
    this.#commands += 1
    this.#apply({ ok: true, appends: [{ stream, events: [event] }] }, CommandId.parse(`test:${this.#commands}`), SYSTEM)
    return this
  }

  /** Runs a command that must pass, and says what it appended. */
  does(request: Request, actor: Actor = SYSTEM): readonly Event['type'][] {
    const decision = this.ask(request, actor)
    if (!decision.ok)
      throw new Error(`${request.verb} was refused: ${decision.refusal.gate}: ${decision.refusal.because}`)
    return decision.appends.flatMap((append) => append.events.map((event) => event.type))
  }

  /** Runs a command that must be refused, and gives the refusal. */
  refused(request: PersonRequest, actor: Actor): Refusal {
    const decision = this.ask(request, actor)
    if (decision.ok) throw new Error(`${request.verb} passed`)
    return decision.refusal
  }

  opens(): this {
    this.does({
      verb: 'open-case',
      case: CASE,
      project: 'quillmark',
      message: MessageId.parse('mail-1'),
      receivedAt: this.now,
      reporter: ReporterId.parse('rep-1'),
      identity: { name: 'Rafi', address: 'rafi@reporter.example' },
      trust: 'nothing-proven',
      automatic: false,
    })
    return this
  }

  /** To a submitted patch on main, written by Ben, that waits for the reporter. */
  untilPatch(): this {
    this.opens()
    this.does({ verb: 'ack', case: CASE }, person(ana))
    this.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high', cwe: 'CWE-22' }, person(ana))
    this.does(
      { verb: 'affects', case: CASE, branch: 'main', affected: true, range: '< 4.3', fixedVersion: '4.3' },
      person(ana),
    )
    this.does({ verb: 'assign-patch', case: CASE, to: this.author, branches: [] }, person(ana))
    this.does(
      { verb: 'patch-submit', case: CASE, sha256: HASH, blob: BLOB, fileName: 'fix.patch' },
      person(this.author),
    )
    return this
  }

  get author(): PersonId {
    return this.policy.people.length > 1 ? ben : ana
  }

  /** To a fix that the reporter verified and an advisory that is written. */
  untilReady(): this {
    this.untilPatch().wait(HOUR)
    const message = MessageId.parse('mail-2')
    this.does({
      verb: 'take-in-message',
      case: CASE,
      message,
      from: 'reporter',
      report: this.reportId,
      trust: 'nothing-proven',
      automatic: false,
    })
    this.does({ verb: 'log-answer', case: CASE, message, answer: { about: 'verification', fixed: true } }, person(ana))
    this.does(
      {
        verb: 'advisory',
        case: CASE,
        component: 'the template loader',
        impact: 'By naming a template …, an attacker may read files.',
      },
      person(ana),
    )
    return this
  }

  get reportId() {
    const report = this.world.case?.reports[0]
    if (report === undefined) throw new Error('no report')
    return report.id
  }

  /** To the pre-notification that left, a legal date ahead. */
  untilPrenotified(at: Instant): this {
    this.untilReady()
    this.does({ verb: 'prenotify', case: CASE, at, shown: { digest: OTHER_HASH, blob: BLOB } }, person(ana))
    this.does({ verb: 'approve', case: CASE, shown: { digest: OTHER_HASH, blob: BLOB } }, person(ben))
    return this
  }
}

const bringsPeople = ({ appends }: Extract<Decision, { ok: true }>): boolean =>
  appends.some(({ events }) => events.some(({ type }) => BRINGS_PEOPLE.has(type)))

const BRINGS_PEOPLE: ReadonlySet<Event['type']> = new Set<Event['type']>([
  'CaseOpened',
  'CaseReopened',
  'PersonInvited',
  'ConsentGiven',
])

/** Tuesday 12 May 2026, 14:00 UTC: eight dates after the start, in the window. */
export const RELEASE = instant(Date.UTC(2026, 4, 12, 14, 0))
export { DAY, HOUR }
