import { hostname, userInfo } from 'node:os'
import { randomUUID } from 'node:crypto'
import {
  awayCard,
  intakeChannelCard,
  outsidersCard,
  createPresenter,
  createRouter,
  heldReportsCard,
  quotaCard,
  unreadMailCard,
  setAsideCard,
  roomCard,
  stalledClocksCard,
} from '@embargo/chat'
import type { Router } from '@embargo/chat'
import type { Config, Secrets } from '@embargo/config'
import { PLATFORMS } from '@embargo/core'
import type { Actor, Capability, Effect, Platform, Roots } from '@embargo/core'
import {
  Outages,
  createOutagesAlert,
  createOutsidersAlert,
  createChannelCapacityAlert,
  createStalledClocksAlert,
  StalledClocks,
  createCallWatch,
  createCanary,
  createCardWatch,
  createDigest,
  createDispatcher,
  createChannelAccess,
  createTeamChannelWatch,
  createEngine,
  createCheckAgain,
  createIntake,
  createKeyExpiry,
  createSecurityTxtExpiry,
  createKeyLookup,
  createScheduler,
  createMailQuota,
  createMailQuotaAlert,
  createMailReviewAlert,
  createUnreadMailAlert,
} from '@embargo/engine'
import type { ChatPlatform, Clock, CrashPoint, Log, MailOut, RunningEngine } from '@embargo/engine'
import { createMailWriter, createParser } from '@embargo/mail'
import { createKeyDirectory, createRelay, mailboxOutages, startMailBridge } from '@embargo/mail-bridge'
import type { MailboxState, RelayOptions } from '@embargo/mail-bridge'
import { mailboxName, readMailboxes } from './mailboxes.ts'
import { createTokenSources } from './mail-login.ts'
import type { TokenSources } from './mail-login.ts'
import { openStore } from '@embargo/store'
import type { Store } from '@embargo/store'
import { rehearsalTargetsOf } from '../targets/rehearsal.ts'
import { targetsOf } from '../targets/targets.ts'
import { terminalPlatform } from '../terminal/platform.ts'
import { cveRegistryOf } from './cve-services.ts'
import { takePrivateReports } from './github.ts'
import { createDnsResolver } from './dns-resolver.ts'
import { discordBotConfig } from './discord-app.ts'
import { superviseBot } from './bot-supervisor.ts'
import type { SupervisedBot } from './bot-supervisor.ts'
import { pinnedPolicy } from './pinned-policy.ts'
import { npxEmbargo } from './npx-command.ts'
import { botPrefix, slackBotConfig } from './slack-app.ts'

/** The setting that names the relay. If it is missing, mails wait, and texts say which setting is missing. */
const RELAY = 'EMBARGO_SMTP_RELAY'

/** A relay that is silent for a minute counts as unreachable; the dispatcher retries. */
const RELAY_TIMEOUT_MS = 60_000

/**
 * How many milliseconds verifying the signatures of one mail may take. For an honest mail of 25 MB it takes less than a
 * second.
 */
const VERIFY_TIMEOUT_MS = 10_000

export type ProgramOptions = {
  readonly config: Config
  readonly secrets: Secrets
  readonly clock: Clock
  readonly log: Log
  /**
   * Called with every line that people should see. About a case, a line says only its number, its severity and what
   * happened.
   */
  readonly say: (line: string) => void
  /** For the kill harness (`npm run kill`): called at named points of the code. Absent in production. */
  readonly crashPoint?: (name: string) => Promise<void>
  /** For the kill harness: the value of `DispatcherOptions.monotonic`. In production, it is the database's time. */
  readonly monotonic?: () => number
  /** For a test with a full disk: the value of `StoreOptions.maxPages`. Absent in production. */
  readonly maxPages?: number
}

/** The parts that handle commands and queries. While no program runs, the command line opens these parts itself. */
export type ProgramParts = AsyncDisposable & {
  readonly store: Store
  readonly engine: RunningEngine
  readonly router: Router
  /** Whether mails are sent. Without a relay they wait. */
  readonly relays: boolean
  /** The relay, in a program that runs and sends mail. */
  readonly mailOut?: MailOut
  /** How the last reading of each mailbox ended, in a program that reads mailboxes. */
  readonly mailboxes?: () => ReadonlyMap<string, MailboxState | undefined>
}

type Relay = ReturnType<typeof createRelay>

/** The parts that a running program needs besides those in `ProgramParts`. */
type Parts = { readonly relay?: Relay; readonly tokens: TokenSources }

/** Opens the database and the engine, without starting any loop. */
export async function openProgram(options: Omit<ProgramOptions, 'say'>): Promise<ProgramParts & Parts> {
  const { config, secrets, clock, log, maxPages } = options
  const database = config.database.is === 'sqlite' ? `file:${config.database.file}` : config.database.url.reveal()
  await using stack = new AsyncDisposableStack()
  const store = stack.use(
    await openStore({
      database,
      masterKey: secrets.masterKey.reveal(),
      log,
      ...(maxPages !== undefined && { maxPages }),
    }),
  )
  const parser = stack.use(createParser())
  // Signatures are verified in a separate process. So a mail whose verification takes long does not delay the reading
  // of other mails.
  const verifier = stack.use(createParser({ timeoutMs: VERIFY_TIMEOUT_MS }))
  const mailWriter = stack.use(createMailWriter())
  const tokens = createTokenSources(log)
  const mail = config.capabilities.has('mail')
  // The relay is contacted only to send a mail or to ask for its size limit.
  const relay = mail && config.smtp.relay !== undefined ? stack.use(relayOf(config.smtp.relay, tokens)) : undefined
  const { events, outbox, readModels, blobs, keys, ownKeys, spool } = store
  const cveRegistry = cveRegistryOf(config)
  const engine = createEngine({
    policy: { ...config.policy, policy: await pinnedPolicy(config, clock.now(), log) },
    roots: rootsOf(config),
    // A process that does not handle mail leaves out `relayMissing`, because another process may have a relay.
    ...(mail && relay === undefined ? { relayMissing: RELAY } : {}),
    ...(relay && { mailSizeLimit: relay.sizeLimit }),
    events,
    outbox,
    readModels,
    blobs,
    keys,
    ownKeys,
    spool,
    parser,
    mailWriter,
    ...(cveRegistry && { cveRegistry }),
    rehearsalTargets: rehearsalTargetsOf(config),
    domainLookup: { resolver: createDnsResolver(), verify: async (request) => verifier.verify(request) },
    clock,
    log,
  })
  await engine.deps.people.refresh()
  const router = createRouter({ engine })
  const owned = stack.move()
  return {
    store,
    engine,
    router,
    relays: config.smtp.relay !== undefined,
    tokens,
    ...(relay && { relay }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

export type Program = ProgramParts & {
  readonly smtpPort: number | undefined
  /** The port on which the program listens for LMTP; absent if it does not. */
  readonly lmtpPort?: number
  /** The port on which the program listens for GitHub's webhook; absent if it does not. */
  readonly webhookPort?: number
  /** The chat platforms to which nothing can be posted now, each with the reason in words. */
  readonly away: () => ReadonlyMap<Platform, string>
}

/** Starts the whole program, or the part that its capabilities name, with its loops and listeners. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { config, log, clock, say } = options
  await using stack = new AsyncDisposableStack()
  const opened = stack.use(await openProgram(options))
  const { engine, router, store, relay, tokens } = opened
  const stopping = new AbortController()

  const chat = new Map<Platform, ChatPlatform>()
  // Comes before the bots: the first can report who left a group while the second is still connecting.
  const channelAccess = createChannelAccess({ engine, chat })
  const outages = new Outages(() => clock.now())
  const bots = new Map<Platform, SupervisedBot>()
  const keep = async (platform: Platform, start: Parameters<typeof superviseBot>[0]['start']): Promise<void> => {
    const kept = stack.use(await superviseBot({ platform, start, log, outages }))
    bots.set(platform, kept)
    chat.set(platform, kept.platform)
  }
  if (config.capabilities.has('terminal') && config.policy.policy.platforms.includes('terminal')) {
    chat.set('terminal', terminalPlatform(say, { embargo: npxEmbargo(config), isReader: readerOf(engine) }))
  }
  if (config.slack !== undefined && config.capabilities.has('slack')) {
    // Slack's libraries are loaded only if a workspace is set up.
    const { startSlackBot } = await import('@embargo/slack-bot')
    const bot = { config: slackBotConfig(config.slack), policy: config.policy, router, engine, log, clock }
    await keep('slack', () => startSlackBot(bot))
  }
  if (config.discord !== undefined && config.capabilities.has('discord')) {
    const { startDiscordBot } = await import('@embargo/discord-bot')
    const bot = { config: discordBotConfig(config.discord), policy: config.policy, router, engine, log, clock }
    await keep('discord', () => startDiscordBot(bot))
  }

  const mail = config.capabilities.has('mail')
  const presenter = createPresenter({ roots: rootsOf(config) })
  const targets = targetsOf(config)
  const dispatcher = createDispatcher({
    engine,
    chat,
    presenter,
    ...(relay === undefined ? {} : { mailOut: relay }),
    targets,
    // Without a relay, mails wait until there is one. Mails of a practice case do not wait, because they are never
    // sent.
    capabilities: [
      ...[...config.capabilities].filter((one) =>
        isPlatform(one) ? chat.has(one) : one !== 'mail' || relay !== undefined,
      ),
      ...(mail ? (['practice'] as const) : []),
      ...targets.keys(),
    ],
    worker: `${hostname()}:${process.pid}:${randomUUID()}`,
    monotonic: options.monotonic ?? store.leaseTimeMs,
    random: Math.random,
    outages,
    ...(options.crashPoint === undefined ? {} : { crashPoint: crashPointOf(options.crashPoint) }),
  })
  const stops = options.crashPoint === undefined ? {} : { crashPoint: options.crashPoint }
  const loops: Promise<void>[] = [dispatcher.run(stopping.signal)]
  if (config.capabilities.has('clock')) {
    const stalledClocks = new StalledClocks()
    loops.push(createScheduler({ engine, stalledClocks, ...stops }).run(stopping.signal))
    loops.push(createKeyExpiry({ engine, outages }).run(stopping.signal))
    loops.push(createSecurityTxtExpiry({ engine, outages }).run(stopping.signal))
    loops.push(createStalledClocksAlert({ engine, chat, stalledClocks, card: stalledClocksCard }).run(stopping.signal))
  }
  if (mail) loops.push(createIntake({ engine, ...stops }).run(stopping.signal))
  if (mail) loops.push(createCheckAgain({ engine }).run(stopping.signal))
  if (mail) {
    const directory = createKeyDirectory({ resolver: createDnsResolver() })
    loops.push(createKeyLookup({ engine, directory }).run(stopping.signal))
  }
  loops.push(channelAccess.run(stopping.signal))
  loops.push(createChannelCapacityAlert({ engine, chat, card: roomCard }).run(stopping.signal))
  loops.push(
    createMailReviewAlert({ engine, chat, card: setAsideCard, heldCard: heldReportsCard }).run(stopping.signal),
  )
  loops.push(createCallWatch({ engine, chat, presenter }).run(stopping.signal))
  loops.push(createCardWatch({ engine, chat, presenter }).run(stopping.signal))
  if (relay !== undefined) {
    loops.push(createCanary({ engine, mailOut: relay, settings: store.settings, outages }).run(stopping.signal))
    loops.push(createDigest({ engine, mailOut: relay, settings: store.settings }).run(stopping.signal))
  }
  const quota = createMailQuota(engine.deps)
  loops.push(createMailQuotaAlert({ engine, chat, quota, card: quotaCard }).run(stopping.signal))
  loops.push(createTeamChannelWatch({ engine, chat, card: intakeChannelCard }).run(stopping.signal))
  loops.push(createOutsidersAlert({ engine, chat, card: outsidersCard }).run(stopping.signal))
  loops.push(
    createOutagesAlert({
      engine,
      chat,
      outages,
      settings: store.settings,
      card: awayCard,
      say,
      ...(relay && { mailOut: relay }),
    }).run(stopping.signal),
  )
  stack.defer(async () => {
    stopping.abort()
    await Promise.allSettled(loops)
  })

  const bridge = mail
    ? stack.use(
        await startMailBridge({
          // The default is loopback, so somebody has set any public address on purpose.
          listen: { ...config.smtp.listen, public: true },
          ...(config.smtp.smtps && { smtps: { ...config.smtp.smtps, public: true } }),
          ...(config.smtp.lmtp && { lmtp: { ...config.smtp.lmtp, public: true } }),
          ...(config.smtp.networks && { networks: config.smtp.networks }),
          addresses: config.policy.policy.projects.map((project) => project.address),
          ...(config.smtp.certificate && { certificate: config.smtp.certificate }),
          name: hostname(),
          spool: store.spool,
          quota,
          settings: store.settings,
          clock,
          log,
          ...(options.crashPoint === undefined ? {} : { crashPoints: options.crashPoint }),
        }),
      )
    : undefined
  const mailboxes = mailboxOutages(outages)
  if (mail && config.mailboxes !== undefined) {
    const { mailboxCursors: cursors } = store
    const { projects } = config.policy.policy
    const parts = { projects, cursors, quota, clock, log, outages: mailboxes, tokens, ...stops }
    loops.push(createUnreadMailAlert({ engine, chat, cursors, card: unreadMailCard }).run(stopping.signal))
    loops.push(...readMailboxes(config.mailboxes, parts, stopping.signal))
  }
  const privateReports = mail
    ? await takePrivateReports(config, { engine, settings: store.settings, outages, log }, stopping.signal)
    : undefined
  if (privateReports !== undefined) {
    loops.push(privateReports.loop)
    if (privateReports.webhook !== undefined) stack.use(privateReports.webhook)
  }
  const owned = stack.move()
  const away = (): ReadonlyMap<Platform, string> =>
    new Map(
      [...bots].flatMap(([platform, bot]) => {
        const reason = bot.away()
        return reason === undefined ? [] : [[platform, reason] as const]
      }),
    )
  return {
    ...opened,
    ...(relay && { mailOut: relay }),
    mailboxes: () =>
      new Map((config.mailboxes ?? []).map(mailboxName).map((mailbox) => [mailbox, mailboxes.state(mailbox)])),
    smtpPort: bridge?.port,
    ...(bridge?.ports.lmtp !== undefined && { lmtpPort: bridge.ports.lmtp }),
    ...(privateReports?.webhook && { webhookPort: privateReports.webhook.port }),
    away,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

function relayOf(
  { host, port, tls, login, connections, mailsPerHour, mailBytes }: NonNullable<Config['smtp']['relay']>,
  tokens: TokenSources,
): Relay {
  return createRelay({
    host,
    port,
    tls,
    name: hostname(),
    timeoutMs: RELAY_TIMEOUT_MS,
    connections,
    mailsPerHour,
    mailBytes,
    ...(login && { auth: authOf(login, tokens) }),
  })
}

function authOf(
  login: NonNullable<NonNullable<Config['smtp']['relay']>['login']>,
  tokens: TokenSources,
): NonNullable<RelayOptions['auth']> {
  const { user } = login
  if (login.is === 'password') return { user, pass: login.password.reveal() }
  const source = tokens(login)
  return { user, token: async (refused) => source.token(refused) }
}

/** Whether an actor is the person who runs the program and reads its output. Each account of this person counts. */
const readerOf =
  ({ queries }: RunningEngine) =>
  (actor: Actor): boolean => {
    const { account, person } = queries.actorOf('terminal', userInfo().username)
    if (actor.kind !== 'person') return false
    return (
      (actor.platform === 'terminal' && actor.account === account) || (person !== undefined && actor.person === person)
    )
  }

/** The word that replaces `cvd` as the root command in Slack, if one is set. */
function rootsOf({ slack }: Config): Roots {
  const prefix = slack === undefined ? undefined : botPrefix(slack.prefix)
  return prefix === undefined ? {} : { slack: prefix }
}

const crashPointOf =
  (crashPoint: (name: string) => Promise<void>) =>
  (name: CrashPoint, effect: Effect): Promise<void> =>
    crashPoint([name, effect.kind, ...partOf(effect)].join(':'))

/** The letter or the step, which distinguishes effects of the same kind. */
function partOf(effect: Effect): readonly string[] {
  if (effect.kind === 'send-mail') return [effect.letter]
  return effect.kind === 'deliver' ? [effect.step] : []
}

const isPlatform = (capability: Capability): capability is Platform =>
  PLATFORMS.some((platform) => platform === capability)
