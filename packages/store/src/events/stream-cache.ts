import type { CaseRow, Commit } from '@embargo/engine'
import type { Bytes } from '../sealing/seal.ts'
import type { Head } from './chain-events.ts'
import type { Draft } from './draft.ts'

/** The most streams in the cache. This is enough for the streams in use, and more would cost memory and save little. */
const MAX_STREAMS = 1_000

type CachedStream = {
  readonly version: number
  readonly head?: Bytes
  readonly channels?: string
  /** The row of the case, as JSON. */
  readonly row?: string
}

const named = ({ channels }: CaseRow): string =>
  JSON.stringify(channels.map(({ platform, channel }) => `${platform} ${channel}`).sort())

/**
 * Remembers the last version of streams that this process wrote or read, to save queries. An entry can be outdated if
 * another process writes. That does no harm, because a commit must name the version that it follows.
 */
export class StreamCache {
  readonly #streams = new Map<string, CachedStream>()

  /**
   * The hash of the event at this version, which the hash of the next event includes. Undefined if `version` is not the
   * last version of the stream that we know.
   */
  head(stream: string, version: number): Bytes | undefined {
    const seen = this.#streams.get(stream)
    return seen?.version === version ? seen.head : undefined
  }

  /**
   * Whether this is the last durable version of the stream. The answer is right only if no other process writes. A
   * commit that is not durable yet does not count, because a power cut could undo it.
   */
  isLast(stream: string, version: number): boolean {
    return this.#streams.get(stream)?.version === version
  }

  /** Whether the table of channels already has exactly the channels of this row; false if that is unknown. */
  channelsStand(row: CaseRow, { appends }: Draft): boolean {
    const seen = this.#streams.get(row.stream)
    const append = appends.find(({ stream }) => stream === row.stream)
    // If this commit does not change the stream, the row has the stream's present version.
    const version = append === undefined ? row.version : append.expectedVersion
    return seen?.version === version && seen.channels === named(row)
  }

  /**
   * Whether the table of cases already has this row. The answer is right only if no other process writes. A commit to a
   * release brings the rows of all its cases, and most of these rows have not changed.
   */
  rowStands(row: CaseRow, { appends }: Pick<Commit, 'appends'>): boolean {
    const seen = this.#streams.get(row.stream)
    return (
      seen?.row !== undefined &&
      seen.version === row.version &&
      appends.every(({ stream }) => stream !== row.stream) &&
      seen.row === JSON.stringify(row)
    )
  }

  /** Records that a read found no event after this version. */
  saw(stream: string, version: number): void {
    const seen = this.#streams.get(stream)
    if (seen === undefined || seen.version < version) this.#put(stream, { version })
  }

  /** Must be called only after the commit is durable. */
  keep({ commit }: { readonly commit: Pick<Commit, 'rows'> }, heads: ReadonlyMap<string, Head>): void {
    for (const [stream, { version, head }] of heads) this.#put(stream, { version, head })
    for (const row of commit.rows) {
      const seen = this.#streams.get(row.stream)
      if (seen?.version !== row.version) continue
      const channels = heads.has(row.stream) ? named(row) : seen.channels
      this.#put(row.stream, { ...seen, ...(channels !== undefined && { channels }), row: JSON.stringify(row) })
    }
  }

  #put(stream: string, seen: CachedStream): void {
    // The entry is inserted again at the end, because the entry that was inserted first is dropped first.
    this.#streams.delete(stream)
    this.#streams.set(stream, seen)
    for (const oldest of this.#streams.keys()) {
      if (this.#streams.size <= MAX_STREAMS) return
      this.#streams.delete(oldest)
    }
  }
}
