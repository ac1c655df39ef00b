import type {
  CommandId,
  Effect,
  EffectId,
  Instant,
  Platform,
  RecordedEvent,
  Refusal,
  Sha256,
  StreamId,
} from '@embargo/core'

/** The answer to a command. It is stored with the command's id, and a repeated delivery gets the same answer. */
export type StoredAnswer =
  | {
      readonly ok: true
      readonly stream: StreamId
      readonly versions: Readonly<Record<string, number>>
      readonly note?: string
      /**
       * Set if the answer has a note although something was appended. A note without `done` says why nothing was
       * appended.
       */
      readonly done?: true
    }
  | { readonly ok: false; readonly refusal: Refusal }

/** The stored record of a handled command. */
export type HandledCommand = {
  readonly answer: StoredAnswer
  /** The digest of the request. */
  readonly digest: Sha256
}

export type StreamAppend = {
  readonly stream: StreamId
  /** The version on which the decision was based; 0 for a new stream. */
  readonly expectedVersion: number
  readonly events: readonly RecordedEvent[]
}

/** A row of the read model. Its plain columns say nothing about the vulnerability; `summary` is sealed. */
export type CaseRow = {
  readonly stream: StreamId
  readonly version: number
  readonly open: boolean
  readonly stage: string
  /** A smaller number is more urgent. `/status all` is sorted by it. */
  readonly urgency: number
  /** When the scheduler must next look at the stream; absent if no deadline runs. */
  readonly nextDue?: Instant
  readonly severity: string
  /** The coordinator; empty without one. */
  readonly owner: string
  readonly openedAt: Instant
  /** The earliest deadline, missed or not; absent if none runs. */
  readonly due?: Instant
  /**
   * The people of the policy who may see the case. A person's cases are found and counted by this list, without
   * unsealing any row.
   */
  readonly people: readonly string[]
  /**
   * The marks by which the case is found: HMACs of its CVE id, its reporters' addresses and their key ids
   * (`keyMarksOf`).
   */
  readonly keyMarks?: readonly string[]
  /**
   * The policy and the format with which the row was computed. If either has changed when the program starts, the row
   * is computed again.
   */
  readonly projection?: string
  /** The channels of the stream. Their ids are in plain text, because the case of a command is found by its channel. */
  readonly channels: readonly { readonly platform: Platform; readonly channel: string }[]
  readonly summary: Readonly<Record<string, string | number | boolean>>
}

/** Everything that one command changes, in one transaction. */
export type Commit = {
  readonly commandId: CommandId
  /** The digest of the request, to see whether a repeated id has the same content. */
  readonly digest: Sha256
  readonly at: Instant
  readonly answer: StoredAnswer
  readonly appends: readonly StreamAppend[]
  readonly effects: readonly Effect[]
  readonly rows: readonly CaseRow[]
  /** The effect whose outcome this command records. Its outbox row is finished in the same transaction. */
  readonly settles?: { readonly effect: EffectId; readonly as: 'done' | 'failed' | 'parked'; readonly evidence: string }
  /** Effects that a person has retried: their rows become pending again, and their rendered bytes stay the same. */
  readonly revives?: readonly EffectId[]
  /**
   * The stored mail that this command puts into a case: it is marked as placed, and its key is wrapped again under the
   * case's key.
   */
  readonly mail?: { readonly message: string; readonly stream: StreamId; readonly reporter?: string }
  /**
   * The mark (see `keyMarks`) of a CVE id that the case `of` gets. If another case already has this mark, the commit
   * changes nothing. So two processes cannot give the same CVE id to two cases at the same time.
   */
  readonly soleMark?: { readonly mark: string; readonly of: StreamId }
}

export type CommitResult =
  | { readonly is: 'committed' }
  /** Another command appended first: load and decide again. */
  | { readonly is: 'conflict'; readonly stream: StreamId }
  /** Another case already has the mark in `soleMark`; nothing was changed. */
  | { readonly is: 'mark-taken' }
  /** The command was handled before; nothing was changed. */
  | ({ readonly is: 'known' } & HandledCommand)

export type StreamVerdict =
  | { readonly ok: true; readonly events: number; readonly head: string }
  | { readonly ok: false; readonly version: number; readonly because: string }

/** A row outside the log that was changed since it was written, or that belongs to nothing in the log. */
export type DamagedRow = { readonly table: string; readonly row: string; readonly because: string }

export type LogVerdict = {
  /** All streams in the order of their ids, including missing ones. */
  readonly streams: readonly ({ readonly stream: string } & StreamVerdict)[]
  readonly whole:
    | { readonly ok: true; readonly commands: number; readonly marks: readonly string[] }
    | { readonly ok: false; readonly because: string }
  /** Rows of every other table: keys, counters, the outbox, the list of cases, mails and blobs. */
  readonly damaged: readonly DamagedRow[]
}

/** The log. One commit is one transaction; it is durable (fsync) when the promise resolves. */
export type EventStore = {
  commit(commit: Commit): Promise<CommitResult>
  /** The unsealed events of a stream in order, from `afterVersion` + 1. Erased personal fields are `null`. */
  read(stream: StreamId, afterVersion?: number): Promise<readonly RecordedEvent[]>
  /** The version of a stream; 0 if the stream does not exist. */
  version(stream: StreamId): Promise<number>
  handled(commandId: CommandId): Promise<HandledCommand | undefined>
  /**
   * The next free number of a prefix and year, counted from 1. No number is given twice, whatever happens to the
   * counter; numbers may be skipped.
   */
  nextNumber(prefix: string, year: number): Promise<number>
  streams(): AsyncIterable<StreamId>
  /**
   * Recomputes every hash of a stream's chain. It cannot notice a stream that is missing or was restored from a copy:
   * `verifyLog` can.
   */
  verify(stream: StreamId): Promise<StreamVerdict>
  /**
   * Checks whether every stream is complete up to its last known version, and checks every row of the other tables.
   *
   * @param since the `marks` that an earlier call returned. If given, this also checks that the log still contains
   * everything that it contained at that call
   */
  verifyLog(since?: readonly string[]): Promise<LogVerdict>
}
