import { errorName, lookAtGroupsRegularly } from '@embargo/bot-kit'
import { Deliveries } from '@embargo/chat'
import type { Instant, PolicyInForce } from '@embargo/core'
import type { ChatPlatform, Clock, Log } from '@embargo/engine'
import { App } from '@slack/bolt'
import type { SlackConfig } from '../config.ts'
import { HttpReceiver } from '../connection/http-receiver.ts'
import { SocketReceiver } from '../connection/socket-receiver.ts'
import { keeper } from '../keeper.ts'
import { quietLogger } from '../logger.ts'
import { rootCommand, slashCommands } from '../registration/commands.ts'
import { clientOptions, slackClient } from '../platform/client.ts'
import { createSlackPlatform } from '../platform/platform.ts'
import { exposureGuard } from '../platform/exposure-guard.ts'
import { checkTokens, setupError, SlackSetupError } from '../setup-error.ts'
import { listenToButtons } from './buttons.ts'
import { listenToCommands } from './commands.ts'
import type { BotContext, BotRouter } from './context.ts'
import { listenToChannels } from './channel-life.ts'
import { listenToForms } from './forms.ts'
import { listenToGroups, lookAtGroups } from './groups.ts'
import { listenToHome } from './home.ts'
import { placeIn } from './invoke.ts'
import { listenToSuggestions } from './suggestions.ts'
import { listenToMessageActions } from './message-actions.ts'
import type { AtRest } from './sweep.ts'
import { CLOSED_SWEEP_MS, sweepClosedChannels, lookRegularly, sweep } from './sweep.ts'
import { Watch } from './watch.ts'

export type SlackBotOptions = {
  readonly config: SlackConfig
  readonly policy: PolicyInForce
  readonly router: BotRouter
  readonly engine: BotContext['engine']
  readonly log: Log
  readonly clock?: Pick<Clock, 'now'>
  /**
   * A clock in milliseconds that never runs backwards, to measure how long we were not connected. If absent, the
   * machine's clock is used.
   */
  readonly monotonicMs?: () => number
  /** The pause between two regular looks at all channels; ten minutes if absent. */
  readonly lookAgainMs?: number
  /** The pause between two regular looks at the channels that are closed to posts; an hour if absent. */
  readonly closedSweepMs?: number
}

export type SlackBot = AsyncDisposable & {
  readonly platform: ChatPlatform
  /** The port on which the bot listens over HTTP. */
  readonly port?: number
}

/** Bolt's error code for a payload from another workspace. */
const NOT_OURS = 'slack_bolt_authorization_error'

/**
 * Connects to Slack and translates between Slack and chat's router. In Socket Mode, the function resolves when Slack
 * has said hello. Over HTTP, it resolves when the bot listens. After disposal the bot accepts nothing new, and disposal
 * waits for requests in progress.
 * @throws {SlackSetupError} that says which token is wrong and where to get it, that Slack cannot be reached, or that
 *   the address is taken
 */
export async function startSlackBot({
  config,
  policy,
  router,
  engine,
  log,
  clock,
  monotonicMs,
  lookAgainMs,
  closedSweepMs = CLOSED_SWEEP_MS,
}: SlackBotOptions): Promise<SlackBot> {
  const { client, who } = await authenticated(config, log)
  const self = who.user_id ?? ''
  const now = (): Instant => clock?.now() ?? engine.now()
  const watch = new Watch({ engine, log, self, now })
  const guard = exposureGuard(client, {
    exposures: {
      known: (channel) => watch.knownExposed(channel),
      tell: (channel) => watch.exposed(channel, `post:${channel}:${now()}`),
    },
  })
  const platform = createSlackPlatform({
    client,
    policy,
    log,
    self,
    guard,
    accountsOf: (id) => engine.queries.accountsOf(id, 'slack'),
  })
  const context: BotContext = {
    client,
    policy,
    router,
    engine,
    log,
    self,
    placeOf: (channel) => placeIn(rootCommand(config.prefix), channel),
    deliveries: new Deliveries(),
    keeper: keeper(engine),
    guard,
    files: { botToken: config.botToken, apiUrl: config.apiUrl },
    now,
  }
  const stopping = new AbortController()
  // Each look begins when the previous one is over.
  let looking: Promise<void> = Promise.resolve()
  const look = (isRegular = false): Promise<void> => {
    looking = looking
      .then(() => sweep({ client, engine, log, watch, signal: stopping.signal, isRegular }))
      .catch((error: unknown) =>
        log.warn('the channels of cases could not be checked for missed changes', { error: errorName(error) }),
      )
    return looking
  }
  const atRest: AtRest = new Map()
  const back = (): Promise<void> =>
    sweepClosedChannels({ client, engine, log, watch, signal: stopping.signal, atRest }).catch((error: unknown) =>
      log.warn('the closed channels could not be checked for missed changes', { error: errorName(error) }),
    )
  const { appToken = '', apiUrl, sockets } = config
  const receiver =
    config.http === undefined
      ? new SocketReceiver({ appToken, apiUrl, sockets, log, monotonicMs, onHeardAgain: () => void look() })
      : new HttpReceiver({ ...config.http, log })
  const app = new App({
    receiver,
    // The bot's identity is known from an earlier call of `auth.test`, so nothing is requested from Slack before a
    // payload is acknowledged.
    authorize: async ({ teamId }) => {
      // In a channel that is shared with another organisation, we also get payloads from members of that organisation.
      if (teamId !== undefined && teamId !== who.team_id) throw new Error('another workspace')
      return {
        botToken: config.botToken,
        botUserId: self,
        ...(who.bot_id === undefined ? {} : { botId: who.bot_id }),
      }
    },
    clientOptions: clientOptions(log, config.apiUrl),
    logger: quietLogger(log),
    convoStore: false,
  })
  // A handler that failed has already logged the failure and told the caller. The error is thrown again, so that an
  // event whose handling failed is not acknowledged.
  app.error(async (error) => {
    if ('code' in error && error.code === NOT_OURS) return log.warn('a payload of another workspace was refused')
    log.info('a Slack payload was not handled', { error: errorName(error) })
    throw error
  })
  listenToCommands(app, context, slashCommands({ prefix: config.prefix, commands: router.commands }))
  listenToButtons(app, context)
  listenToForms(app, context)
  listenToSuggestions(app, context)
  listenToMessageActions(app, context)
  listenToHome(app, context)
  listenToChannels(app, { ...context, watch })
  listenToGroups(app, context)
  await receiver.start().catch((cause: unknown) => {
    throw cause instanceof SlackSetupError ? cause : setupError('app', cause)
  })
  log.info('connected to Slack')
  void look()
  const regularly = lookRegularly(() => look(true), { signal: stopping.signal, everyMs: lookAgainMs })
  const backwards = back().then(() => lookRegularly(back, { signal: stopping.signal, everyMs: closedSweepMs }))
  const groups = lookAtGroupsRegularly(() => lookAtGroups(context), stopping.signal).catch((error: unknown) =>
    log.warn('the members of user groups could not be checked', { error: errorName(error) }),
  )
  return {
    platform,
    ...(receiver instanceof HttpReceiver ? { port: receiver.port } : {}),
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await receiver.stop()
      await context.deliveries.idle()
      await Promise.all([looking, regularly, backwards, groups])
    },
  }
}

/**
 * Checks the tokens with Slack before anything is created on this machine. The check requests a socket address, which
 * expires unused.
 * @throws {SlackSetupError}
 */
export async function checkSlack(config: SlackConfig, log: Log): Promise<void> {
  await authenticated(config, log)
  const { appToken, apiUrl, http } = config
  if (http !== undefined || appToken === undefined) return
  await slackClient({ botToken: appToken, apiUrl, log })
    .apps.connections.open({})
    .catch((cause: unknown) => {
      throw setupError('app', cause)
    })
}

async function authenticated(config: SlackConfig, log: Log) {
  checkTokens(config)
  const client = slackClient({ ...config, log })
  const identity = await client.auth.test().catch((cause: unknown) => {
    throw setupError('bot', cause)
  })
  if (identity.is_enterprise_install === true) {
    throw new SlackSetupError(
      'installed-org-wide',
      'The app is installed for a whole Enterprise organisation, but Embargo works in one workspace only. Install the app in that workspace alone, and copy the bot token again.',
    )
  }
  return { client, who: identity }
}
