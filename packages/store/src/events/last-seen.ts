import type { CaseRow } from '@embargo/engine'
import type { Bytes } from '../sealing/seal.ts'
import type { Head } from './chained.ts'
import type { Draft } from './draft.ts'

/** Streams that are remembered: those that are worked on. More would cost memory and save little. */
const MOST_STREAMS = 1_000

type Seen = { readonly version: number; readonly head: Bytes; readonly channels?: string }

const named = ({ channels }: CaseRow): string =>
  JSON.stringify(channels.map(({ platform, channel }) => `${platform} ${channel}`).sort())

/**
 * How this process left the streams that it wrote to last. A version of a stream never changes, and a commit moves it on
 * from the version that it names or not at all: what is remembered of that version needs no query, whoever else writes.
 */
export class LastSeen {
  readonly #streams = new Map<string, Seen>()

  /** The hash that the next event follows on; undefined when the stream was not left at this version. */
  head(stream: string, version: number): Bytes | undefined {
    const seen = this.#streams.get(stream)
    return seen?.version === version ? seen.head : undefined
  }

  /** Whether the table of channels already says what the row says; false when that is not known. */
  channelsStand(row: CaseRow, { appends }: Draft): boolean {
    const seen = this.#streams.get(row.stream)
    const append = appends.find(({ stream }) => stream === row.stream)
    // A row of a stream that the commit does not move is as it was at its own version.
    const version = append === undefined ? row.version : append.expectedVersion
    return seen?.version === version && seen.channels === named(row)
  }

  /** To be called when the commit is durable, and not before. */
  keep({ commit }: Draft, heads: ReadonlyMap<string, Head>): void {
    for (const [stream, { version, head }] of heads) {
      const row = commit.rows.find((each) => each.stream === stream)
      // The one written to last goes to the end.
      this.#streams.delete(stream)
      this.#streams.set(stream, { version, head, ...(row && { channels: named(row) }) })
    }
    for (const oldest of this.#streams.keys()) {
      if (this.#streams.size <= MOST_STREAMS) return
      this.#streams.delete(oldest)
    }
  }
}
