import type { Capability, Effect, EffectId, EffectKind, StreamId } from '@embargo/core'

/** What the outside asks to wait with: effects of one kind on one platform, of any case. */
export type EffectGroup = { readonly capability: Capability; readonly kind: EffectKind }

/** Leases and retries run on the time of the database, which all processes share: `nowMs` says which moment. */
export type ClaimRequest = {
  readonly capabilities: readonly Capability[]
  /** Unique to a running process. */
  readonly worker: string
  readonly nowMs: number
  readonly leaseMs: number
  /** At most so many of each capability. */
  readonly limit: number
  /** Left where they are, at the head of their lanes. */
  readonly except?: readonly EffectGroup[]
  /** What was not tried for longest comes first, so that an effect that never works is not the only one that is tried. */
  readonly untriedFirst?: boolean
}

export type ClaimedEffect = {
  readonly effect: Effect
  /** Counted from 1. */
  readonly attempt: number
  /** An earlier attempt began and nobody knows how it ended. */
  readonly inDoubt: boolean
  /** The final bytes of a mail, once rendered: a retry sends the same bytes. Of a channel's closing, where its talk is kept. */
  readonly rendered?: Uint8Array
}

export type OutboxRow = {
  readonly effect: Effect
  readonly state: 'pending' | 'leased' | 'done' | 'failed' | 'parked'
  readonly attempts: number
  readonly evidence?: string
  readonly rendered?: Uint8Array
}

/** An effect whose row cannot be read, so that nobody knows what it was to do. */
export type DamagedEffect = { readonly effect: EffectId; readonly stream: StreamId }

export type PutBack = {
  readonly notBeforeMs: number
  readonly because: string
  /** Whether this attempt was one of the tries after which a person is asked: not where it only waits. */
  readonly counts: boolean
  /** The attempt may have happened. */
  readonly inDoubt: boolean
}

export type ListedOutboxRow = Omit<OutboxRow, 'rendered'>

/** The work that must still happen. Rows are written by `EventStore.commit`; only the head of each lane can be claimed. */
export type Outbox = {
  /**
   * Compare-and-swap: no two workers hold one row. Parked and failed rows do not hold up their lane. A row that had ended
   * and is pending all the same is not handed out; one that cannot be read is parked.
   */
  claim(request: ClaimRequest): Promise<readonly ClaimedEffect[]>
  /** Says that the attempt really begins: from here a crash means doubt. False when the lease was lost. */
  begin(effect: EffectId, worker: string, nowMs: number, leaseMs: number): Promise<boolean>
  renew(effect: EffectId, worker: string, nowMs: number, leaseMs: number): Promise<boolean>
  /** Seals the final bytes, or what else the next attempt must have, into the row before the outside is touched. */
  keepRendered(effect: EffectId, worker: string, bytes: Uint8Array): Promise<boolean>
  /** Gives the row back, to be claimed again from `notBeforeMs` on. */
  putBack(effect: EffectId, worker: string, again: PutBack): Promise<boolean>
  /** Marks done without a word in the log (effects whose outcome is not an event). */
  done(effect: EffectId, worker: string, evidence: string): Promise<boolean>
  find(effect: EffectId): Promise<OutboxRow | undefined>
  /**
   * In the order in which they came, of one state where it is named. Without the final bytes: those of a case that was
   * forwarded to many may be more than memory holds.
   */
  ofStream(stream: StreamId, state?: ListedOutboxRow['state']): Promise<readonly ListedOutboxRow[]>
  /**
   * When the next row of these capabilities can be claimed, in the time of `nowMs`, without the groups in `except`;
   * undefined when no row is pending.
   */
  nextAt(capabilities: readonly Capability[], except?: readonly EffectGroup[]): Promise<number | undefined>
  /** Called after each commit that brought effects, in this process. Returns the unsubscriber. */
  onAppend(listener: () => void): () => void
  /** Called for each row that a claim could not read and parked. Returns the unsubscriber. */
  onDamage(listener: (damage: DamagedEffect) => void): () => void
}
