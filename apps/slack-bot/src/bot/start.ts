import type { PolicyInForce } from '@embargo/core'
import type { ChatPlatform, Clock, Log } from '@embargo/engine'
import { App, SocketModeReceiver } from '@slack/bolt'
import { quietLogger } from '../logger.ts'
import { rootCommand, slashCommands } from '../manifest/commands.ts'
import { clientOptions, slackClient } from '../platform/client.ts'
import { createSlackPlatform } from '../platform/platform.ts'
import { sharedChannels } from '../platform/shared-channels.ts'
import { checkTokens, setupError } from '../setup-error.ts'
import { listenToButtons } from './actions.ts'
import { listenToCommands, nameOf } from './commands.ts'
import type { BotContext, BotRouter } from './context.ts'
import { Deliveries } from './deliveries.ts'
import { listenToForms } from './forms.ts'
import { Socket } from './socket.ts'
import { listenToJoins } from './strangers.ts'

export type SlackConfig = {
  /** `xapp-…`, with connections:write. */
  readonly appToken: string
  /** `xoxb-…` */
  readonly botToken: string
  /** For tests and proxies; Slack itself when absent. */
  readonly apiUrl?: string | undefined
  /** Renames every command: `/sec`, `/sec-ack`. */
  readonly prefix?: string | undefined
}

export type SlackBotOptions = {
  readonly config: SlackConfig
  readonly policy: PolicyInForce
  readonly router: BotRouter
  readonly engine: BotContext['engine']
  readonly log: Log
  readonly clock?: Pick<Clock, 'now'>
}

export type SlackBot = AsyncDisposable & { readonly platform: ChatPlatform }

/**
 * Connects to Slack in Socket Mode and translates between it and chat's router. Resolves when Slack has said hello.
 * Disposing closes the socket, then waits for what is being handled.
 * @throws {SlackSetupError} which token is wrong and where to get it, or that Slack cannot be reached
 */
export async function startSlackBot({
  config,
  policy,
  router,
  engine,
  log,
  clock,
}: SlackBotOptions): Promise<SlackBot> {
  const { client, who } = await authenticated(config, log)
  const self = who.user_id ?? ''
  const shared = sharedChannels(client)
  const context: BotContext = {
    client,
    policy,
    router,
    engine,
    log,
    self,
    root: rootCommand(config.prefix),
    deliveries: new Deliveries(),
    shared,
    now: () => clock?.now() ?? engine.now(),
  }
  const receiver = new SocketModeReceiver({
    appToken: config.appToken,
    autoReconnectEnabled: false,
    logger: quietLogger(log),
    installerOptions: { clientOptions: clientOptions(log, config.apiUrl) },
  })
  const app = new App({
    receiver,
    // Known from auth.test: nothing is asked of Slack between a payload and its acknowledgement.
    authorize: async () => ({
      botToken: config.botToken,
      botUserId: self,
      ...(who.bot_id === undefined ? {} : { botId: who.bot_id }),
    }),
    clientOptions: clientOptions(log, config.apiUrl),
    logger: quietLogger(log),
    convoStore: false,
  })
  // Handlers have said what failed, to the log and to the caller.
  app.error(async (error) => log.info('a Slack payload was not handled', { error: nameOf(error) }))
  listenToCommands(app, context, slashCommands({ prefix: config.prefix, commands: router.commands }))
  listenToButtons(app, context)
  listenToForms(app, context)
  listenToJoins(app, context)
  const socket = new Socket(receiver.client, log)
  await socket.start().catch((cause: unknown) => {
    throw setupError('app', cause)
  })
  log.info('connected to Slack')
  return {
    platform: createSlackPlatform({ client, policy, log, self, shared }),
    [Symbol.asyncDispose]: async () => {
      await socket[Symbol.asyncDispose]()
      await context.deliveries.idle()
    },
  }
}

/**
 * Asks Slack whether it knows both tokens, before anything is made on this machine. The address of a socket that nobody
 * opens runs out by itself.
 * @throws {SlackSetupError}
 */
export async function checkSlack(config: SlackConfig, log: Log): Promise<void> {
  await authenticated(config, log)
  const { appToken, apiUrl } = config
  await slackClient({ botToken: appToken, apiUrl, log })
    .apps.connections.open({})
    .catch((cause: unknown) => {
      throw setupError('app', cause)
    })
}

async function authenticated(config: SlackConfig, log: Log) {
  checkTokens(config)
  const client = slackClient({ ...config, log })
  const who = await client.auth.test().catch((cause: unknown) => {
    throw setupError('bot', cause)
  })
  return { client, who }
}
