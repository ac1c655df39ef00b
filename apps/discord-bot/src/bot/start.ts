import { lookAtGroupsRegularly } from '@embargo/bot-kit'
import { Deliveries, SubmissionIds } from '@embargo/chat'
import type { PolicyInForce } from '@embargo/core'
import { mayMakeRoom } from '@embargo/core'
import { realSleep, skipDamaged } from '@embargo/engine'
import type { ChatPlatform, Clock, Log, Sleep } from '@embargo/engine'
import type { REST } from 'discord.js'
import type { DiscordConfig } from '../config.ts'
import { discordCommands } from '../registration/commands.ts'
import { registerCommands } from '../registration/register.ts'
import type { Check, ExpectedServer } from '../doctor/check.ts'
import { runDoctor } from '../doctor/doctor.ts'
import type { Facts } from '../doctor/facts.ts'
import { askFacts } from '../doctor/facts.ts'
import { inviteLink } from '../registration/invite-link.ts'
import { keeper as keeperOf } from '../keeper.ts'
import { SNOWFLAKE } from '../limits.ts'
import { discordRest } from '../platform/client.ts'
import { createDiscordPlatform } from '../platform/platform.ts'
import { listHolders } from '../platform/role-members.ts'
import {
  DiscordSetupError,
  guildMalformed,
  intentsOff,
  notInGuild,
  permissionsMissing,
  setupError,
  tokenMissing,
} from '../setup-error.ts'
import { listenToChannels } from './channel-life.ts'
import { gatewayClient } from '../connection/gateway-client.ts'
import { connect, watchConnection, whenLost } from '../connection/connect.ts'
import type { BotContext, BotRouter } from './context.ts'
import { fileDownloader } from '../platform/download-files.ts'
import { listenToInteractions } from './interactions.ts'
import { placeOf } from './invoke.ts'
import { exposureGuard } from '../platform/exposure-guard.ts'
import { listenToGroups, lookAtGroups } from './groups.ts'
import { ServerMembers, onMember } from './members.ts'
import { Watch } from './watch.ts'

/**
 * The pause between attempts to register the commands after the bot was invited again. If Discord refuses the commands,
 * a person must fix the cause first, so the pause is long.
 */
const REGISTER_AGAIN_MS = 60_000

export type DiscordBotOptions = {
  readonly config: DiscordConfig
  readonly policy: PolicyInForce
  readonly router: BotRouter
  readonly engine: BotContext['engine']
  readonly log: Log
  readonly clock?: Pick<Clock, 'now'>
  readonly sleep?: Sleep
}

export type DiscordBot = AsyncDisposable & {
  readonly platform: ChatPlatform
  /**
   * Resolves with an error if Discord closes the connection for good. The error says what to do. After that, the bot
   * must be restarted.
   */
  readonly lost: Promise<DiscordSetupError>
}

/**
 * Connects to Discord and translates between Discord and chat's router. Resolves when Discord has sent the state of the
 * server and the commands are registered. Disposal closes the connection, then waits for requests in progress.
 * @throws {DiscordSetupError} that says which setting to change, or that Discord cannot be reached
 */
export async function startDiscordBot({
  config,
  policy,
  router,
  engine,
  log,
  clock,
  sleep = realSleep,
}: DiscordBotOptions): Promise<DiscordBot> {
  const { rest, facts } = await checked(config)
  const { guild, apiUrl } = config
  const { self } = facts
  const keeper = keeperOf(engine)
  const now = () => clock?.now() ?? engine.now()
  const stopping = new AbortController()
  const client = gatewayClient(apiUrl)
  const backoff = { sleep, signal: stopping.signal }
  const members = new ServerMembers(() => listHolders({ rest, guild, ...backoff }))
  const watch = new Watch({ rest, policy, engine, log, now, self }, members.holders)
  const look = exposureGuard({ client, rest, guild, self, watch })
  const context: BotContext = {
    rest,
    policy,
    router,
    engine,
    log,
    keeper,
    guild,
    self,
    deliveries: new Deliveries(),
    placeOf,
    submissions: new SubmissionIds(),
    downloadFile: fileDownloader(apiUrl),
    mayAnswerIn: async (channel) => {
      await look(channel)
      return !(await watch.knownExposed(channel))
    },
    now,
    pause: (milliseconds) => sleep(milliseconds, stopping.signal),
  }
  const platform = createDiscordPlatform({
    rest,
    guild,
    policy,
    log,
    keeper,
    self,
    exposureGuard: look,
    backoff,
    accountsOf: (person) => engine.queries.accountsOf(person, 'discord'),
    mayGo: async (channel) => {
      const id = await engine.queries.caseByChannel('discord', channel)
      const state = id === undefined ? undefined : await skipDamaged(() => engine.queries.state(id))
      return state?.kind === 'case' && mayMakeRoom(state, 'discord', channel)
    },
  })
  const commands = discordCommands({ commands: router.commands.filter((each) => isOffered(each, policy)) })
  const register = () => registerCommands(rest, log, { application: facts.application, guild, commands })
  await register().catch((cause: unknown) => {
    throw setupError(cause)
  })
  let registering = Promise.resolve()
  const registerAgain = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await register()
        return
      } catch (cause) {
        log.error('the commands could not be registered in Discord; Embargo tries again', {
          why: setupError(cause).message,
        })
        await sleep(REGISTER_AGAIN_MS, stopping.signal)
      }
    }
  }
  watchConnection(client, log)
  listenToInteractions(client, context)
  onMember(client, guild, (member) => members.heard(member))
  listenToChannels(client, context, watch, {
    changed: () => platform.forget(),
    permitted: (channel) => platform.permitted(channel),
    back: () => {
      registering = registerAgain()
    },
    signal: stopping.signal,
    sleep,
  })
  listenToGroups(client, context)
  const lost = whenLost(client).then((error) => exactly(config, error))
  await connect(client, config.token)
  log.info('connected to Discord')
  const missing = new Set<string>()
  const looking = lookAtGroupsRegularly(() => lookAtGroups(context, members.holders, missing), stopping.signal)
  return {
    platform,
    lost,
    [Symbol.asyncDispose]: async () => {
      stopping.abort()
      await client.destroy()
      await context.deliveries.idle()
      await Promise.all([looking, registering])
    },
  }
}

/** Asks Discord which intents are off, because the connection's error says only that some intent is off. */
const exactly = (config: DiscordConfig, error: DiscordSetupError): Promise<DiscordSetupError> =>
  error.code !== 'intents-off'
    ? Promise.resolve(error)
    : checked(config).then(
        () => error,
        (cause: unknown) => (cause instanceof DiscordSetupError ? cause : error),
      )

const isOffered = ({ allowed }: BotRouter['commands'][number], { policy }: PolicyInForce): boolean =>
  (allowed?.platforms === undefined || allowed.platforms.includes('discord')) &&
  (allowed?.profiles === undefined || allowed.profiles.includes(policy.profile))

/**
 * Checks the token, the server and every setting with Discord, before anything is created on this machine.
 * @throws {DiscordSetupError}
 */
export async function checkDiscord(config: DiscordConfig): Promise<void> {
  await checked(config)
}

/** Checks every setting of the live server, for `embargo doctor discord`. Never throws. */
export const discordDoctor = (config: DiscordConfig, expected: ExpectedServer = {}): Promise<readonly Check[]> =>
  SNOWFLAKE.test(config.guild)
    ? runDoctor({ rest: discordRest(config), guild: config.guild, token: config.token, ...expected })
    : Promise.resolve([{ what: 'The server’s id', ok: false, todo: guildMalformed().message }])

/**
 * The link that `embargo init discord` prints. Asks Discord for the application's id.
 * @throws {DiscordSetupError}
 */
export async function discordInvite(config: DiscordConfig): Promise<string> {
  const facts = await fetchFacts(config, discordRest(config))
  return inviteLink({ application: facts.application, guild: config.guild })
}

async function checked(config: DiscordConfig): Promise<{ readonly rest: REST; readonly facts: Facts }> {
  const rest = discordRest(config)
  const facts = await fetchFacts(config, rest)
  const link = inviteLink({ application: facts.application, guild: config.guild })
  if (facts.guild === undefined) throw notInGuild(link)
  if (facts.intentsOff.length > 0) throw intentsOff(facts.intentsOff)
  if (facts.guild.lacks.length > 0) throw permissionsMissing(facts.guild.lacks, link)
  return { rest, facts }
}

async function fetchFacts({ token, guild }: DiscordConfig, rest: REST): Promise<Facts> {
  if (token === '') throw tokenMissing()
  if (!SNOWFLAKE.test(guild)) throw guildMalformed()
  return askFacts(rest, guild).catch((cause: unknown) => {
    throw setupError(cause)
  })
}
