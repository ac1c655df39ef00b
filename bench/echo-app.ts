import { App, LogLevel } from '@slack/bolt'
import { startSlackEmulator } from '@embargo/emulator-slack'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { ANA, APP } from './deployment.ts'

export type EchoApp = AsyncDisposable & {
  readonly slack: SlackEmulator
  readonly channel: string
  /** A message with a button. */
  readonly message: string
}

/** The label of the button, and of the entry in a message's menu. */
export const ECHO_BUTTON = 'Echo'
export const ECHO_SHORTCUT = 'echo:menu'

/** A Bolt app like the one in Bolt's documentation, in a separate workspace. It echoes a text or opens a form. */
export async function echoApp(): Promise<EchoApp> {
  await using stack = new AsyncDisposableStack()
  const slack = stack.use(
    await startSlackEmulator({
      users: [{ id: ANA, name: 'ana', realName: 'Ana' }],
      ...APP,
      scopes: ['chat:write', 'commands', 'groups:write'],
      commands: ['/echo'],
      shortcuts: [ECHO_SHORTCUT],
    }),
  )
  const clientOptions = { slackApiUrl: slack.apiUrl }
  const app = new App({
    token: APP.botToken,
    appToken: APP.appToken,
    socketMode: true,
    clientOptions,
    logLevel: LogLevel.ERROR,
  })
  app.command('/echo', async ({ ack, command, respond }) => {
    await ack()
    await respond({ text: command.text, response_type: 'ephemeral' })
  })
  app.action(ECHO_BUTTON, async ({ ack, respond }) => {
    await ack()
    await respond({ text: 'Done', response_type: 'ephemeral', replace_original: false })
  })
  app.shortcut(ECHO_SHORTCUT, async ({ ack, shortcut, client }) => {
    await ack()
    const text = { type: 'plain_text', text: 'Done' } as const
    await client.views.open({
      trigger_id: shortcut.trigger_id,
      view: { type: 'modal', title: text, blocks: [{ type: 'section', text }] },
    })
  })
  await app.start()
  stack.defer(async () => void (await app.stop()))
  const created = await app.client.conversations.create({ name: 'echo', is_private: true })
  const channel = created.channel?.id ?? ''
  await app.client.conversations.invite({ channel, users: ANA })
  const button = { type: 'button', action_id: ECHO_BUTTON, text: { type: 'plain_text', text: ECHO_BUTTON } } as const
  const blocks = [{ type: 'actions', elements: [button] }]
  const { ts: message = '' } = await app.client.chat.postMessage({ channel, text: ECHO_BUTTON, blocks })
  const owned = stack.move()
  return { slack, channel, message, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
