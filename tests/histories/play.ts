import {
  assertNever,
  BlobId,
  brokenInvariants,
  CaseId,
  clocks,
  CommandId,
  DAY,
  decide,
  instant,
  isSystem,
  Sha256,
  TWO_PERSON_VERBS,
} from '@embargo/core'
import type {
  Actor,
  Command,
  Effect,
  EffectId,
  Instant,
  PersonId,
  Request,
  State,
  StreamId,
  World,
} from '@embargo/core'
import type { EventStore, IrreversibleRequest, RunningEngine } from '@embargo/engine'
import { checkLog } from './checks.ts'
import { emptyTally } from './tally.ts'
import type { Tally } from './tally.ts'
import { mailActor, from, PEOPLE, pick, report, requests } from './steps.ts'
import type { Step } from './steps.ts'
import type { Witness } from './witness.ts'

/** A report comes if fewer than `ALIVE` cases are open. Another one comes every `REPORT_EVERY` steps. */
const ALIVE = 3
const REPORT_EVERY = 60
/** One in this many steps is about any case, including closed cases. All others are about open cases. */
const ANY = 12
/** At most this many drawn requests are tried until one passes. */
const TRIED = 75
const NOTHING = Sha256.parse('0'.repeat(64))
const FIRST = instant(Date.UTC(2026, 4, 4, 9, 0))

/** The commands that need a preview: each command that takes two people, and `approve`. */
const SHOWN: ReadonlySet<string> = new Set([...TWO_PERSON_VERBS, 'approve'])
const isShown = (request: Request): request is IrreversibleRequest => SHOWN.has(request.verb)

const person = (id: PersonId): Actor => ({ kind: 'person', person: id, platform: 'terminal', account: id })

type Mail = Extract<Effect, { kind: 'send-mail' }>
type Outcome = Extract<Request, { verb: 'record-outcome' }>['outcome']

/** The writers of one database, and the clock that they share. */
export type House = {
  readonly writers: readonly RunningEngine[]
  readonly events: EventStore
  /** The number of events that all writers have written so far. */
  readonly written: () => number
  readonly witness: Witness
  readonly clock: { now: Instant }
}

/** Plays randomly drawn steps. After each step, checks that no invariant is broken. */
export class History {
  readonly tally: Tally = emptyTally()
  readonly #house: House
  readonly #cases = new Map<CaseId, 'open' | 'over'>()
  /** The states after the previous step. */
  readonly #states = new Map<StreamId, State>()
  readonly #sent: Command[] = []
  #n = 0

  constructor(house: House) {
    this.#house = house
  }

  async play(steps: readonly Step[]): Promise<void> {
    for (const [at, step] of steps.entries()) {
      if (step.wait >= DAY) this.tally.jumps += 1
      this.#house.clock.now = instant(this.#house.clock.now + step.wait)
      if (this.#open().length < ALIVE || at % REPORT_EVERY === 0)
        await this.#send(this.#writer(step.by), mailActor, report(at, this.#now))
      await this.#step(step)
      await this.#hold()
    }
    const { events, longest, kinds, credits } = await checkLog(this.#house)
    if (events !== this.#house.written())
      throw new Error(`${events} events are in the log, ${this.#house.written()} were written`)
    const days = Math.round((this.#now - FIRST) / DAY)
    Object.assign(this.tally, { cases: this.#cases.size, days, events, longest, kinds, credits })
  }

  #open(): readonly CaseId[] {
    return [...this.#cases].flatMap(([id, is]) => (is === 'open' ? [id] : []))
  }

  get #now(): Instant {
    return this.#house.clock.now
  }

  #writer(at: number): RunningEngine {
    const { writers } = this.#house
    const one = writers[at % writers.length]
    if (one === undefined) throw new Error('nobody writes')
    return one
  }

  async #step(step: Step): Promise<void> {
    const cases = step.other % ANY === 0 ? [...this.#cases.keys()] : this.#open()
    const id = pick(cases, step.on)
    if (id === undefined) return
    // This step may reopen a closed case, so the case counts as open from now on.
    this.#cases.set(id, 'open')
    const writer = this.#writer(step.by)
    if (step.what % 5 === 0) return this.#outside(writer, id, step)
    const known = await writer.queries.world(id)
    if (known?.case === undefined) return
    const { blob } = await writer.commands.putBlob(id, new TextEncoder().encode('a patch'))
    this.#n += 1
    const world = { ...known, case: known.case, others: new Map([...this.#states, ...known.others]) }
    const others = cases.flatMap((one) => {
      const state = this.#states.get(one)
      return state?.kind === 'case' ? [state] : []
    })
    const drawn = requests(world, step, { n: this.#n, at: this.#now, blob, cases: others })
    const people = from(PEOPLE, step.by).map(person)
    const asked = drawn.flatMap((request) =>
      (isSystem(request) ? [mailActor] : people).map((actor) => ({ request, actor })),
    )
    const passes = step.blind
      ? undefined
      : asked.slice(0, TRIED).find((one) => this.#wouldPass(world, one.actor, one.request))
    const [first] = asked
    const chosen = passes ?? first
    if (chosen === undefined) return
    const { actor } = chosen
    const request = await this.#shown(writer, chosen.request)
    const old = pick(this.#sent, step.other)
    if (step.comes === 'old' && old !== undefined) await this.#again(this.#writer(step.other), old)
    if (step.comes === 'at once') {
      this.tally.together += 1
      const also = this.#command(actor, request)
      await Promise.all([this.#send(writer, actor, request), this.#run(this.#writer(step.by + 1), also)])
      return
    }
    const sent = await this.#send(writer, actor, request)
    if (step.comes === 'again') await this.#again(this.#writer(step.by + 1), sent)
  }

  /**
   * Whether the request would change something. Without this check, most random requests would be refused, and the
   * history would make no progress.
   */
  #wouldPass(world: World, actor: Actor, asked: Request): boolean {
    const request = isShown(asked) ? { ...asked, shown: { digest: NOTHING, blob: BlobId.parse('none') } } : asked
    const command = { commandId: CommandId.parse('history:tried'), actor, at: this.#now, request }
    const decision = decide(this.#writer(0).policy, world, command, this.#now)
    return decision.ok && decision.appends.some(({ events }) => events.length > 0)
  }

  /** Plays external events: a clock fires, or the outcome of a mail arrives. */
  async #outside(writer: RunningEngine, id: CaseId, step: Step): Promise<void> {
    const world = await writer.queries.world(id)
    if (world === undefined) return
    const due = clocks(writer.policy.policy, world).flatMap(({ stream, clock, round, moments }) =>
      moments
        .filter(({ at }) => at <= this.#now)
        .map(({ fraction }): Request => ({ verb: 'fire-clock', stream, clock, round, fraction })),
    )
    const told = pick(due, step.other)
    if (told !== undefined) await this.#send(writer, { kind: 'system', part: 'clock' }, told)
    for (const stream of world.release === undefined ? [id] : [world.release.id, id]) {
      const mails = (await writer.queries.effects(stream)).flatMap(({ effect }) =>
        effect.kind === 'send-mail' ? [effect] : [],
      )
      const mail = mails.find(({ id: effect }) => !this.#answered.has(effect))
      if (mail === undefined) continue
      this.#answered.add(mail.id)
      await this.#send(
        writer,
        { kind: 'system', part: 'dispatcher' },
        { verb: 'record-outcome', stream, effect: mail.id, outcome: outcomeOf(mail, step.mail) },
      )
    }
  }
  /** The effects whose outcome is known. If an effect is sent again, it is removed from this set. */
  readonly #answered = new Set<EffectId>()

  async #shown(writer: RunningEngine, request: Request): Promise<Request> {
    if (!isShown(request)) return request
    const preview = await writer.commands.preview(request, this.#now)
    return 'gate' in preview ? request : { ...request, shown: { digest: preview.digest, blob: preview.blob } }
  }

  #command(actor: Actor, request: Request): Command {
    this.tally.commands += 1
    const command = { commandId: CommandId.parse(`history:${this.tally.commands}`), actor, at: this.#now, request }
    this.#house.witness.asks(command)
    return command
  }

  async #send(writer: RunningEngine, actor: Actor, request: Request): Promise<Command> {
    const command = this.#command(actor, request)
    this.#sent.push(command)
    await this.#run(writer, command)
    return command
  }

  async #run(writer: RunningEngine, command: Command): Promise<void> {
    const answer = await writer.commands.handle(command)
    if (!answer.ok) this.tally.refused += 1
    const { request } = command
    if (answer.ok && request.verb === 'settle' && request.outcome === 'again') this.#answered.delete(request.effect)
  }

  /** Checks that a repeated command gets the same answer and appends nothing to the log. */
  async #again(writer: RunningEngine, command: Command): Promise<void> {
    const before = this.#house.written()
    const answer = await writer.commands.handle(command)
    this.tally.repeated += 1
    if (!answer.repeated) throw new Error(`${command.request.verb} was handled twice`)
    if (this.#house.written() !== before) throw new Error(`${command.request.verb} appended twice`)
  }

  /** Checks the invariants for every case that is open, or was open before this step. */
  async #hold(): Promise<void> {
    for await (const stream of this.#house.events.streams()) {
      const id = CaseId.safeParse(stream)
      if (id.success && !this.#cases.has(id.data)) this.#cases.set(id.data, 'open')
    }
    this.#house.witness.look()
    const open = this.#open()
    this.tally.alive = Math.max(this.tally.alive, open.length)
    for (const id of open) {
      const world = await this.#writer(0).queries.world(id)
      if (world?.case !== undefined) this.#states.set(id, world.case)
      if (world?.release !== undefined) this.#states.set(world.release.id, world.release)
      const broken = world === undefined ? [] : brokenInvariants(world)
      if (broken.length > 0) throw new Error(`${id}: ${broken.join('; ')}`)
      if (world?.case?.rm === 'closed') this.#cases.set(id, 'over')
    }
  }
}

function outcomeOf({ letter, to }: Pick<Mail, 'letter' | 'to'>, is: Step['mail']): Outcome {
  switch (is) {
    case 'accepted':
      return { is: 'mail-accepted', letter, to, messageId: '<mail@example.org>' }
    case 'failed':
      return { is: 'mail-failed', letter, to, because: 'refused' }
    case 'in doubt':
      return { is: 'parked', doubt: true, because: 'in doubt', letter, to }
    default:
      return assertNever(is)
  }
}

export const begin = (): { now: Instant } => ({ now: FIRST })
