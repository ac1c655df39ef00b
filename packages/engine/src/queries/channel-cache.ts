import type { Platform } from '@embargo/core'
import { Lru } from '../shared/lru.ts'
import type { CaseRow } from '../ports/event-store.ts'

const MAX_CHANNELS = 20_000

/**
 * Remembers which channels belong to cases, as this process last saw them. The cache answers at once, for callers that
 * cannot wait for the database.
 */
export class ChannelCache {
  readonly #channels = new Lru<string, boolean>(MAX_CHANNELS)

  /** Whether the channel belongs to a case; undefined if this process knows nothing about the channel. */
  isCaseChannel(platform: Platform, channel: string): boolean | undefined {
    return this.#channels.get(keyOf(platform, channel))
  }

  set(platform: Platform, channel: string, isCaseChannel: boolean): void {
    this.#channels.set(keyOf(platform, channel), isCaseChannel)
  }

  setRows(rows: readonly Pick<CaseRow, 'channels'>[]): void {
    for (const { platform, channel } of rows.flatMap(({ channels }) => channels)) this.set(platform, channel, true)
  }
}

const keyOf = (platform: Platform, channel: string): string => `${platform} ${channel}`
