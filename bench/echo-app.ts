import { App, LogLevel } from '@slack/bolt'
import { startSlackEmulator } from '@embargo/testkit'
import type { SlackEmulator } from '@embargo/testkit'
import { ANA, APP } from './deployment.ts'

export type EchoApp = AsyncDisposable & { readonly slack: SlackEmulator; readonly channel: string }

/** Bolt as its documentation shows it, which echoes, on a workspace of its own. */
export async function echoApp(): Promise<EchoApp> {
  await using stack = new AsyncDisposableStack()
  const slack = stack.use(
    await startSlackEmulator({
      users: [{ id: ANA, name: 'ana', realName: 'Ana' }],
      ...APP,
      scopes: ['chat:write', 'commands', 'groups:write'],
      commands: ['/echo'],
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
  await app.start()
  stack.defer(async () => void (await app.stop()))
  const created = await app.client.conversations.create({ name: 'echo', is_private: true })
  const channel = created.channel?.id ?? ''
  await app.client.conversations.invite({ channel, users: ANA })
  const owned = stack.move()
  return { slack, channel, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
