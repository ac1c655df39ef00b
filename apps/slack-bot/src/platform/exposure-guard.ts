import { OutsideError } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import { isExposed, lookAtChannel } from './exposure.ts'
import type { SeenChannel } from './exposure.ts'

/**
 * How long an observation of a channel is valid, in milliseconds. The time is short, because no event reports that a
 * channel was made public.
 */
const FRESH_MS = 15_000
/** How long the last check of a channel counts if Slack's rate limit allows no further check. */
const TRUSTED_MS = 10 * 60_000
/**
 * How many channels may be checked again in one minute. Slack allows fifty calls a minute (tier 3) that read a channel.
 * The other calls are left for new channels, at most twenty a minute, and for the regular checks of all channels:
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
const AGAIN_MAX = 10
const MINUTE_MS = 60_000
/**
 * How long to wait before retrying a post to an exposed channel. By then core knows that the channel is exposed, and
 * blocks posts until somebody on the team has checked it.
 */
const KNOWN_MS = 5000

/** Keeps everything about a case out of channels that people outside the case can read. */
export type ExposureGuard = {
  /**
   * @throws {OutsideError} if Slack cannot be asked, or if people outside the case can read the channel and core does
   *   not know this yet. For such a channel, the code is `rate-limited` if core now notifies the people of the case,
   *   otherwise `refused`
   */
  refuse(channel: string): Promise<void>
  /** Tells the guard that something happened to the channel, so that the channel is checked before the next post. */
  doubt(channel: string): void
}

/** Receives reports of channels that people outside the case may read. */
export type Exposures = {
  /**
   * Whether core already knows that this channel is exposed. If so, core alone decides what may still be posted in it.
   */
  known(channel: string): Promise<boolean>
  /**
   * Tells core that people outside the case may read the channel. Resolves to true if the channel belongs to a case.
   * Resolves to false if it belongs to none, so core cannot decide what may be posted in it.
   */
  tell(channel: string): Promise<boolean>
}

/**
 * Asks Slack about a channel before a post. An answer counts for 15 seconds or, when many channels are in use, for ten
 * minutes.
 */
export function exposureGuard(
  client: WebClient,
  { exposures, monotonicMs = () => performance.now() }: { exposures?: Exposures; monotonicMs?: () => number } = {},
): ExposureGuard {
  const seenAt = new Map<string, number>()
  let again: readonly number[] = []
  /** Whether the last observation of a channel is still valid. */
  const counts = (channel: string): boolean => {
    const now = monotonicMs()
    const age = now - (seenAt.get(channel) ?? Number.NEGATIVE_INFINITY)
    if (age < FRESH_MS || age >= TRUSTED_MS) return age < FRESH_MS
    again = again.filter((at) => at > now - MINUTE_MS)
    if (again.length >= AGAIN_MAX) return true
    again = [...again, now]
    return false
  }
  const look = async (channel: string): Promise<SeenChannel | 'nothing' | 'seen'> => {
    if (counts(channel)) return 'seen'
    try {
      return await lookAtChannel(client, channel)
    } catch (error) {
      const age = monotonicMs() - (seenAt.get(channel) ?? Number.NEGATIVE_INFINITY)
      if (age < TRUSTED_MS && error instanceof OutsideError && error.code === 'rate-limited') return 'seen'
      throw error
    }
  }
  return {
    refuse: async (channel) => {
      const seen = await look(channel)
      if (seen === 'seen') return
      // A post to a missing channel fails anyway, with the reason why the channel is missing.
      if (seen === 'nothing' || !isExposed(seen)) {
        seenAt.set(channel, monotonicMs())
        return
      }
      seenAt.delete(channel)
      if (exposures === undefined) throw shared()
      if (await exposures.known(channel)) return
      throw (await exposures.tell(channel)) ? shared({ retryAfterMs: KNOWN_MS }) : ofNoCase()
    },
    doubt: (channel) => {
      seenAt.delete(channel)
    },
  }
}

const shared = (soon?: { readonly retryAfterMs: number }): OutsideError =>
  new OutsideError(
    soon === undefined ? 'refused' : 'rate-limited',
    'The channel is public or shared with another organisation or workspace, so nothing of the case is posted in it. Make it private and stop sharing it in Slack, or move the case to a new channel.',
    soon,
  )

/**
 * The error for the team's own channel, which belongs to no case. People are told about the exposure, and another
 * channel is opened for the posts.
 */
const ofNoCase = (): OutsideError =>
  new OutsideError(
    'refused',
    'The channel is public or shared with another organisation or workspace, so nothing is posted in it. Make it private and stop sharing it in Slack, or delete it.',
    { forAPerson: true },
  )
