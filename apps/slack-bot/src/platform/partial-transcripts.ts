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
  /** The words of a message that somebody forwarded; its own text is only what they added. */
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

/** What unfinished attempts have read of a channel. */
export type PartialTranscript = {
  /**
   * Replies by the timestamp of the message that they answer. A thread has a new version when somebody adds or removes
   * a reply.
   */
  readonly threads: Map<string, { readonly version: string; readonly thread: readonly Message[] }>
  /** Undefined where Slack has no name. */
  readonly names: Map<string, string | undefined>
}

/** Attempts follow each other within a minute; a later one reads everything again, with what was edited since. */
const KEPT_MS = 10 * 60_000

/** More channels than are read at once. */
const MAX = 20

/**
 * Lets an attempt continue where Slack asked the one before to slow down, instead of beginning at the first thread
 * again.
 */
export class PartialTranscripts {
  readonly #monotonicMs: () => number
  readonly #transcripts = new Map<string, PartialTranscript & { readonly at: number }>()

  constructor(monotonicMs: () => number = () => performance.now()) {
    this.#monotonicMs = monotonicMs
  }

  /** The reading of a channel, which an earlier attempt may have begun. */
  of(channel: string): PartialTranscript {
    const at = this.#monotonicMs()
    for (const [each, reading] of this.#transcripts)
      if (at - reading.at > KEPT_MS || (this.#transcripts.size >= MAX && each !== channel))
        this.#transcripts.delete(each)
    const { threads = new Map(), names = new Map() } = this.#transcripts.get(channel) ?? {}
    // The one that was used last is dropped last.
    this.#transcripts.delete(channel)
    this.#transcripts.set(channel, { threads, names, at })
    return { threads, names }
  }

  /** It is read to its end. */
  forget(channel: string): void {
    this.#transcripts.delete(channel)
  }
}
