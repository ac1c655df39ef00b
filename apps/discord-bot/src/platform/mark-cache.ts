import type { REST } from 'discord.js'
import { markAt } from './post.ts'

/** How many messages' marks are cached: enough for the pinned cards of as many open cases. */
const REMEMBERED = 2000

/** The mark of each message, which an edit would otherwise take away: Discord replaces a message's embeds whole. */
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
    /** Asked of Discord where the process has not posted or edited the message itself. */
    of: async (channel: string, message: string): Promise<string | undefined> => {
      const mark = known.get(message) ?? (await markAt(rest, channel, message))
      if (mark !== undefined) remember(message, mark)
      return mark
    },
  }
}
