import { createHmac, randomBytes } from 'node:crypto'
import { CDN_LINK_MS } from './limits.ts'
import type { Attachment } from './state.ts'

/** The result of following a link. */
export type CdnResponse = { readonly status: 200; readonly file: Attachment } | { readonly status: 404 }

/**
 * Stores attachments under signed links that expire:
 * https://docs.discord.com/developers/reference#signed-attachment-cdn-urls. A link is valid for a day. An expired or
 * altered link gives a 404.
 */
export class Cdn {
  readonly #key = randomBytes(32)
  readonly #base: () => string
  readonly #now: () => number
  readonly #files = new Map<string, Attachment>()
  #lifeMs = CDN_LINK_MS

  constructor(base: () => string, now: () => number) {
    this.#base = base
    this.#now = now
  }

  /** Sets how long new links are valid. Existing links keep their time. */
  linksLive(ms: number): void {
    this.#lifeMs = ms
  }

  link(channel: string, file: Attachment): string {
    const path = `/attachments/${channel}/${file.id}/${encodeURIComponent(file.filename)}`
    this.#files.set(path, file)
    const issued = Math.floor(this.#now())
    const ex = (issued + this.#lifeMs).toString(16)
    return `${this.#base()}${path}?ex=${ex}&is=${issued.toString(16)}&hm=${this.#sign(path, ex)}&`
  }

  follow(path: string, query: URLSearchParams): CdnResponse {
    const ex = query.get('ex') ?? ''
    const file = this.#files.get(path)
    if (!file || query.get('hm') !== this.#sign(path, ex)) return { status: 404 }
    return Number.parseInt(ex, 16) > this.#now() ? { status: 200, file } : { status: 404 }
  }

  #sign(path: string, ex: string): string {
    return createHmac('sha256', this.#key).update(`${path} ${ex}`).digest('hex')
  }
}
