import { OutsideError } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import { isExposed, lookAtChannel } from './exposure.ts'

/** A channel can be shared with another organisation at any time; this long after, nothing more is posted in it. */
const TRUSTED_MS = 10 * 60_000
/** By then core knows, and holds what waits until somebody of the team has looked. */
const KNOWN_MS = 5000

/** Keeps case talk out of channels that others read along. */
export type SharedChannels = {
  /** @throws {OutsideError} when others may read it: `refused`, or `rate-limited` where somebody is told of it; or as every read does */
  refuse(channel: string): Promise<void>
  /** Something happened to the channel: it is looked at again before anything is posted there. */
  doubt(channel: string): void
}

/** Whom a channel is reported to that others may read. */
export type Exposures = {
  /** Whether core knows already: then it alone decides what is still written there. */
  known(channel: string): Promise<boolean>
  tell(channel: string): Promise<void>
}

/** Asks Slack once in ten minutes for each channel. */
export function sharedChannels(
  client: WebClient,
  { exposures, monotonicMs = () => performance.now() }: { exposures?: Exposures; monotonicMs?: () => number } = {},
): SharedChannels {
  const trustedUntil = new Map<string, number>()
  return {
    refuse: async (channel) => {
      if ((trustedUntil.get(channel) ?? Number.NEGATIVE_INFINITY) > monotonicMs()) return
      const seen = await lookAtChannel(client, channel)
      // One that is not there refuses the post itself, with what became of it.
      if (seen === 'nothing' || !isExposed(seen)) {
        trustedUntil.set(channel, monotonicMs() + TRUSTED_MS)
        return
      }
      if (exposures === undefined) throw shared('refused')
      if (await exposures.known(channel)) return
      await exposures.tell(channel)
      throw shared('rate-limited')
    },
    doubt: (channel) => {
      trustedUntil.delete(channel)
    },
  }
}

const shared = (code: 'refused' | 'rate-limited'): OutsideError =>
  new OutsideError(
    code,
    'The channel is public or shared with another organisation or workspace, so nothing of the case is posted in it. Make it private and stop sharing it in Slack, or move the case to a new channel.',
    code === 'rate-limited' ? { retryAfterMs: KNOWN_MS } : {},
  )
