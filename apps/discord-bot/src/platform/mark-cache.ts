import type { REST } from 'discord.js'
import { markAt } from './post.ts'

/** How many marks are cached. Each open case has one pinned card, so this is enough for as many open cases. */
const REMEMBERED = 2000

/**
 * Caches the mark of each message: the short hash at the foot of its card (see `markOf`). An edit must send the mark
 * again, because Discord replaces the whole card.
 */
export function markCache(rest: REST) {
  const known = new Map<string, string>()
  const remember = (message: string, mark: string): void => {
    known.delete(message)
    known.set(message, mark)
    for (const oldest of known.keys()) {
      if (known.size <= REMEMBERED) return
      known.delete(oldest)
    }
  }
  return {
    remember,
    /** The mark of a message. Discord is asked if this process has neither posted nor edited the message. */
    of: async (channel: string, message: string): Promise<string | undefined> => {
      const mark = known.get(message) ?? (await markAt(rest, channel, message))
      if (mark !== undefined) remember(message, mark)
      return mark
    },
  }
}
