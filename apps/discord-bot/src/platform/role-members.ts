import type { OutsiderKind } from '@embargo/core'
import type { REST } from 'discord.js'
import { Routes } from 'discord.js'
import { z } from 'zod'
import { calling } from './api-errors.ts'
import { withBackoff } from './paginate-with-backoff.ts'
import type { Backoff } from './paginate-with-backoff.ts'

const PAGE = 1000
/** A hundred pages have a hundred thousand members. A team in a larger server must list its people in the policy. */
const PAGES_MAX = 100
/** https://docs.discord.com/developers/resources/guild#guild-member-object-guild-member-flags */
const IS_GUEST = 1 << 4

/** The fields that tell whether somebody is a full member of the server. */
export const Membership = { pending: z.boolean().default(false), flags: z.number().default(0) }

type Member = { readonly user: { readonly bot: boolean }; readonly pending: boolean; readonly flags: number }

/** Why a member is not a full member of the server; undefined if they are one. */
export function outsiderOf({ user, pending, flags }: Member): OutsiderKind | undefined {
  if (user.bot) return 'bot'
  if ((flags & IS_GUEST) !== 0) return 'guest'
  return pending ? 'not-admitted' : undefined
}

/** https://docs.discord.com/developers/resources/guild#guild-member-object */
export const Member = z.object({
  user: z.object({
    id: z.string(),
    username: z.string(),
    global_name: z.string().nullish(),
    bot: z.boolean().default(false),
  }),
  nick: z.string().nullish(),
  roles: z.array(z.string()),
  ...Membership,
})

/** A member of the server who has a role, with the name that people see in the server. */
export type Holder = {
  readonly account: string
  readonly name: string
  /** Why this member is not a full member of the server; absent if they are one. */
  readonly is?: OutsiderKind
  readonly roles: readonly string[]
}

type MembersOptions = Backoff & {
  readonly rest: REST
  /** The server's id. */
  readonly guild: string
}

/**
 * Lists everybody who has a role, including bots, because a role lets bots read too. Needs the Server Members intent.
 * Waits between two pages if Discord asks us to. Such a wait ends early if the signal aborts.
 */
export async function listHolders(query: MembersOptions): Promise<readonly Holder[]> {
  const found: Holder[] = []
  let after = '0'
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const members = await pageAfter(query, after)
    for (const member of members) if (member.roles.length > 0) found.push(holderOf(member))
    after = members.at(-1)?.user.id ?? after
    if (members.length < PAGE) break
  }
  return found
}

/** A member of the server in our format. */
export function holderOf({ user, nick, roles, ...rest }: z.infer<typeof Member>): Holder {
  const is = outsiderOf({ user, ...rest })
  const name = nick ?? user.global_name ?? user.username
  return { account: user.id, name, roles, ...(is === undefined ? {} : { is }) }
}

const pageAfter = (
  { rest, guild, ...backoff }: MembersOptions,
  after: string,
): Promise<readonly z.infer<typeof Member>[]> => {
  const query = new URLSearchParams({ limit: String(PAGE), after })
  return withBackoff(backoff, () =>
    calling('list the members', 'read', () => rest.get(Routes.guildMembers(guild), { query }), z.array(Member)),
  )
}
