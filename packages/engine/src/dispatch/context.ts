import type {
  Capability,
  CommandId,
  Effect,
  EffectKind,
  Instant,
  Outcome,
  Platform,
  PolicyInForce,
  RecordedEvent,
  ReportId,
  State,
  TargetName,
  World,
} from '@embargo/core'
import type { Deps } from '../deps.ts'
import type { RunningEngine } from '../engine.ts'
import type { Outages } from '../health/outages.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import type { MailOut } from '../ports/mail-out.ts'
import type { Presenter } from '../ports/presenter.ts'
import type { PublicationTarget } from '../ports/publication-target.ts'
import type { Sleep } from '../shared/signal.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import type { RateLimits } from './rate-limits.ts'

/** The external services that this process can reach. */
export type ExternalServices = {
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly mailOut?: MailOut
  /** The targets of a publication, besides mail. */
  readonly targets?: ReadonlyMap<TargetName, PublicationTarget>
  readonly presenter: Presenter
}

/** Points at which a test may stop the program. A crash has different consequences at each of them. */
export type CrashPoint = 'before-effect' | 'after-outside-before-record' | 'after-record'

export type DispatcherOptions = ExternalServices & {
  readonly engine: RunningEngine
  readonly capabilities: readonly Capability[]
  /** The id of this worker, unique to this process and run. */
  readonly worker: string
  /**
   * Milliseconds on the database's clock, which the leases of all workers share. It must not be the clock of one
   * machine, and must continue after a restart, because leases and retry times are stored.
   */
  readonly monotonic: () => number
  readonly random: () => number
  /**
   * Gets a report when a platform begins to refuse everything until a person changes a setting, and another report when
   * the platform works again.
   */
  readonly outages?: Outages
  readonly sleep?: Sleep
  readonly crashPoint?: (name: CrashPoint, effect: Effect) => Promise<void>
}

export type Dispatcher = {
  /** Performs effects until the signal aborts; then it waits for those that are running. */
  run(signal: AbortSignal): Promise<void>
}

/** What all attempts of one dispatcher share. */
export type DispatchContext = DispatcherOptions & {
  readonly sleep: Sleep
  readonly shown: ShownCards
  readonly rateLimits: RateLimits
  readonly breaker: CircuitBreaker
}

export type EffectOf<K extends EffectKind> = Extract<Effect, { kind: K }>

/** The context of one attempt at an effect. */
export type Attempt = {
  /** The event that requested the effect. */
  readonly recorded: RecordedEvent
  /** The present states of the effect's case, of the effect's release, and of related cases and releases. */
  readonly world: World
  /** The state of the case or release whose event requested the effect. */
  readonly state: State
  readonly policy: PolicyInForce
  readonly now: Instant
  /**
   * Whether the external service must first be searched for traces of an earlier attempt, because that attempt may have
   * performed the effect.
   */
  readonly lookUp: boolean
  /** Whether an earlier attempt may have performed the effect. */
  readonly mayHaveGone: boolean
  /** Data that an earlier attempt stored, such as a mail's final bytes or the id of a transcript's blob. */
  readonly rendered?: Uint8Array
  readonly deps: Deps
  readonly outside: ExternalServices
  readonly shown: ShownCards
  /** Encrypts and stores data for the next attempt, which gets the data as `rendered`. @throws LeaseLost */
  keepRendered(bytes: Uint8Array): Promise<void>
  /**
   * Must be called right before the external service is called. If the program crashes afterwards, the effect is in
   * doubt: it may have happened. `rendered`: data that the next attempt needs, as with `keepRendered`. @throws
   * LeaseLost
   */
  begin(rendered?: Uint8Array): Promise<void>
}

/** The progress of an attempt. */
export type Progress = {
  begun: boolean
  /** The case's channel that this attempt uses. By the time the attempt fails, another channel may have replaced it. */
  channel?: string
}

export type EffectContext<K extends EffectKind> = Attempt & { readonly effect: EffectOf<K> }

export type EffectResult = { readonly outcome: Outcome; readonly evidence: string }

/** An outcome that is recorded before the effect ends, by a separate command. */
export type EarlyOutcome = { readonly commandId: CommandId; readonly outcome: Outcome }

/** Everything that depends on the kind of an effect. The dispatcher itself treats all kinds alike. */
export type EffectHandler<K extends EffectKind> = {
  readonly kind: K
  perform(context: EffectContext<K>): Promise<EffectResult>
  /**
   * The platform on which the effect uses the case's channel; undefined if it uses none. Each attempt uses the channel
   * that the case has at that time.
   */
  caseChannelOn?(effect: EffectOf<K>): Platform | undefined
  /**
   * Set if the effect waits for a new channel when the case's channel is gone. The failed attempt itself requests the
   * new channel.
   */
  readonly waitsForNextChannel?: true
  /**
   * An attempt may fail because somebody must first change a setting. If this is set, a person is asked at once.
   * Otherwise the effect is retried until the setting has been changed.
   */
  readonly asksPersonAtOnce?: true
  /**
   * Whether an effect of this kind may be a message saying that another effect waits for a person. If such a message
   * fails, its failure is not announced in turn.
   */
  readonly announces?: true
  /** Set if the effect, while the service refuses it temporarily, is repeated for days before a person is asked. */
  readonly repeatsForDays?: true
  /** The report that the effect is about. If the report moves to another case, the outcome is recorded in that case. */
  reportOf?(effect: EffectOf<K>): ReportId | undefined
  /** Set if the success of the effect shows that channels can be opened on its platform. */
  readonly opensChannel?: true
  /**
   * The outcome to record for an effect that is no longer needed and surely did not happen. Without this function, no
   * outcome is recorded.
   */
  notNeeded?(effect: EffectOf<K>, because: string): Outcome
  /** The outcome to record after a permanent refusal. Without this function, a person is asked instead. */
  refused?(effect: EffectOf<K>, because: string): Outcome
  /** The outcome to record before a person is asked, made from the data that an attempt stored. */
  beforeParking?(effect: EffectOf<K>, rendered: Uint8Array | undefined): EarlyOutcome | undefined
  /** More facts about the effect, for the question that a person gets when the effect is parked. */
  parked?(effect: EffectOf<K>): Pick<Extract<Outcome, { is: 'parked' }>, 'letter' | 'to' | 'step' | 'case'>
}

/**
 * For each card and stream: the version of the stream that the card last showed. If an event of this version or an
 * older one requests an update, the update is skipped, because the card already shows the event.
 */
export type ShownCards = { get(key: string): number | undefined; set(key: string, version: number): void }
