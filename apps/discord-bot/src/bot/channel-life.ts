import type { Client, Guild } from 'discord.js'
import { Events, GatewayDispatchEvents } from 'discord.js'
import { z } from 'zod'
import type { BotContext } from './context.ts'
import { isCaseLike, isCategoryChannel, textChannels } from './exposure.ts'
import { nameOf } from './invoke.ts'
import type { Watch } from './watch.ts'

/** https://docs.discord.com/developers/events/gateway-events#guild-member-update */
const MemberUpdate = z.object({ guild_id: z.string(), user: z.object({ id: z.string() }), roles: z.array(z.string()) })

/** Listens to what people do to channels, roles and the server. `changed`: something became of a category. */
export function listenToChannels(client: Client, context: BotContext, watch: Watch, changed: () => void): void {
  const { guild, log, deliveries } = context
  let count = 0
  const doing = (what: string, work: () => Promise<void>): void => {
    count += 1
    void deliveries
      .once(`channels:${count}`, work)
      .catch((error: unknown) =>
        log.error('a change in Discord could not be looked at', { what, error: nameOf(error) }),
      )
  }
  const here = (): Guild | undefined => client.guilds.cache.get(guild)

  client.on(Events.ChannelUpdate, (_before, channel) => {
    if (channel.isDMBased() || channel.guildId !== guild) return
    if (isCategoryChannel(channel)) {
      changed()
      doing('category', async () => {
        for (const each of channel.children.cache.values()) if (isCaseLike(each)) await watch.look(each, 'now')
      })
    }
    if (isCaseLike(channel)) doing('channel', () => watch.look(channel, 'now'))
  })
  client.on(Events.ChannelDelete, (channel) => {
    if (channel.isDMBased() || channel.guildId !== guild) return
    if (isCategoryChannel(channel)) changed()
    doing('channel deleted', () => watch.deleted(channel.id))
  })
  client.on(Events.GuildRoleUpdate, (_before, role) => {
    if (role.guild.id !== guild || role.id !== guild) return
    doing('everyone', () => watch.sweep(textChannels(role.guild)))
  })
  client.on(Events.GuildDelete, (left) => {
    if (left.id !== guild) return
    log.warn('the bot was taken out of the Discord server; invite it again with the link of “embargo discord invite”')
    const channels = textChannels(left).map(({ id }) => id)
    doing('put out', () => watch.putOut(channels))
  })
  // The library keeps no members here, and says nothing of those that it does not keep.
  client.ws.on(GatewayDispatchEvents.GuildMemberUpdate, (data: unknown) => {
    const update = MemberUpdate.safeParse(data)
    const at = here()
    if (!update.success || update.data.guild_id !== guild || at === undefined) return
    const { user, roles } = update.data
    doing('roles', () => watch.roles(textChannels(at), { account: user.id, roles }))
  })
  // A new session: what happened between is not told again.
  client.on(Events.ShardReady, () => {
    const at = here()
    if (at === undefined) return
    changed()
    doing('session', () => watch.sweep(textChannels(at)))
  })
}
