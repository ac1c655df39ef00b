import type { REST } from 'discord.js'
import { Routes } from 'discord.js'
import { z } from 'zod'
import { calling } from './outside.ts'

const PAGE = 1000
/** A hundred thousand members: a server that is larger has its people listed in the policy. */
const PAGES_MAX = 100

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

type Found = { readonly account: string; readonly name: string; readonly isBot: boolean }

/** The people of a role, with the names by which the server knows them. Bots are nobody. Needs the Server Members intent. */
export const roleMembers = async (
  rest: REST,
  guild: string,
  role: string,
): Promise<readonly { readonly account: string; readonly name: string }[]> =>
  (await roleHolders(rest, guild, role)).flatMap(({ isBot, ...person }) => (isBot ? [] : [person]))

/** Everybody of a role, bots too: they read what it lets them read. Needs the Server Members intent. */
export async function roleHolders(rest: REST, guild: string, role: string): Promise<readonly Found[]> {
  const found: Found[] = []
  let after = '0'
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query = new URLSearchParams({ limit: String(PAGE), after })
    const members = await calling(
      'list the members',
      'read',
      () => rest.get(Routes.guildMembers(guild), { query }),
      z.array(Member),
    )
    for (const { user, nick, roles } of members)
      if (roles.includes(role))
        found.push({ account: user.id, name: nick ?? user.global_name ?? user.username, isBot: user.bot })
    after = members.at(-1)?.user.id ?? after
    if (members.length < PAGE) break
  }
  return found
}
