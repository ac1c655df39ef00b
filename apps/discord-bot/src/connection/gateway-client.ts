import { Client, GatewayIntentBits, Options, Partials } from 'discord.js'
import { restOptions } from '../platform/client.ts'
import { Shards } from './shards.ts'

/** The gateway client: with as few events as possible, and without storing what people write. */
export function gatewayClient(apiUrl: string | undefined): Client {
  return new Client({
    intents: [
      GatewayIntentBits.Guilds,
      // Roles of members, so that one who is let in by a role is noticed.
      GatewayIntentBits.GuildMembers,
      GatewayIntentBits.GuildMessages,
      // The transcript of a case's channel, and the text of a message that somebody sends to the reporter.
      GatewayIntentBits.MessageContent,
    ],
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    rest: restOptions(apiUrl),
    ws: { buildStrategy: (manager) => new Shards(manager) },
    // Kept: channels with their permissions, and roles. Messages and members pass through.
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
