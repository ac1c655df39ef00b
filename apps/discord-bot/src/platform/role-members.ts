import { OutsideError } from '@embargo/engine'
import type { Sleep } from '@embargo/engine'
import type { REST } from 'discord.js'
import { Routes } from 'discord.js'
import { z } from 'zod'
import { calling } from './outside.ts'

const PAGE = 1000
/** A hundred thousand members: a server that is larger has its people listed in the policy. */
const PAGES_MAX = 100
/** Discord gives ten pages in ten seconds, so that a list takes as many seconds as it has pages. */
const WAIT_MOST_MS = 15_000
/** A limit that is told of one page over and over is none that passes. */
const WAITS_MAX = 5

/** https://docs.discord.com/developers/resources/guild#guild-member-object */
const Member = z.object({
  user: z.object({
    id: z.string(),
    username: z.string(),
    global_name: z.string().nullish(),
    bot: z.boolean().default(false),
  }),
  nick: z.string().nullish(),
  roles: z.array(z.string()),
})

/** Somebody of the server who has a role, by the name that the server knows. */
export type Holder = {
  readonly account: string
  readonly name: string
  readonly isBot: boolean
  readonly roles: readonly string[]
}

type Asking = {
  readonly rest: REST
  /** The server's id. */
  readonly guild: string
  readonly signal: AbortSignal
  readonly sleep: Sleep
}

/**
 * Everybody who has a role, bots too: they read what it lets them read. Needs the Server Members intent. Waits where Discord
 * asks for it between two pages, and no longer once the signal aborts.
 */
export async function listHolders(asking: Asking): Promise<readonly Holder[]> {
  const found: Holder[] = []
  let after = '0'
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const members = await pageAfter(asking, after)
    for (const { user, nick, roles } of members)
      if (roles.length > 0)
        found.push({ account: user.id, name: nick ?? user.global_name ?? user.username, isBot: user.bot, roles })
    after = members.at(-1)?.user.id ?? after
    if (members.length < PAGE) break
  }
  return found
}

async function pageAfter(
  { rest, guild, signal, sleep }: Asking,
  after: string,
): Promise<readonly z.infer<typeof Member>[]> {
  const query = new URLSearchParams({ limit: String(PAGE), after })
  for (let waits = 0; ; waits += 1) {
    try {
      return await calling(
        'list the members',
        'read',
        () => rest.get(Routes.guildMembers(guild), { query }),
        z.array(Member),
      )
    } catch (error) {
      const waitMs = waitOf(error)
      if (waitMs === undefined || waits >= WAITS_MAX) throw error
      await sleep(waitMs, signal)
      if (signal.aborted) throw error
    }
  }
}

/** How long the next page waits; undefined for what does not pass by waiting a little. */
const waitOf = (error: unknown): number | undefined =>
  error instanceof OutsideError &&
  error.code === 'rate-limited' &&
  !error.forAPerson &&
  (error.retryAfterMs ?? Infinity) <= WAIT_MOST_MS
    ? error.retryAfterMs
    : undefined
