import type { Instant, Platform, StreamId } from '@embargo/core'

/** What a person must mend on a chat platform, in words that say how. */
export type Absence = {
  readonly platform: Platform
  /** Nothing can be said there, no channel opened, or nothing done in the channel of a case or of several. */
  readonly what: 'all' | 'opening' | 'channel'
  readonly why: string
  readonly since: Instant
}

/** Who noticed: the connection itself, or something that was to be done there and was refused. */
type NoticedBy = 'connection' | 'effect'

type News = Pick<Absence, 'platform' | 'what'> & {
  readonly by: NoticedBy
  /** Whose channel it is. People are told once for all of them, and that it works again when it does in each. */
  readonly of?: StreamId
}

/** What cannot be done on chat platforms until a person does something, in this process. */
export class Absences {
  readonly #now: () => Instant
  readonly #known = new Map<string, Absence & { readonly by: NoticedBy }>()
  readonly #channels = new Set<string>()
  readonly #listeners = new Set<() => void>()

  constructor(now: () => Instant) {
    this.#now = now
  }

  /** The same words again are no news, and what the connection says stands before what an effect met. */
  away(news: News & { readonly why: string }): void {
    if (news.of !== undefined) this.#channels.add(channelOf(news))
    const known = this.#known.get(keyOf(news))
    if (known?.why === news.why || (known?.by === 'connection' && news.by === 'effect')) return
    this.#known.set(keyOf(news), { ...news, since: known?.since ?? this.#now() })
    this.#tell()
  }

  /** It worked there. While the connection is away, an effect that ends says nothing of that. */
  back(news: News): void {
    if (news.of !== undefined) {
      this.#channels.delete(channelOf(news))
      if ([...this.#channels].some((one) => one.startsWith(channelOf({ ...news, of: '' })))) return
    }
    if (news.by === 'effect' && this.#known.get(keyOf(news))?.by === 'connection') return
    if (this.#known.delete(keyOf(news))) this.#tell()
  }

  of(platform: Platform): Absence | undefined {
    return this.#known.get(keyOf({ platform, what: 'all' }))
  }

  get all(): readonly Absence[] {
    return [...this.#known.values()]
  }

  /** Called after each change. Returns the unsubscriber. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

const channelOf = ({ platform, of = '' }: { readonly platform: Platform; readonly of?: string }): string =>
  `${platform} ${of}`

export const keyOf = ({ platform, what }: Pick<Absence, 'platform' | 'what'>): string => `${platform} ${what}`
