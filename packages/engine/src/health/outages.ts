import { MINUTE } from '@embargo/core'
import type { Instant, Platform, StreamId } from '@embargo/core'

/** An external service that the program needs: a chat platform, the mail relay, the mailboxes, or private reports. */
export type OutsideName = Platform | 'mail' | 'mailbox' | 'private-reports'

/** A failure of an external service, with a text that says how to fix it. */
export type Outage = {
  readonly outside: OutsideName
  /**
   * `all`: nothing works at this service. `opening`: no channel can be opened. `channel`: nothing can be done in the
   * channel of one case or of several. `return`: a test mail to our own address did not come back. `keys`: OpenPGP keys
   * expire soon. `security-txt`: the security.txt of a website expires soon.
   */
  readonly what: 'all' | 'opening' | 'channel' | 'return' | 'keys' | 'security-txt'
  readonly why: string
  readonly since: Instant
  /** Whether the outage will end even if nobody does anything. */
  readonly passing: boolean
}

/** Who noticed the outage: the connection itself, or an effect that was refused. */
type OutageSource = 'connection' | 'effect'

type News = Pick<Outage, 'outside' | 'what'> & {
  readonly by: OutageSource
  /**
   * The case, if the outage concerns the channel of one case. There is one message for all affected channels, and one
   * more when all of them work again.
   */
  readonly of?: StreamId
}

type KnownOutage = Outage & { readonly by: OutageSource }

/** A passing outage, which ends even if nobody does anything, is reported only if it lasts this long. */
const LASTING_MS = 5 * MINUTE

/** The current outages: what this process cannot do on chat platforms and by mail. */
export class Outages {
  readonly #now: () => Instant
  readonly #known = new Map<string, KnownOutage>()
  /** The outages that may soon end and were not reported yet, each with the time at which it began. */
  readonly #suspected = new Map<string, Instant>()
  readonly #channels = new Set<string>()
  readonly #listeners = new Set<() => void>()

  constructor(now: () => Instant) {
    this.#now = now
  }

  /**
   * Reports an outage. A report with the same text as before is ignored. While the connection itself is known to be
   * down, failures of effects are ignored too. With `passing`, people are told only if the outage is reported again
   * after `LASTING_MS`.
   */
  report({ passing = false, ...news }: News & { readonly why: string; readonly passing?: boolean }): void {
    if (news.of !== undefined) this.#channels.add(channelOf(news))
    const key = keyOf(news)
    const known = this.#known.get(key)
    if (known?.why === news.why || (known?.by === 'connection' && news.by === 'effect')) return
    // With `passing`, a report of a known outage is ignored even if its text is different, because the text may differ
    // from try to try.
    if (known !== undefined && passing) return
    const since = known?.since ?? this.#suspected.get(key) ?? this.#now()
    if (passing && this.#now() - since < LASTING_MS) {
      this.#suspected.set(key, since)
      return
    }
    this.#suspected.delete(key)
    this.#known.set(key, { ...news, since, passing })
    this.#tell()
  }

  /** Reports that a service works again. While the connection is down, such a report by an effect is ignored. */
  resolve(news: News): void {
    if (news.of !== undefined) {
      this.#channels.delete(channelOf(news))
      if ([...this.#channels].some((one) => one.startsWith(channelOf({ ...news, of: '' })))) return
    }
    this.#suspected.delete(keyOf(news))
    if (news.by === 'effect' && this.#known.get(keyOf(news))?.by === 'connection') return
    if (this.#known.delete(keyOf(news))) this.#tell()
  }

  /** Takes over an outage that was reported before a restart. It may be over by now. */
  restore(outage: Outage): void {
    if (!this.#known.has(keyOf(outage))) this.#known.set(keyOf(outage), { ...outage, by: 'effect' })
  }

  find(outside: OutsideName): Outage | undefined {
    return this.#known.get(keyOf({ outside, what: 'all' }))
  }

  get all(): readonly Outage[] {
    return [...this.#known.values()]
  }

  /** Calls the listener after each change. Returns a function that unsubscribes. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

const channelOf = ({ outside, of = '' }: { readonly outside: OutsideName; readonly of?: string }): string =>
  `${outside} ${of}`

export const keyOf = ({ outside, what }: Pick<Outage, 'outside' | 'what'>): string => `${outside} ${what}`
