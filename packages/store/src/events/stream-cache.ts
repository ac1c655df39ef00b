import type { CaseRow, Commit } from '@embargo/engine'
import type { Bytes } from '../sealing/seal.ts'
import type { Head } from './chain-events.ts'
import type { Draft } from './draft.ts'

/** The most streams in the cache: enough for those in use. More would cost memory and save little. */
const MAX_STREAMS = 1_000

type CachedStream = { readonly version: number; readonly head?: Bytes; readonly channels?: string }

const named = ({ channels }: CaseRow): string =>
  JSON.stringify(channels.map(({ platform, channel }) => `${platform} ${channel}`).sort())

/**
 * Remembers the last version of streams that this process wrote or read, to save queries. This is safe even while other
 * processes write: a version of a stream never changes, and a commit must name the version that it follows.
 */
export class StreamCache {
  readonly #streams = new Map<string, CachedStream>()
  /** For each stream to which this process is about to write: how many of its commits are in progress. */
  readonly #moving = new Map<string, number>()

  /**
   * The hash that the next event continues. Undefined if `version` is not the last version of the stream that we know.
   */
  head(stream: string, version: number): Bytes | undefined {
    const seen = this.#streams.get(stream)
    return seen?.version === version ? seen.head : undefined
  }

  /** Whether the stream ends with this version, if no other process writes. */
  isLast(stream: string, version: number): boolean {
    return !this.#moving.has(stream) && this.#streams.get(stream)?.version === version
  }

  /**
   * Runs a commit. From before it is written until `keep` is called, the last versions of its streams count as unknown.
   */
  async during<T>({ appends }: Pick<Draft, 'appends'>, work: () => Promise<T>): Promise<T> {
    for (const { stream } of appends) this.#moving.set(stream, (this.#moving.get(stream) ?? 0) + 1)
    try {
      return await work()
    } finally {
      for (const { stream } of appends) {
        const others = (this.#moving.get(stream) ?? 1) - 1
        if (others > 0) this.#moving.set(stream, others)
        else this.#moving.delete(stream)
      }
    }
  }

  /** Whether the table of channels already agrees with the row; false if that is unknown. */
  channelsStand(row: CaseRow, { appends }: Draft): boolean {
    const seen = this.#streams.get(row.stream)
    const append = appends.find(({ stream }) => stream === row.stream)
    // If this commit does not change the stream, its row still has the stream's version.
    const version = append === undefined ? row.version : append.expectedVersion
    return seen?.version === version && seen.channels === named(row)
  }

  /** Records that a read found no event after this version. */
  saw(stream: string, version: number): void {
    const seen = this.#streams.get(stream)
    if (seen === undefined || seen.version < version) this.#put(stream, { version })
  }

  /** To be called when the commit is durable, and not before. */
  keep({ commit }: { readonly commit: Pick<Commit, 'rows'> }, heads: ReadonlyMap<string, Head>): void {
    for (const [stream, { version, head }] of heads) {
      const row = commit.rows.find((each) => each.stream === stream)
      this.#put(stream, { version, head, ...(row && { channels: named(row) }) })
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
