import { Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js'
import { startDiscordEmulator } from '@embargo/testkit'
import type { DiscordEmulator } from '@embargo/testkit'
import { ANA_ON_DISCORD, BOT } from './deployment.ts'

export type EchoBot = AsyncDisposable & { readonly discord: DiscordEmulator; readonly channel: string }

/** A discord.js bot as its guide shows it, which echoes, on a server of its own. */
export async function echoBot(): Promise<EchoBot> {
  await using stack = new AsyncDisposableStack()
  const discord = stack.use(
    await startDiscordEmulator({
      botToken: BOT.botToken,
      guild: { id: BOT.guild },
      members: [{ id: ANA_ON_DISCORD, username: 'ana', globalName: 'Ana' }],
    }),
  )
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: discord.apiUrl } })
  stack.defer(() => client.destroy())
  client.on(Events.InteractionCreate, (interaction) => {
    if (!interaction.isChatInputCommand()) return
    const text = interaction.options.getString('text', true)
    void interaction
      .deferReply({ flags: MessageFlags.Ephemeral })
      .then(async () => interaction.editReply({ content: text }))
  })
  await client.login(BOT.botToken)
  await discord.connected()
  await client.rest.put(`/applications/${discord.applicationId}/guilds/${discord.guildId}/commands`, {
    body: [
      {
        name: 'echo',
        description: 'Says it back',
        options: [{ type: 3, name: 'text', description: 'What', required: true }],
      },
    ],
  })
  const channel = [...discord.state.channels.values()].find(({ kind }) => kind === 'text')?.id ?? ''
  const owned = stack.move()
  return { discord, channel, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
