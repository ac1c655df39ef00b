import {
  BlobId,
  brokenInvariants,
  CaseId,
  clocks,
  CommandId,
  decide,
  evolveRecorded,
  instant,
  isSystem,
  Sha256,
  worldOf,
} from '@embargo/core'
import type { Actor, Command, EffectId, Instant, PersonId, Request, State, StreamId, World } from '@embargo/core'
import { rebuildReadModels } from '@embargo/engine'
import type { EventStore, Irreversible, RunningEngine } from '@embargo/engine'
import { byMail, from, PEOPLE, pick, report, requests } from './steps.ts'
import type { Step } from './steps.ts'

/** Reports that come in the course of a history. */
const CASES = 4
/** So many that follow the drawn one are looked at for one that passes. */
const TRIED = 25
const NOTHING = Sha256.parse('0'.repeat(64))
const FIRST = instant(Date.UTC(2026, 4, 4, 9, 0))

/** What takes two people is shown first. */
const SHOWN: ReadonlySet<string> = new Set([
  'prenotify',
  'disclose',
  'approve',
  'release-cancel',
  'reschedule',
  'prenotify-update',
  'signal-public',
  'signal-exploit',
  'signal-attack',
  'signal-leak',
  'signal-correct',
  'interim',
])
const isShown = (request: Request): request is Irreversible => SHOWN.has(request.verb)

const person = (id: PersonId): Actor => ({ kind: 'person', person: id, platform: 'terminal', account: id })

export type Tally = { commands: number; refused: number; repeated: number; events: number; kinds: Set<string> }

/** Some writers of one database, and the hand that moves their clock. */
export type House = {
  readonly writers: readonly RunningEngine[]
  readonly events: EventStore
  readonly clock: { now: Instant }
}

/** Plays drawn steps, and asks after each what must never hold. */
export class History {
  readonly tally: Tally = { commands: 0, refused: 0, repeated: 0, events: 0, kinds: new Set() }
  readonly #house: House
  readonly #sent: Command[] = []
  #n = 0

  constructor(house: House) {
    this.#house = house
  }

  async play(steps: readonly Step[]): Promise<void> {
    for (const [at, step] of steps.entries()) {
      this.#house.clock.now = instant(this.#house.clock.now + step.wait)
      if (at % Math.ceil(steps.length / CASES) === 0)
        await this.#send(this.#writer(step.by), byMail, report(at, this.#now))
      await this.#step(step)
      await this.#hold()
    }
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
    const cases = await this.#cases()
    const id = pick(cases, step.on)
    if (id === undefined) return
    const writer = this.#writer(step.by)
    if (step.what % 5 === 0) return this.#outside(writer, id, step)
    const world = await writer.world(id)
    if (world?.case === undefined) return
    const { blob } = await writer.putBlob(id, new TextEncoder().encode('a patch'))
    this.#n += 1
    const all = requests({ ...world, case: world.case }, step, { n: this.#n, at: this.#now, blob, cases })
    const by = (request: Request): Actor =>
      isSystem(request) ? byMail : person(pick(PEOPLE, step.by) ?? PEOPLE[0] ?? never())
    const drawn = from(all, step.what)
    const passes = step.blind ? undefined : drawn.slice(0, TRIED).find((one) => this.#wouldPass(world, by(one), one))
    const [first] = drawn
    const chosen = passes ?? first
    if (chosen === undefined) return
    const request = await this.#shown(writer, chosen)
    const actor = by(request)
    const old = pick(this.#sent, step.other)
    if (step.comes === 'old' && old !== undefined) await this.#again(this.#writer(step.other), old)
    if (step.comes === 'at once') {
      const also = this.#command(actor, request)
      await Promise.all([this.#send(writer, actor, request), this.#run(this.#writer(step.by + 1), also)])
      return
    }
    const sent = await this.#send(writer, actor, request)
    if (step.comes === 'again') await this.#again(this.#writer(step.by + 1), sent)
  }

  /** Whether it would change something: most that is drawn blindly is refused, and a history must get somewhere. */
  #wouldPass(world: World, actor: Actor, asked: Request): boolean {
    const request = isShown(asked) ? { ...asked, shown: { digest: NOTHING, blob: BlobId.parse('none') } } : asked
    const command = { commandId: CommandId.parse('history:tried'), actor, at: this.#now, request }
    const decision = decide(this.#writer(0).policy, world, command, this.#now)
    return decision.ok && decision.appends.some(({ events }) => events.length > 0)
  }

  /** A mail that was sent has an outcome, or a clock has something to tell. */
  async #outside(writer: RunningEngine, id: CaseId, step: Step): Promise<void> {
    const world = await writer.world(id)
    if (world === undefined) return
    const due = clocks(writer.policy.policy, world).flatMap(({ stream, clock, round, moments }) =>
      moments
        .filter(({ at }) => at <= this.#now)
        .map(({ fraction }): Request => ({ verb: 'fire-clock', stream, clock, round, fraction })),
    )
    const told = pick(due, step.other)
    if (told !== undefined) await this.#send(writer, { kind: 'system', part: 'clock' }, told)
    const stream = world.release?.id ?? id
    const mails = (await writer.effects(stream)).flatMap(({ effect }) => (effect.kind === 'send-mail' ? [effect] : []))
    const mail = mails.find(({ id: effect }) => !this.#answered.has(effect))
    if (mail === undefined) return
    this.#answered.add(mail.id)
    const { letter, to, id: effect } = mail
    const outcome = { is: 'mail-accepted', letter, to, messageId: '<mail@example.org>' } as const
    await this.#send(
      writer,
      { kind: 'system', part: 'dispatcher' },
      { verb: 'record-outcome', stream, effect, outcome },
    )
  }
  readonly #answered = new Set<EffectId>()

  async #shown(writer: RunningEngine, request: Request): Promise<Request> {
    if (!isShown(request)) return request
    const preview = await writer.preview(request, this.#now)
    return 'gate' in preview ? request : { ...request, shown: { digest: preview.digest, blob: preview.blob } }
  }

  #command(actor: Actor, request: Request): Command {
    this.tally.commands += 1
    return { commandId: CommandId.parse(`history:${this.tally.commands}`), actor, at: this.#now, request }
  }

  async #send(writer: RunningEngine, actor: Actor, request: Request): Promise<Command> {
    const command = this.#command(actor, request)
    this.#sent.push(command)
    await this.#run(writer, command)
    return command
  }

  async #run(writer: RunningEngine, command: Command): Promise<void> {
    const answer = await writer.handle(command)
    if (!answer.ok) this.tally.refused += 1
  }

  /** A repeated delivery is answered as before and appends nothing. */
  async #again(writer: RunningEngine, command: Command): Promise<void> {
    const before = await this.#length()
    const answer = await writer.handle(command)
    this.tally.repeated += 1
    if (!answer.repeated) throw new Error(`${command.request.verb} was handled twice`)
    if ((await this.#length()) !== before) throw new Error(`${command.request.verb} appended twice`)
  }

  async #length(): Promise<number> {
    let length = 0
    for await (const stream of this.#house.events.streams()) length += await this.#house.events.version(stream)
    return length
  }

  async #cases(): Promise<readonly CaseId[]> {
    const cases: CaseId[] = []
    for await (const stream of this.#house.events.streams()) {
      const id = CaseId.safeParse(stream)
      if (id.success) cases.push(id.data)
    }
    return cases
  }

  async #hold(): Promise<void> {
    for (const id of await this.#cases()) {
      const world = await this.#writer(0).world(id)
      const broken = world === undefined ? [] : brokenInvariants(world)
      if (broken.length > 0) throw new Error(`${id}: ${broken.join('; ')}`)
    }
  }

  /** The log alone gives every state again, its chain is whole, and the read models are made from it equally. */
  async folds(): Promise<void> {
    const { events, writers } = this.#house
    const folded = new Map<StreamId, State>()
    for await (const stream of events.streams()) {
      for (const recorded of await events.read(stream)) {
        this.tally.events += 1
        this.tally.kinds.add(recorded.event.type)
        folded.set(stream, evolveRecorded(folded.get(stream), recorded))
      }
      const chain = await events.verify(stream)
      if (!chain.ok) throw new Error(`the chain of ${stream} is broken`)
    }
    for (const writer of writers) {
      for (const [stream, state] of folded) same(stream, state, await writer.state(stream))
    }
    for (const stream of folded.keys()) {
      const broken = brokenInvariants(worldOf(stream, folded))
      if (broken.length > 0) throw new Error(`${stream}: ${broken.join('; ')}`)
    }
    const engine = this.#writer(0)
    const before = await engine.cases({ limit: 100 })
    await rebuildReadModels(engine)
    same('the read models', before, await engine.cases({ limit: 100 }))
  }
}

function same(what: string, one: unknown, other: unknown): void {
  const [a, b] = [JSON.stringify(sorted(one)), JSON.stringify(sorted(other))]
  if (a !== b) throw new Error(`${what} came out differently: ${a} and ${b}`)
}

/** The same value with the fields of every object in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  )
}

function never(): never {
  throw new Error('there are people')
}

export const begin = (): { now: Instant } => ({ now: FIRST })
