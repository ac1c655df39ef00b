import type { Capability, Effect, EffectId, EffectKind, StreamId } from '@embargo/core'

/** All effects of one kind on one platform. They wait together if the platform limits their rate. */
export type EffectGroup = { readonly capability: Capability; readonly kind: EffectKind }

/** A request for effects to perform. `nowMs` is the time of the database, which all processes share. */
export type ClaimRequest = {
  readonly capabilities: readonly Capability[]
  /** The id of the worker, unique to a running process. */
  readonly worker: string
  readonly nowMs: number
  readonly leaseMs: number
  /** The most rows that are claimed for each capability. */
  readonly limit: number
  /** Groups of effects that are not claimed; they stay at the head of their lanes. */
  readonly except?: readonly EffectGroup[]
  /**
   * Claims first the effects whose last try is longest ago, so that an effect that never works does not block the
   * others.
   */
  readonly untriedFirst?: boolean
  /** Kinds of effects whose attempt begins with the claim, as if `begin` had been called. */
  readonly beginning?: readonly EffectKind[]
}

export type ClaimedEffect = {
  readonly effect: Effect
  /** The number of this attempt, counted from 1. */
  readonly attempt: number
  /** An earlier attempt began and its outcome is unknown. */
  readonly inDoubt: boolean
  /** The `nowMs` of the claim, if the attempt began with the claim. */
  readonly begunAtMs?: number
  /**
   * What a retry needs from the earlier attempt, such as the final bytes of a mail, or the transcript that was stored
   * before a channel is archived.
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

/** An effect with a row that cannot be read, so it is unknown what the effect was. */
export type DamagedEffect = { readonly effect: EffectId; readonly stream: StreamId }

export type PutBack = {
  readonly notBeforeMs: number
  readonly because: string
  /**
   * Whether this attempt counts towards the number of attempts after which a person is asked. Attempts that only waited
   * do not count.
   */
  readonly counts: boolean
  /** The attempt may have performed the effect. */
  readonly inDoubt: boolean
}

export type ListedOutboxRow = Omit<OutboxRow, 'rendered'>

/**
 * The effects that must still be performed. `EventStore.commit` writes the rows. The effects of a lane are performed in
 * order, so only the first row of each lane can be claimed.
 */
export type Outbox = {
  /**
   * Claims rows by compare-and-swap, so no two workers have the same row. Parked and failed rows do not block their
   * lane. A row that has ended as done, failed or parked is claimed again only if a retry is recorded. A row that
   * cannot be read is parked.
   */
  claim(request: ClaimRequest): Promise<readonly ClaimedEffect[]>
  /**
   * Marks the actual start of the attempt. If the program crashes afterwards, the effect is in doubt: it may have
   * happened. `rendered`: data that the next attempt needs, as with `keepRendered`. False if the lease was lost.
   */
  begin(
    effect: EffectId,
    worker: string,
    attempt: { readonly nowMs: number; readonly leaseMs: number; readonly rendered?: Uint8Array },
  ): Promise<boolean>
  renew(effect: EffectId, worker: string, nowMs: number, leaseMs: number): Promise<boolean>
  /**
   * Seals data that the next attempt needs, such as the documents of a delivery, and stores the data in the effect's
   * row.
   */
  keepRendered(effect: EffectId, worker: string, bytes: Uint8Array): Promise<boolean>
  /** Gives the row back, to be claimed again from `notBeforeMs` on. */
  putBack(effect: EffectId, worker: string, again: PutBack): Promise<boolean>
  /** Marks the row as done without recording an event (for effects without an outcome in the log). */
  done(effect: EffectId, worker: string, evidence: string): Promise<boolean>
  find(effect: EffectId): Promise<OutboxRow | undefined>
  /**
   * The effects of a stream in order of creation, optionally only those in one state. The final bytes of mails are left
   * out, because all of them together may not fit into memory.
   */
  ofStream(stream: StreamId, state?: ListedOutboxRow['state']): Promise<readonly ListedOutboxRow[]>
  /**
   * When the next row of these capabilities can be claimed, on the same clock as `nowMs`. The groups in `except` are
   * left out. Undefined if no row is pending.
   */
  nextAt(capabilities: readonly Capability[], except?: readonly EffectGroup[]): Promise<number | undefined>
  /** Calls the listener when this process has committed or revived effects. Returns a function that unsubscribes. */
  onAppend(listener: () => void): () => void
  /** Calls the listener for each row that a claim could not read and parked. Returns a function that unsubscribes. */
  onDamage(listener: (damage: DamagedEffect) => void): () => void
}
