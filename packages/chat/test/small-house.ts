import { createHash } from 'node:crypto'
import {
  accountOn,
  accountsOf,
  actorOf,
  BlobId,
  CaseId,
  CommandId,
  decide,
  foretell,
  EventId,
  evolveRecorded,
  heldReleases,
  instant,
  isRefused,
  later,
  letsIn,
  MessageId,
  PEOPLE,
  peopleNow,
  personOfAccount,
  react,
  ReporterId,
  rowOf,
  Sha256,
  waitingCommand,
  worldOf,
} from '@embargo/core'
import type {
  Actor,
  Command,
  Decision,
  Effect,
  Instant,
  PersonId,
  Platform,
  Policy,
  PolicyInForce,
  Recorded,
  Request,
  State,
  StreamId,
  World,
} from '@embargo/core'
import type { CommandResult, Card, CardMaterial, Engine, HeldMail, ReadableMail, Preview } from '@embargo/engine'
import { fitsQuery } from '@embargo/engine'
import type { CaseQuery } from '@embargo/engine'
import { createPresenter, createRouter } from '../src/index.ts'
import type { ChatCommand, Form, Input, Place, Reply, Router } from '../src/index.ts'
import { policyOf } from './policy.ts'
import { TEXTS } from './small-texts.ts'

export const CASE = CaseId.parse('SEC-2026-0042')
export const CHANNEL = 'C0042'
/** Mon 25 May 2026, 09:00 UTC */
export const START = instant(Date.UTC(2026, 4, 25, 9, 0))
/** Tue 9 Jun 2026, 14:00 UTC */
export const RELEASE = instant(Date.UTC(2026, 5, 9, 14, 0))
const SYSTEM: Actor = { kind: 'system', part: 'mail' }
const HASH = Sha256.parse('a'.repeat(64))

export const MAIL: ReadableMail = {
  from: 'Rafi <rafi@reporter.example>',
  subject: 'Path traversal in template names',
  text: 'Hello,\n\nnaming a template ../../etc/passwd reads it.\n\nRafi',
  quoted: '',
  attachments: [{ name: 'poc.txt', type: 'text/plain', bytes: 812, sha256: 'c'.repeat(64) }],
  parts: [{ path: '1', verdict: 'not signed' }],
}

type Options = {
  /** How much a preview says. */
  readonly previewText?: string
  readonly policy?: Policy
  readonly mail?: ReadableMail | ((message: string) => ReadableMail)
  readonly commands?: readonly ChatCommand[]
}

/** The real rules, router and presenter over streams in memory: no store, no dispatcher, no platform. */
export class SmallHouse {
  readonly #written: Policy
  readonly router: Router
  /** Commands of people, as chat built them. */
  readonly asked: Command[] = []
  readonly recorded: { readonly one: Recorded; readonly at: Instant; states: ReadonlyMap<StreamId, State> }[] = []
  now: Instant = START
  /** The setting that is missing where no mail leaves. */
  relayMissing: string | undefined
  /** Mails that wait because too many came, and what people decided about them. */
  held: readonly HeldMail[] = []
  readonly decided: string[] = []
  #states: ReadonlyMap<StreamId, State> = new Map()
  readonly #blobs = new Map<string, string>()
  readonly #answers = new Map<CommandId, CommandResult>()
  readonly #mail: (message: string) => ReadableMail
  readonly #previewText: string | undefined
  #deliveries = 0

  constructor({ policy = policyOf(), mail = MAIL, commands, previewText }: Options = {}) {
    this.#written = policy
    this.#mail = typeof mail === 'function' ? mail : () => mail
    this.#previewText = previewText
    this.router = createRouter({ engine: this.engine, ...(commands === undefined ? {} : { commands }) })
  }

  /** With the people as they are now, as the engine has it. */
  get policy(): PolicyInForce {
    const state = this.#states.get(PEOPLE)
    return { policy: peopleNow(this.#written, state?.kind === 'people' ? state : undefined), hash: HASH }
  }

  get engine(): Engine {
    const house = () => this
    return {
      get relayMissing() {
        return house().relayMissing
      },
      get policy() {
        return house().policy
      },
      now: () => this.now,
      commands: {
        handle: async (command) => this.#handle(command),
        preview: async (request) => this.#preview(request.verb),
        putBlob: async (stream, bytes) =>
          this.putText(stream, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)),
        askLink: async ({ actor, commandId, at }) => {
          const answered = this.#handle({
            commandId,
            actor,
            at,
            request: { verb: 'link-ask', stream: PEOPLE, mark: 'mark' },
          })
          return answered.ok ? { ok: true, code: 'K7QF-9XMB' } : answered
        },
        claimLink: async ({ actor, commandId, at, code }) => {
          const mark = code === 'K7QF-9XMB' ? 'mark' : 'wrong'
          const answered = this.#handle({ commandId, actor, at, request: { verb: 'link-claim', stream: PEOPLE, mark } })
          return answered.ok ? { ...answered, word: 'M4TE', askedOn: 'slack' } : answered
        },
        decideHeld: async ({ actor, as, mails, until }) => {
          const person = letsIn(this.policy.policy, actor)
          if (isRefused(person)) return { ok: false, refusal: person }
          const meant = this.held.filter(({ id, receivedAt }) =>
            mails === 'all' ? until === undefined || receivedAt <= until : mails.includes(id),
          )
          this.held = this.held.filter((one) => !meant.includes(one))
          this.decided.push(...meant.map(({ id }) => `${as} ${id}`))
          return { ok: true, count: meant.length }
        },
      },
      queries: {
        actorOf: (platform, account) => actorOf(this.policy.policy, platform, account),
        actorNow: async ({ platform, account }) => actorOf(this.policy.policy, platform, account),
        personOfAccount: (platform, account) => personOfAccount(this.policy.policy, platform, account),
        accountsOf: (person, platform) => accountsOf(this.policy.policy, person, platform),
        pendingLink: async ({ person }) => {
          const state = this.#states.get(PEOPLE)
          const claimed = state?.kind === 'people' && person !== undefined ? state.offers[person]?.claimed : undefined
          return claimed && { platform: claimed.platform, account: claimed.account, word: 'M4TE' }
        },
        world: async (stream) => (this.#states.has(stream) ? inView(stream, this.#states) : undefined),
        state: async (stream) => this.#states.get(stream),
        history: async (stream) => this.recorded.map(({ one }) => one).filter((one) => one.stream === stream),
        cases: async ({ limit, offset = 0, ...query }) => {
          const rows = this.#rows(query)
          return { rows: rows.slice(offset, offset + limit), more: rows.length > offset + limit }
        },
        countCases: async (query) => this.#rows(query).length,
        caseByChannel: async (_platform, channel) => (channel === CHANNEL && this.#states.has(CASE) ? CASE : undefined),
        isCaseChannel: (_platform, channel) => channel === CHANNEL && this.#states.has(CASE),
        mail: async (message) => this.#mail(message),
        heldMails: async (actor, limit) => {
          const person = letsIn(this.policy.policy, actor)
          if (isRefused(person)) return { ok: false, refusal: person }
          return { ok: true, count: this.held.length, mails: this.held.slice(0, limit) }
        },
        mailBacklog: async () =>
          this.relayMissing === undefined
            ? {}
            : { mailBacklog: { setting: this.relayMissing, letters: ['receipt', 'verification-request'] } },
        blobText: async (blob) => this.#blobs.get(blob),
        effects: async () => [],
      },
      texts: TEXTS,
    }
  }

  #rows(query: CaseQuery) {
    const ids = [...this.#states.values()].filter((state) => state.kind === 'case').map((state) => state.id)
    return ids
      .flatMap((id) => rowOf(this.policy.policy, worldOf(id, this.#states)) ?? [])
      .filter((row) => fitsQuery(row, query))
  }

  putText(stream: StreamId, text: string) {
    const sha256 = Sha256.parse(createHash('sha256').update(text).digest('hex'))
    const blob = BlobId.parse(`${stream}/${sha256}`)
    this.#blobs.set(blob, text)
    return { blob, sha256 }
  }

  state(id: CaseId = CASE) {
    const state = this.#states.get(id)
    if (state?.kind !== 'case') throw new Error('no such case')
    return state
  }

  wait(milliseconds: number): this {
    this.now = later(this.now, milliseconds)
    return this
  }

  #preview(verb: string): Preview {
    const sections = [
      {
        title: `Mail to North Linux <security@north.example>`,
        text: this.#previewText ?? `TLP:AMBER\nWhat ${verb} would send.`,
        mail: { to: 'security@north.example', subject: 'TLP:AMBER', text: `What ${verb} would send.`, attachments: [] },
      },
    ]
    return {
      digest: Sha256.parse('d'.repeat(64)),
      blob: this.putText(CASE, JSON.stringify({ sections })).blob,
      sections,
      mails: [],
    }
  }

  /** What the engine adds to a yes: the mails that it rendered. */
  #withMails(command: Command): Command {
    const { request } = command
    const { case: state, ...world } = worldOf(CASE, this.#states)
    const open = state?.approvals.findLast(({ status }) => status === 'open')
    if (request.verb !== 'approve' || request.shown === undefined || state === undefined || open === undefined)
      return command
    const foretold = foretell(this.policy.policy, { ...world, case: state }, waitingCommand(open), this.now)
    if (foretold === undefined || 'gate' in foretold) return command
    const mails = foretold.mails.map(({ letter, to }) => ({ letter, to, words: Sha256.parse('d'.repeat(64)) }))
    return { ...command, request: { ...request, shown: { ...request.shown, mails } } }
  }

  #handle(command: Command): CommandResult {
    const known = this.#answers.get(command.commandId)
    if (known !== undefined) return { ...known, repeated: true }
    if (command.actor.kind === 'person') this.asked.push(command)
    const { request } = command
    const stream: StreamId = 'stream' in request ? request.stream : request.case
    const decision = decide(this.policy, worldOf(stream, this.#states), this.#withMails(command), this.now)
    const answered: CommandResult = decision.ok
      ? { ok: true, stream, repeated: false, ...noteOf(decision) }
      : { ok: false, refusal: decision.refusal, repeated: false }
    this.#answers.set(command.commandId, answered)
    if (!decision.ok) return answered
    const from = this.recorded.length
    for (const { stream: into, events } of decision.appends) {
      for (const event of events) {
        const before = this.#states.get(into)
        const one: Recorded = {
          eventId: EventId.parse(`${command.commandId}:${this.recorded.length - from + 1}`),
          stream: into,
          version: (before?.version ?? 0) + 1,
          at: this.now,
          actor: command.actor,
          commandId: command.commandId,
          policy: HASH,
          event,
        }
        this.#states = new Map([...this.#states, [into, evolveRecorded(before, one)]])
        this.recorded.push({ one, at: this.now, states: this.#states })
      }
    }
    // What a dispatcher would see: the whole command is there before the first of its effects runs.
    for (const entry of this.recorded.slice(from)) entry.states = this.#states
    const effects = this.recorded.slice(from).flatMap((_, index) => this.effectsOf(from + index))
    return { ...answered, ...this.#waits(effects) }
  }

  /** Something from outside: a mail, a clock. */
  comes(request: Request): this {
    this.#deliveries += 1
    const answered = this.#handle({
      commandId: CommandId.parse(`test:${this.#deliveries}`),
      actor: SYSTEM,
      at: this.now,
      request,
    })
    if (!answered.ok) throw new Error(`${request.verb} was refused: ${answered.refusal.because}`)
    return this
  }

  opens(id: CaseId = CASE, identity = { name: 'Rafi', address: 'rafi@reporter.example' }): this {
    this.comes({
      verb: 'open-case',
      case: id,
      project: 'quillmark',
      message: MessageId.parse(`${id}-mail-1`),
      receivedAt: this.now,
      reporter: ReporterId.parse(`${id}-reporter`),
      identity,
      trust: 'domain-vouches',
      automatic: false,
    })
    if (id !== CASE) return this
    const effect = this.recorded
      .flatMap((_, index) => this.effectsOf(index))
      .find((each) => each.kind === 'open-channel')
    return effect === undefined
      ? this
      : this.comes({
          verb: 'record-outcome',
          stream: id,
          effect: effect.id,
          outcome: { is: 'channel-opened', platform: this.platform, channel: CHANNEL, name: 'sec-2026-0042' },
        })
  }

  /** Types a command, presses a button or sends a form in. */
  asks(
    who: PersonId,
    verb: string,
    input: Input = '',
    where: Partial<Place> & { readonly delivery?: string; readonly confirmed?: boolean } = {},
  ): Promise<Reply> {
    this.#deliveries += 1
    const { delivery = `d${this.#deliveries}`, confirmed, ...place } = where
    const platform = place.platform ?? this.platform
    const person = this.policy.policy.people.find(({ id }) => id === who)
    const account = (person === undefined ? undefined : accountOn(person, platform)) ?? who
    return this.router.handle({
      verb,
      input,
      actor: actorOf(this.policy.policy, platform, account),
      place: { platform, ...placeOn(platform), ...place },
      deliveryId: delivery,
      at: this.now,
      ...(confirmed === undefined ? {} : { confirmed }),
    })
  }

  /** Where people type: the first platform of the policy. */
  get platform(): Platform {
    return this.policy.policy.platforms[0] ?? 'slack'
  }

  /** The form that a button opens at once, before anything is read. */
  formOf({ verb, input }: { readonly verb: string; readonly input: Input }): Form | undefined {
    return this.router.commands.find((command) => command.verb === verb)?.form(input)
  }

  effectsOf(index: number): readonly Effect[] {
    const entry = this.recorded[index]
    return entry === undefined ? [] : react(entry.one, worldOf(entry.one.stream, entry.states), this.policy)
  }

  /** What of these is mail that does not leave. */
  #waits(effects: readonly Effect[]): Pick<CardMaterial, 'unsentMail'> {
    const to = effects.flatMap((effect) => (effect.kind === 'send-mail' ? [effect.to.kind] : []))
    return this.relayMissing === undefined || to.length === 0
      ? {}
      : { unsentMail: { setting: this.relayMissing, to: [...new Set(to)] } }
  }

  /** Every card that the channel was sent, in order, drawn from the state after its event. */
  async cards(options: Parameters<typeof createPresenter>[0] = {}): Promise<readonly Card[]> {
    const presenter = createPresenter(options)
    const drawn: Card[] = []
    for (const [index, entry] of this.recorded.entries()) {
      const state = entry.states.get(entry.one.stream)
      if (state === undefined) continue
      for (const effect of this.effectsOf(index)) {
        if (!isShown(effect)) continue
        const card = await presenter.card({
          effect,
          platform: effect.platform,
          recorded: entry.one,
          state,
          // As the dispatcher does: seen from the effect's case, with the release that the event is of.
          world: { ...inView(effect.case, entry.states), ...(state.kind === 'release' ? { release: state } : {}) },
          policy: this.policy,
          at: entry.at,
          stateOf: async (stream) => this.#states.get(stream),
          mail: async (message) => this.#mail(message),
          blobText: async (blob) => this.#blobs.get(blob),
          ...(effect.kind === 'post' ? this.#waits(this.effectsOf(index)) : {}),
          ...(await this.engine.queries.mailBacklog(entry.one.stream)),
        })
        if (card !== undefined) drawn.push(card)
      }
    }
    return drawn
  }

  async lastCard(kind: Card['kind']): Promise<Card> {
    const card = (await this.cards()).findLast((each) => each.kind === kind)
    if (card === undefined) throw new Error(`no ${kind} card`)
    return card
  }
}

/** As the engine loads it: of other cases those of its releases alone. */
function inView(focus: StreamId, states: ReadonlyMap<StreamId, State>): World {
  const seen = new Map<StreamId, State>()
  const look = (stream: StreamId): void => {
    const state = states.get(stream)
    if (state === undefined || seen.has(stream)) return
    seen.set(stream, state)
    for (const linked of linkedTo(state)) look(linked)
  }
  look(focus)
  return worldOf(focus, seen)
}

function linkedTo(state: State): readonly StreamId[] {
  if (state.kind === 'release') return state.cases
  return state.kind === 'case' ? [...(state.release === undefined ? [] : [state.release]), ...heldReleases(state)] : []
}

/** A terminal has no channels: there the case is named. */
const placeOn = (platform: Platform): Partial<Place> =>
  platform === 'terminal' ? { case: CASE, private: true } : { channel: CHANNEL }

/** The card of a reply; fails where there is a form. */
export function cardOf(reply: Reply): Card {
  if ('form' in reply) throw new Error(`a form: ${reply.form.title}`)
  return 'refusal' in reply ? reply.refusal : reply.card
}

export function formOf(reply: Reply) {
  if (!('form' in reply)) throw new Error(`no form: ${cardOf(reply).fallback}`)
  return reply.form
}

/** A button's input, by its label. */
export function press(card: Card, label: string) {
  const action = card.actions.find((each) => each.label === label)
  if (action === undefined)
    throw new Error(`no button ${label} among ${card.actions.map((each) => each.label).join(', ')}`)
  return action
}

const noteOf = ({ note, appends }: Extract<Decision, { ok: true }>) =>
  note === undefined
    ? {}
    : { note, ...(appends.some(({ events }) => events.length > 0) ? { done: true as const } : {}) }

type Shown = Extract<Effect, { kind: 'post' | 'place-card' | 'update-card' | 'tell-team' }>
const SHOWN: ReadonlySet<Effect['kind']> = new Set<Shown['kind']>(['post', 'place-card', 'update-card', 'tell-team'])
const isShown = (effect: Effect): effect is Shown => SHOWN.has(effect.kind)
