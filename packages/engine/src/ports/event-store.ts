import type { CommandId, Effect, EffectId, Instant, Platform, Recorded, Refusal, Sha256, StreamId } from '@embargo/core'

/** What a command was answered: kept with its id, so that a repeated delivery gets the same answer. */
export type StoredAnswer =
  | {
      readonly ok: true
      readonly stream: StreamId
      readonly versions: Readonly<Record<string, number>>
      readonly note?: string
      /** Beside a note: something was appended all the same. */
      readonly done?: true
    }
  | { readonly ok: false; readonly refusal: Refusal }

/** What is kept of a command that was handled. */
export type Handled = {
  readonly answer: StoredAnswer
  /** Of what was asked. */
  readonly digest: Sha256
}

export type StreamAppend = {
  readonly stream: StreamId
  /** The version that the decision was made on; 0 for a new stream. */
  readonly expectedVersion: number
  readonly events: readonly Recorded[]
}

/** A line of the read model. Plain columns say nothing of the vulnerability; `summary` is sealed. */
export type CaseRow = {
  readonly stream: StreamId
  readonly version: number
  readonly open: boolean
  readonly stage: string
  /** Smaller is more urgent; `/status all` pages by it. */
  readonly urgency: number
  /** When the scheduler must look at the stream next; absent when no clock runs. */
  readonly nextDue?: Instant
  readonly severity: string
  /** The person who looks after it; empty where nobody does. */
  readonly owner: string
  readonly openedAt: Instant
  /** The earliest time that is up or will be; absent where nothing runs. */
  readonly due?: Instant
  /** Who may see it: persons of the policy, so that what somebody may see is found and counted without opening any line. */
  readonly people: readonly string[]
  /** The version that it was computed by: policy and shape. A line of another version is computed again at the start. */
  readonly projection?: string
  /** Which channel belongs to the stream: ids of the platform, plain, because a command must find its case by them. */
  readonly channels: readonly { readonly platform: Platform; readonly channel: string }[]
  readonly summary: Readonly<Record<string, string | number | boolean>>
}

/** Everything that one command changes, in one transaction. */
export type Commit = {
  readonly commandId: CommandId
  /** Of what was asked: whether the id comes again with the same content. */
  readonly digest: Sha256
  readonly at: Instant
  readonly answer: StoredAnswer
  readonly appends: readonly StreamAppend[]
  readonly effects: readonly Effect[]
  readonly rows: readonly CaseRow[]
  /** The effect whose outcome this command records: its outbox row is finished in the same transaction. */
  readonly settles?: { readonly effect: EffectId; readonly as: 'done' | 'failed' | 'parked'; readonly evidence: string }
  /** An effect that a person sends again: its row becomes pending, its rendered bytes stay as they are. */
  readonly revives?: EffectId
  /** The stored mail that found its case: marked, and its key wrapped again under the case. */
  readonly mail?: { readonly message: string; readonly stream: StreamId; readonly reporter?: string }
}

export type CommitResult =
  | { readonly is: 'committed' }
  /** Somebody else appended first: fold again and decide again. */
  | { readonly is: 'conflict'; readonly stream: StreamId }
  /** The command was handled before; nothing was changed. */
  | ({ readonly is: 'known' } & Handled)

export type StreamVerdict =
  | { readonly ok: true; readonly events: number; readonly head: string }
  | { readonly ok: false; readonly version: number; readonly because: string }

/** A row beside the log that is not as it was written, or that the log knows nothing of. */
export type DamagedRow = { readonly table: string; readonly row: string; readonly because: string }

export type LogVerdict = {
  /** In the order of their names, those that are gone with them. */
  readonly streams: readonly ({ readonly stream: string } & StreamVerdict)[]
  readonly whole:
    | { readonly ok: true; readonly commands: number; readonly marks: readonly string[] }
    | { readonly ok: false; readonly because: string }
  /** Of every other table: keys, counters, the outbox, the list of cases, mails and blobs. */
  readonly damaged: readonly DamagedRow[]
}

/** The log. One commit is one transaction; it is durable (fsync) when the promise resolves. */
export type EventStore = {
  commit(commit: Commit): Promise<CommitResult>
  /** Events of a stream in order, from `afterVersion` + 1. Unsealed; erased personal fields are `null`. */
  read(stream: StreamId, afterVersion?: number): Promise<readonly Recorded[]>
  /** 0 where the stream does not exist. */
  version(stream: StreamId): Promise<number>
  handled(commandId: CommandId): Promise<Handled | undefined>
  /**
   * The next free number of a prefix and year, counted from 1. Never given twice, whatever happens to the counter; gaps are
   * possible.
   */
  nextNumber(prefix: string, year: number): Promise<number>
  streams(): AsyncIterable<StreamId>
  /** Recomputes every hash of a stream's chain. Says nothing of a stream that is gone, or was put back: `verifyLog` does. */
  verify(stream: StreamId): Promise<StreamVerdict>
  /**
   * Every stream, whether all of them are there as far as they ever came, and every row of the other tables.
   *
   * @param since marks that an earlier call gave: whether the log of that time is still in this one
   */
  verifyLog(since?: readonly string[]): Promise<LogVerdict>
}
