import type { Instant, Platform } from '@embargo/core'

/** Why nothing can be said on a chat platform until a person turns a switch there, in words that say which. */
export type Absence = { readonly why: string; readonly since: Instant }

/** Who noticed: the connection itself, or something that was to be done there and was refused. */
type NoticedBy = 'connection' | 'effect'

/** The chat platforms that are away until a person does something, in this process. */
export class Absences {
  readonly #now: () => Instant
  readonly #known = new Map<Platform, Absence & { readonly by: NoticedBy }>()
  readonly #listeners = new Set<() => void>()

  constructor(now: () => Instant) {
    this.#now = now
  }

  /** The same words again are no news, and what the connection says stands before what an effect met. */
  away(platform: Platform, why: string, by: NoticedBy): void {
    const known = this.#known.get(platform)
    if (known?.why === why || (known?.by === 'connection' && by === 'effect')) return
    this.#known.set(platform, { why, by, since: known?.since ?? this.#now() })
    this.#tell()
  }

  /** Something worked there. While the connection is away, an effect that ends says nothing of that. */
  back(platform: Platform, by: NoticedBy): void {
    if (by === 'effect' && this.#known.get(platform)?.by === 'connection') return
    if (this.#known.delete(platform)) this.#tell()
  }

  of(platform: Platform): Absence | undefined {
    return this.#known.get(platform)
  }

  get all(): ReadonlyMap<Platform, Absence> {
    return this.#known
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
