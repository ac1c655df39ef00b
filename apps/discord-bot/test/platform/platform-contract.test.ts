import { chatPlatformContract } from '@embargo/testkit/contract'
import { createDiscordPlatform, discordRest } from '../../src/index.ts'
import { ANA, BEN, GUILD, policy, recordingLog, server, TOKEN } from '../server.ts'

const NAMES = [
  [ANA, 'ana'],
  [BEN, 'ben'],
] as const

chatPlatformContract('Discord', async () => {
  const discord = await server()
  const rest = discordRest({ token: TOKEN, apiUrl: discord.apiUrl })
  let listens = true
  const leaves = async (): Promise<void> => {
    if (listens) await discord.close()
    listens = false
  }
  return {
    platform: createDiscordPlatform({ rest, guild: GUILD, policy, log: recordingLog() }),
    seen: (channel) => discord.state.messagesIn(channel).map((message) => discord.render(message)),
    members: (channel) =>
      NAMES.filter(([id]) => discord.person(id).channels.some((each) => each.id === channel)).map(([, name]) => name),
    deletes: (_channel, message) => discord.admin.deleteMessage(message),
    leaves,
    [Symbol.asyncDispose]: leaves,
  }
})
