import { errorName } from '@embargo/bot-kit'
import type { Sleep } from '@embargo/engine'
import type { Client, Guild } from 'discord.js'
import { Events, GatewayDispatchEvents } from 'discord.js'
import { z } from 'zod'
import type { BotContext } from './context.ts'
import type { ChannelSnapshot } from '../platform/exposure.ts'
import { isCaseLike, isCategoryChannel, channelSnapshot, textChannels } from '../platform/exposure.ts'
import { onMember } from './members.ts'
import type { Watch } from './watch.ts'

/** https://docs.discord.com/developers/events/gateway-events#guild-delete: `unavailable` is set in an outage. */
const GuildGone = z.object({ id: z.string(), unavailable: z.boolean().default(false) })

/** https://docs.discord.com/developers/events/gateway-events#ready: lists every server that the bot is in. */
const ReadyEvent = z.object({ guilds: z.array(z.object({ id: z.string() })) })

/** If the check of some channels fails, all channels are checked again after this time. */
const LOOK_AGAIN_MS = 30_000

type ChannelHandlers = {
  /** Called when a category has changed. */
  readonly changed: () => void
  /** Called when the bot's permissions have changed, in one channel or in the server. */
  readonly permitted: (channel?: string) => Promise<void>
  /**
   * Called when somebody has invited the bot again. Its commands must be registered again, because Discord deleted them
   * when the bot left.
   */
  readonly back: () => void
}

/** `signal` aborts when the bot must stop listening. `sleep` waits, and a test can replace it. */
type ListenOptions = { readonly signal: AbortSignal; readonly sleep: Sleep }

/** Listens to what people do to channels, roles and the server. */
export function listenToChannels(
  client: Client,
  context: BotContext,
  watch: Watch,
  { changed, permitted, back, signal, sleep }: ChannelHandlers & ListenOptions,
): void {
  const { guild, log, self, deliveries } = context
  let count = 0
  let turn = Promise.resolve()
  let isWaiting = false
  let isOut = false
  // Changes are handled one after the other, in the order of their events.
  const doing = (task: string, work: () => Promise<void>): void => {
    count += 1
    const delivery = `channels:${count}`
    turn = turn
      .then(() => deliveries.once(delivery, work))
      .catch((error: unknown) => {
        log.error('a change in Discord could not be checked; Embargo checks again', {
          what: task,
          error: errorName(error),
        })
        void lookAgain()
      })
  }
  const here = (): Guild | undefined => client.guilds.cache.get(guild)
  const all = (at: Guild): readonly ChannelSnapshot[] =>
    textChannels(at).map((channel) => channelSnapshot(channel, self))
  const onLeave = (at: Guild): void => {
    log.warn('the bot was removed from the Discord server; invite it again with the link of “embargo init discord”')
    const channels = textChannels(at).map(({ id }) => id)
    doing('put out', () => watch.putOut(channels))
  }
  const lookAgain = async (): Promise<void> => {
    if (isWaiting) return
    isWaiting = true
    await sleep(LOOK_AGAIN_MS, signal)
    isWaiting = false
    const at = here()
    // During an outage nothing is checked, because everything is checked when it ends.
    if (signal.aborted || at?.available !== true) return
    const seen = all(at)
    doing('again', () => watch.sweep(seen))
  }

  client.on(Events.ChannelUpdate, (_before, channel) => {
    if (channel.isDMBased() || channel.guildId !== guild) return
    if (isCategoryChannel(channel)) {
      changed()
      const within = [...channel.children.cache.values()].filter(isCaseLike).map((each) => channelSnapshot(each, self))
      for (const seen of within) doing('category', () => watch.look(seen, 'now'))
    }
    if (!isCaseLike(channel)) return
    const seen = channelSnapshot(channel, self)
    doing('channel', () => watch.look(seen, 'now'))
    void permitted(channel.id)
  })
  client.on(Events.ChannelDelete, (channel) => {
    if (channel.isDMBased() || channel.guildId !== guild) return
    if (isCategoryChannel(channel)) changed()
    doing('channel deleted', () => watch.deleted(channel.id))
  })
  client.on(Events.GuildRoleUpdate, (_before, role) => {
    if (role.guild.id !== guild) return
    void permitted()
    if (role.id !== guild) return
    const seen = all(role.guild)
    doing('everyone', () => watch.sweep(seen))
  })
  // This handler must run before the library's own handler, which removes the server's channels from the library's
  // cache.
  client.ws.on(GatewayDispatchEvents.GuildDelete, (data: unknown) => {
    const removal = GuildGone.safeParse(data)
    const at = here()
    if (!removal.success || removal.data.id !== guild || removal.data.unavailable || at === undefined) return
    onLeave(at)
  })
  // The library keeps the servers of the previous session. So the library does not notice that the bot left a server
  // between two sessions, or was invited again later.
  client.ws.on(GatewayDispatchEvents.Ready, (data: unknown) => {
    const ready = ReadyEvent.safeParse(data)
    const at = here()
    if (!ready.success || at === undefined || ready.data.guilds.some(({ id }) => id === guild)) return
    onLeave(at)
    client.guilds.cache.delete(guild)
  })
  client.on(Events.GuildCreate, (joined) => {
    if (joined.id !== guild) return
    log.info('the bot is in the Discord server again')
    changed()
    const seen = all(joined)
    back()
    doing('back', () => watch.sweep(seen))
  })
  onMember(client, guild, ({ account, roles, isHere }) => {
    const at = here()
    if (at === undefined) return
    const seen = all(at)
    doing('member', () => watch.member(seen, { account, roles, isHere }))
  })
  client.on(Events.GuildUnavailable, (at) => {
    if (at.id !== guild || isOut) return
    isOut = true
    log.warn('the Discord server has an outage, and only Discord can end it: status.discord.com says more')
  })
  // A new session begins, perhaps during an outage, so what is known of roles may be outdated.
  client.on(Events.ShardReady, () => watch.forgetRoles())
  // Discord sends this event at the start of each session and after an outage. It does not repeat the events that we
  // missed before. Until this event, the library's list of channels is empty or outdated.
  client.on(Events.GuildAvailable, (at) => {
    if (at.id !== guild) return
    if (isOut) log.info('the outage of the Discord server is over')
    isOut = false
    watch.forgetRoles()
    changed()
    const seen = all(at)
    doing('available', () => watch.sweep(seen))
  })
}
