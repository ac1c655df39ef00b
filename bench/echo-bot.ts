import { Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js'
import { startDiscordEmulator } from '@embargo/emulator-discord'
import type { DiscordEmulator } from '@embargo/emulator-discord'
import { ANA_ON_DISCORD, BOT } from './deployment.ts'

export type EchoBot = AsyncDisposable & {
  readonly discord: DiscordEmulator
  readonly channel: string
  /** A message with a button. */
  readonly message: string
}

/** The label of the button, and of the entry in a message's menu. */
export const ECHO_LABEL = 'Echo'

/** A discord.js bot like the one in the discord.js guide, on a separate server. It echoes a text or opens a form. */
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
    if (interaction.isMessageContextMenuCommand()) {
      const input = { type: 4, custom_id: 'text', style: 1 } as const
      return void interaction.showModal({
        custom_id: 'form',
        title: 'Done',
        components: [{ type: 18, label: 'Text', component: input }],
      })
    }
    if (interaction.isButton())
      return void interaction
        .deferReply({ flags: MessageFlags.Ephemeral })
        .then(async () => interaction.editReply({ content: 'Done' }))
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
      { type: 3, name: ECHO_LABEL },
    ],
  })
  const channel = [...discord.state.channels.values()].find(({ kind }) => kind === 'text')?.id ?? ''
  const button = { type: 2, style: 1, label: ECHO_LABEL, custom_id: 'echo' }
  await client.rest.post(`/channels/${channel}/messages`, { body: { components: [{ type: 1, components: [button] }] } })
  const message = discord.state.messagesIn(channel)[0]?.id ?? ''
  const owned = stack.move()
  return { discord, channel, message, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
