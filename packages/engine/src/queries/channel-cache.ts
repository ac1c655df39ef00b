import type { Platform } from '@embargo/core'
import { Lru } from '../shared/lru.ts'
import type { CaseRow } from '../ports/event-store.ts'

/** Channels that are remembered. */
const MOST_CHANNELS = 20_000

/** What was last heard in this process of whether channels are cases': known at once, for what can wait for no store. */
export class ChannelCache {
  readonly #channels = new Lru<string, boolean>(MOST_CHANNELS)

  /** Undefined where nothing was heard of it. */
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
