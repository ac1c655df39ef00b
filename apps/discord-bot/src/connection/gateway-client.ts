import { Client, GatewayIntentBits, Options, Partials } from 'discord.js'
import { restOptions } from '../platform/client.ts'
import { Shards } from './shards.ts'

/** The gateway client. It subscribes to as few events as possible and does not store what people write. */
export function gatewayClient(apiUrl: string | undefined): Client {
  return new Client({
    intents: [
      GatewayIntentBits.Guilds,
      // Needed to notice when a member gets a role, because a role may give access to Embargo or to a case's channel.
      GatewayIntentBits.GuildMembers,
      GatewayIntentBits.GuildMessages,
      // Needed for the transcript of a case's channel, and for the text of a message that somebody sends to the
      // reporter.
      GatewayIntentBits.MessageContent,
    ],
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    rest: restOptions(apiUrl),
    ws: { buildStrategy: (manager) => new Shards(manager) },
    // Channels (with their permissions) and roles are cached. Messages are not, nor are members and users, except for
    // the bot itself.
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: 0, keepOverLimit: (user) => user.id === user.client.user.id },
      ReactionManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      ThreadMemberManager: 0,
    }),
  })
}
