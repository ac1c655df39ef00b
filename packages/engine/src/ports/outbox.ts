import type { Capability, Effect, EffectId, EffectKind, StreamId } from '@embargo/core'

/** Effects that the outside asked us to hold back: of one kind on one platform, for any case. */
export type EffectGroup = { readonly capability: Capability; readonly kind: EffectKind }

/** Leases and retries use the time of the database, which all processes share, as `nowMs`. */
export type ClaimRequest = {
  readonly capabilities: readonly Capability[]
  /** Unique to a running process. */
  readonly worker: string
  readonly nowMs: number
  readonly leaseMs: number
  /** The most for each capability. */
  readonly limit: number
  /** Not claimed; they stay at the head of their lanes. */
  readonly except?: readonly EffectGroup[]
  /** Effects that were not tried for longest come first, so that one that never works does not block the others. */
  readonly untriedFirst?: boolean
}

export type ClaimedEffect = {
  readonly effect: Effect
  /** Counted from 1. */
  readonly attempt: number
  /** An earlier attempt began and its outcome is unknown. */
  readonly inDoubt: boolean
  /**
   * The final bytes of a mail, once rendered: a retry sends the same bytes. When archiving a channel: its stored
   * transcript.
   */
  readonly rendered?: Uint8Array
}

export type OutboxRow = {
  readonly effect: Effect
  readonly state: 'pending' | 'leased' | 'done' | 'failed' | 'parked'
  readonly attempts: number
  readonly evidence?: string
  readonly rendered?: Uint8Array
}

/** An effect whose row cannot be read, so nobody knows what it was to do. */
export type DamagedEffect = { readonly effect: EffectId; readonly stream: StreamId }

export type PutBack = {
  readonly notBeforeMs: number
  readonly because: string
  /** Whether this attempt counts towards the number after which a person is asked; waiting does not. */
  readonly counts: boolean
  /** The attempt may have happened. */
  readonly inDoubt: boolean
}

export type ListedOutboxRow = Omit<OutboxRow, 'rendered'>

/**
 * The effects that are still to be performed. Rows are written by `EventStore.commit`; only the head of each lane can
 * be claimed.
 */
export type Outbox = {
  /**
   * Compare-and-swap: no two workers hold one row. Parked and failed rows do not block their lane. A row that had ended
   * but is pending again without a reason is not handed out; one that cannot be read is parked.
   */
  claim(request: ClaimRequest): Promise<readonly ClaimedEffect[]>
  /** Marks the actual start of the attempt: after it a crash means doubt. False if the lease was lost. */
  begin(effect: EffectId, worker: string, nowMs: number, leaseMs: number): Promise<boolean>
  renew(effect: EffectId, worker: string, nowMs: number, leaseMs: number): Promise<boolean>
  /** Seals the final bytes, or other data that the next attempt needs, into the row before the outside is touched. */
  keepRendered(effect: EffectId, worker: string, bytes: Uint8Array): Promise<boolean>
  /** Gives the row back, to be claimed again from `notBeforeMs` on. */
  putBack(effect: EffectId, worker: string, again: PutBack): Promise<boolean>
  /** Marks it done without an event (for effects without an outcome in the log). */
  done(effect: EffectId, worker: string, evidence: string): Promise<boolean>
  find(effect: EffectId): Promise<OutboxRow | undefined>
  /**
   * In order of creation, optionally of one state. Without the final bytes, which for a case that was forwarded to many
   * may exceed the memory.
   */
  ofStream(stream: StreamId, state?: ListedOutboxRow['state']): Promise<readonly ListedOutboxRow[]>
  /**
   * When the next row of these capabilities can be claimed, in the time of `nowMs`, without the groups in `except`;
   * undefined if no row is pending.
   */
  nextAt(capabilities: readonly Capability[], except?: readonly EffectGroup[]): Promise<number | undefined>
  /** Called after each commit with effects, in this process. Returns the unsubscriber. */
  onAppend(listener: () => void): () => void
  /** Called for each row that a claim could not read and parked. Returns the unsubscriber. */
  onDamage(listener: (damage: DamagedEffect) => void): () => void
}
