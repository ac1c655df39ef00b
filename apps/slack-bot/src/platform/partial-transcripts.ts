/** A message as Slack lists it. */
export type Message = {
  readonly ts?: string
  readonly user?: string
  readonly username?: string
  readonly bot_id?: string
  readonly text?: string
  readonly thread_ts?: string
  readonly reply_count?: number
  readonly latest_reply?: string
  readonly files?: Files
  /** If this message forwards another one, the forwarded text is here, and `text` is only what the sender added. */
  readonly attachments?: readonly {
    readonly pretext?: string
    readonly title?: string
    readonly text?: string
    readonly fallback?: string
    readonly author_name?: string
    readonly from_url?: string
    readonly is_msg_unfurl?: boolean
    readonly is_share?: boolean
    readonly files?: Files
  }[]
}

type Files = readonly { readonly name?: string | null }[]

/** What has been read of a channel so far, by attempts that have not finished. */
export type PartialTranscript = {
  /**
   * The replies of each thread. The key is the timestamp of the thread's first message. The version changes when
   * somebody adds or removes a reply.
   */
  readonly threads: Map<string, { readonly version: string; readonly thread: readonly Message[] }>
  /** The name of each account; undefined if Slack has no name for it. */
  readonly names: Map<string, string | undefined>
}

/**
 * How long the messages that were read from a channel are kept. Usually the next attempt comes within a minute. An
 * attempt after this time reads everything again, including edits made since.
 */
const KEPT_MS = 10 * 60_000

/** How many channels are remembered. Beyond this number, the least recently used channels are forgotten. */
const MAX = 20

/**
 * Stores what was read of a channel. If an attempt stops because Slack asks us to slow down, the next attempt continues
 * where it stopped.
 */
export class PartialTranscripts {
  readonly #monotonicMs: () => number
  readonly #transcripts = new Map<string, PartialTranscript & { readonly at: number }>()

  constructor(monotonicMs: () => number = () => performance.now()) {
    this.#monotonicMs = monotonicMs
  }

  /** What was read of a channel so far; empty if no attempt has begun. */
  of(channel: string): PartialTranscript {
    const at = this.#monotonicMs()
    for (const [each, reading] of this.#transcripts)
      if (at - reading.at > KEPT_MS || (this.#transcripts.size >= MAX && each !== channel))
        this.#transcripts.delete(each)
    const { threads = new Map(), names = new Map() } = this.#transcripts.get(channel) ?? {}
    // Moves this channel to the end, because the least recently used one is dropped first.
    this.#transcripts.delete(channel)
    this.#transcripts.set(channel, { threads, names, at })
    return { threads, names }
  }

  /** Call this when the channel has been read completely. */
  forget(channel: string): void {
    this.#transcripts.delete(channel)
  }
}
