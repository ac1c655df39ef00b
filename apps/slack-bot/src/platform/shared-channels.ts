import { OutsideError } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import { calling } from './outside.ts'

/** A channel can be shared with another organisation at any time; this long after, nothing more is posted in it. */
const TRUSTED_MS = 10 * 60_000

/** Keeps case talk out of channels that another organisation reads along. */
export type SharedChannels = {
  /** @throws {OutsideError} `refused` when the channel is shared, or as every read does */
  refuse(channel: string): Promise<void>
}

/** Asks Slack once in ten minutes for each channel. */
export function sharedChannels(client: WebClient, monotonicMs: () => number = () => performance.now()): SharedChannels {
  const trustedUntil = new Map<string, number>()
  return {
    refuse: async (channel) => {
      if ((trustedUntil.get(channel) ?? Number.NEGATIVE_INFINITY) > monotonicMs()) return
      const { channel: seen } = await calling('conversations.info', 'read', () =>
        client.conversations.info({ channel }),
      )
      if (seen?.is_ext_shared === true || seen?.is_org_shared === true) {
        throw new OutsideError(
          'refused',
          'The channel is shared with another organisation or workspace, so nothing is posted in it. Stop sharing it in Slack, or move the case to a new channel.',
        )
      }
      trustedUntil.set(channel, monotonicMs() + TRUSTED_MS)
    },
  }
}
