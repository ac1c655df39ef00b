import type { Platform } from '@embargo/core'
import { Lru } from '../shared/lru.ts'
import type { CaseRow } from '../ports/event-store.ts'

/** Channels that are remembered. */
const MOST_CHANNELS = 20_000

/** What was last heard in this process of whether channels are cases': known at once, for what can wait for no store. */
export class HeardChannels {
  readonly #heard = new Lru<string, boolean>(MOST_CHANNELS)

  /** Undefined where nothing was heard of it. */
  isOfACase(platform: Platform, channel: string): boolean | undefined {
    return this.#heard.get(keyOf(platform, channel))
  }

  hear(platform: Platform, channel: string, isOfACase: boolean): void {
    this.#heard.set(keyOf(platform, channel), isOfACase)
  }

  hearRows(rows: readonly Pick<CaseRow, 'channels'>[]): void {
    for (const { platform, channel } of rows.flatMap(({ channels }) => channels)) this.hear(platform, channel, true)
  }
}

const keyOf = (platform: Platform, channel: string): string => `${platform} ${channel}`
