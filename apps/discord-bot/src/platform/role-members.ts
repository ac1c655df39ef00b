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

/** The people of a role, with the names by which the server knows them. Bots are nobody. Needs the Server Members intent. */
export async function roleMembers(
  rest: REST,
  guild: string,
  role: string,
): Promise<readonly { readonly account: string; readonly name: string }[]> {
  const found: { account: string; name: string }[] = []
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
      if (!user.bot && roles.includes(role))
        found.push({ account: user.id, name: nick ?? user.global_name ?? user.username })
    after = members.at(-1)?.user.id ?? after
    if (members.length < PAGE) break
  }
  return found
}
