import type {
  Capability,
  CommandId,
  Effect,
  EffectKind,
  Instant,
  Outcome,
  Platform,
  PolicyInForce,
  Recorded,
  State,
  World,
} from '@embargo/core'
import type { Deps } from '../deps.ts'
import type { RunningEngine } from '../engine.ts'
import type { Outages } from '../health/outages.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import type { MailOut } from '../ports/mail-out.ts'
import type { Presenter } from '../ports/presenter.ts'
import type { Sleep } from '../shared/signal.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import type { RateLimits } from './rate-limits.ts'

/** The outside, as far as this process reaches it. */
export type Outside = {
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly mailOut?: MailOut
  readonly presenter: Presenter
}

/** Where a test may stop the program: the points between which a crash means something different. */
export type CrashPoint = 'before-effect' | 'after-outside-before-record' | 'after-record'

export type DispatcherOptions = Outside & {
  readonly engine: RunningEngine
  readonly capabilities: readonly Capability[]
  /** Unique to this process and run. */
  readonly worker: string
  /**
   * Milliseconds on the clock that the leases of all workers share, which is the database's: never the business clock, nor
   * that of one machine. Leases and retries are stored, so it goes on over a restart.
   */
  readonly monotonic: () => number
  readonly random: () => number
  /** Is told of a platform that refuses everything until a person turns a switch, and of the first that works again. */
  readonly outages?: Outages
  readonly sleep?: Sleep
  readonly crashPoint?: (name: CrashPoint, effect: Effect) => Promise<void>
}

export type Dispatcher = {
  /** Performs effects until the signal aborts; then it waits for those that are running. */
  run(signal: AbortSignal): Promise<void>
}

/** What every attempt of one dispatcher shares. */
export type Performing = DispatcherOptions & {
  readonly sleep: Sleep
  readonly shown: ShownCards
  readonly rateLimits: RateLimits
  readonly breaker: CircuitBreaker
}

export type EffectOf<K extends EffectKind> = Extract<Effect, { kind: K }>

/** What one attempt at an effect has at hand. */
export type Attempt = {
  /** The event that asks for it. */
  readonly recorded: Recorded
  /** Everything as it is now, seen from the effect's case. */
  readonly world: World
  /** The state of the effect's own stream. */
  readonly state: State
  readonly policy: PolicyInForce
  readonly now: Instant
  /** It may have happened before: look for our mark first. */
  readonly lookUp: boolean
  /** An earlier attempt may have happened. */
  readonly mayHaveGone: boolean
  /** What an earlier attempt kept: a mail's final bytes, or which blob has what was said in a channel. */
  readonly rendered?: Uint8Array
  readonly deps: Deps
  readonly outside: Outside
  readonly shown: ShownCards
  /** Seals what the next attempt must have: it finds it as `rendered`. @throws LeaseLost */
  keepRendered(bytes: Uint8Array): Promise<void>
  /** Must be called right before the outside is: from here a crash means doubt. @throws LeaseLost */
  begin(): Promise<void>
}

/** How far an attempt has come. */
export type Progress = {
  begun: boolean
  /** The case's channel, where this attempt uses it: another may have taken its place by the time it fails. */
  channel?: string
}

export type EffectContext<K extends EffectKind> = Attempt & { readonly effect: EffectOf<K> }

export type Performed = { readonly outcome: Outcome; readonly evidence: string }

/** A part of an effect that is recorded before it ends, under an id of its own. */
export type EarlyOutcome = { readonly commandId: CommandId; readonly outcome: Outcome }

/** All that is particular to one kind of effect; the dispatcher itself knows no kind. */
export type EffectHandler<K extends EffectKind> = {
  readonly kind: K
  perform(context: EffectContext<K>): Promise<Performed>
  /** The platform on which it is done in the channel that the case has at that time. */
  caseChannelOn?(effect: EffectOf<K>): Platform | undefined
  /** It goes into the next channel of the case when the present one is gone, so that another is opened for it. */
  readonly waitsForNextChannel?: true
  /** It shows that channels can be opened on its platform. */
  readonly opensChannel?: true
  /** What is recorded of one that nobody needs any more and that surely did not happen; it is done without this. */
  notNeeded?(effect: EffectOf<K>, because: string): Outcome
  /** What is recorded of one that the outside refused for good; a person is asked without this. */
  refused?(effect: EffectOf<K>, because: string): Outcome
  /** What is recorded before a person is asked about it, with what an attempt kept. */
  beforeParking?(effect: EffectOf<K>, rendered: Uint8Array | undefined): EarlyOutcome | undefined
  /** What is told of it when a person is asked. */
  parked?(effect: EffectOf<K>): Pick<Extract<Outcome, { is: 'parked' }>, 'letter' | 'to'>
}

/** Which version of a stream a card in place showed last, so that an older wish to update it is already fulfilled. */
export type ShownCards = { get(key: string): number | undefined; set(key: string, version: number): void }
