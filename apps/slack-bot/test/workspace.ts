import {
  accountsOf,
  actorOf,
  BlobId,
  CaseId,
  EffectId,
  instant,
  personOfAccount,
  Policy,
  PROFILES,
  RecordedEvent,
  Sha256,
} from '@embargo/core'
import type { CaseState, Channel, Command, PolicyInForce, SystemRequest } from '@embargo/core'
import type { Form, Invocation, Reply } from '@embargo/chat'
import type { CommandResult, Log, Queries } from '@embargo/engine'
import type { SlackEmulator, SlackEmulatorOptions } from '@embargo/emulator-slack'
import { startSlackEmulator } from '@embargo/emulator-slack'
import type { BotCommand, BotRouter, SlackBotOptions } from '../src/index.ts'
import { SCOPES, slackManifest } from '../src/index.ts'

export const ANA = 'U0ANA'
export const BEN = 'U0BEN'
export const EVE = 'U0EVE'
export const GUEST = 'U0GUEST'
export const APP_TOKEN = 'xapp-1-test'
export const BOT_TOKEN = 'xoxb-test'
export const CASE = CaseId.parse('SEC-2026-0042')

/** A project with Ana and Ben. Eve is only in the workspace. */
export const policy: PolicyInForce = {
  hash: Sha256.parse('0'.repeat(64)),
  policy: Policy.parse({
    ...PROFILES.team,
    projects: [{ id: 'widget', name: 'Widget', address: 'security@widget.example' }],
    people: [
      { id: 'ana', name: 'Ana Example', slack: ANA },
      { id: 'ben', name: 'Ben Example', slack: BEN },
      { id: 'kim', name: 'Kim Example' },
    ],
    platforms: ['slack'],
  }),
}

/** A log that stores everything, so that a test can search it for what must not be logged. */
export function recordingLog(): Log & { readonly lines: string[] } {
  const lines: string[] = []
  const write =
    (level: string) =>
    (message: string, data?: object): void =>
      void lines.push(`${level} ${message} ${JSON.stringify(data ?? {})}`)
  return { lines, info: write('info'), warn: write('warn'), error: write('error') }
}

/** The maximum size in bytes of a patch file in the test's form. */
export const PATCH_FILE_MAX = 64

const command = (verb: string, more: Partial<BotCommand> = {}): BotCommand => ({
  verb,
  summary: `Do ${verb}.`,
  usage: verb,
  about: 'case',
  another: false,
  options: [],
  form: () => replyForm,
  parse: (text) => ({ ok: true, values: text === '' ? {} : { text } }),
  fits: () => true,
  ...more,
})

export const replyForm: Form = {
  verb: 'reply',
  title: 'Reply to the reporter',
  submit: 'Preview',
  hidden: { report: 'r1' },
  fields: [{ name: 'text', label: 'Text', kind: 'long-text' }],
}

/** If a button already says which mail is meant, the form does not ask for the mail. */
const answerForm = (input: Readonly<Record<string, string>>): Form => ({
  verb: 'log-answer',
  title: 'Log an answer',
  submit: 'Log',
  hidden: input,
  fields: [
    ...(input['message'] === undefined
      ? [{ name: 'message', label: 'Mail', kind: 'text' as const, suggests: 'message' as const }]
      : []),
    { name: 'note', label: 'Note', kind: 'text', optional: true },
  ],
})

const replyWith = ({ text, ...carried }: Readonly<Record<string, string>>): Form => ({
  ...replyForm,
  hidden: { ...replyForm.hidden, ...carried },
  fields: replyForm.fields.map((field) => ({ ...field, ...(text === undefined ? {} : { value: text }) })),
})

export const COMMANDS: readonly BotCommand[] = [
  command('ack', { short: true }),
  command('status'),
  command('assign-patch', {
    options: [
      {
        name: 'patchFile',
        kind: 'file',
        needed: false,
        wanted: false,
        takes: 'named',
        hidden: false,
        most: PATCH_FILE_MAX,
      },
    ],
  }),
  command('help'),
  command('log-answer', { form: (input) => answerForm(typeof input === 'string' ? {} : input) }),
  command('reply', {
    form: (input) => replyWith(typeof input === 'string' ? {} : input),
    options: [
      // As in the real command, `text` is not needed: the text can also come from a file, or a button of the preview
      // can refer to a stored text.
      { name: 'text', kind: 'long-text', needed: false, wanted: true, takes: 'rest', hidden: false, most: 2000 },
    ],
  }),
]

/** A router that stores what it gets, and answers as the test says. */
export function scriptedRouter(
  answer: (invocation: Invocation) => Reply | Promise<Reply>,
  more: Partial<Pick<BotRouter, 'refuses' | 'suggest' | 'home'>> = {},
): BotRouter & { readonly heard: Invocation[] } {
  const invocations: Invocation[] = []
  return {
    refuses: async () => undefined,
    suggest: async () => [],
    home: async () => [],
    ...more,
    heard: invocations,
    commands: COMMANDS,
    handle: async (invocation) => {
      invocations.push(invocation)
      return answer(invocation)
    },
  }
}

/** The parts of the engine that the bot uses. */
export type ScriptedEngine = SlackBotOptions['engine'] & {
  /** The commands that were carried out, each once. */
  readonly handled: Command[]
  /** Resolves with the first command. */
  readonly asked: Promise<void>
  readonly attempts: number
  /** Makes the next `times` commands fail. */
  breaks(times: number): void
  /** Calls `tell` if a command comes that was carried out before. */
  onRepeated(tell: () => void): void
  /** Moves the clock. */
  passes(ms: number): void
  /** Empties `handled`, and appends the requests of its commands to `told`. */
  forget(): void
  readonly told: readonly SystemRequest[]
  /** Sets further facts that the case knows about its channel. */
  knows(channel: Partial<Channel>): void
  /** Closes the case. */
  closes(): void
  /** Records that a channel was archived. */
  archives(channel: string): void
  /** Resolves when this many commands were carried out. */
  carriedOut(count: number): Promise<readonly Command[]>
}

/** An engine with one case and the given channel. Records the commands that it gets. */
export function scriptedEngine(channel: () => string): ScriptedEngine {
  const handled: Command[] = []
  const systemRequests: SystemRequest[] = []
  const ids = new Set<string>()
  const first = Promise.withResolvers<void>()
  let broken = 0
  let attempts = 0
  let passed = 0
  let repeatedly = (): void => {}
  let known: Partial<Channel> = {}
  let isOver = false
  const blobs = new Map<string, string>()
  const archived: string[] = []
  let version = 1
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  return {
    handled,
    asked: first.promise,
    get attempts() {
      return attempts
    },
    breaks: (times) => {
      broken = times
    },
    passes: (ms) => {
      passed += ms
    },
    forget: () => {
      systemRequests.push(...handled.splice(0).map(({ request }) => request as SystemRequest))
    },
    told: systemRequests,
    knows: (more) => {
      known = more
      version += 1
    },
    closes: () => {
      isOver = true
      version += 1
    },
    archives: (one) => {
      archived.push(one)
      version += 1
    },
    carriedOut: async (count) => {
      if (handled.length < count) await new Promise<void>((resolve) => waiting.push({ count, resolve }))
      return handled
    },
    onRepeated: (tell) => {
      repeatedly = tell
    },
    now: () => instant(1_800_000_000_000 + passed),
    queries: {
      actorOf: (platform, account) => actorOf(policy.policy, platform, account),
      personOfAccount: (platform, account) => personOfAccount(policy.policy, platform, account),
      accountsOf: (person, platform) => accountsOf(policy.policy, person, platform),
      isCaseChannel: (_platform, id) => id === channel(),
      caseByChannel: async (_platform, id) =>
        id === channel() || known.former?.some((one) => one.channel === id) === true ? CASE : undefined,
      history: async () => [...strangersTold(handled), ...archived.map(archivedOf)],
      cases: async ({ open }) => ({
        rows:
          channel() === '' || (open === true && isOver)
            ? []
            : ([{ stream: CASE, version, open: !isOver }] as unknown as Awaited<ReturnType<Queries['cases']>>['rows']),
        more: false,
      }),
      // The bot reads only the people and the channel.
      state: async () =>
        ({
          kind: 'case',
          id: CASE,
          rm: isOver ? 'closed' : 'accepted',
          people: { ana: 'team' },
          reports: [],
          moved: [],
          parked: [],
          channels: { slack: { channel: channel(), name: 'sec-2026-0042', cards: {}, ...known } },
        }) as unknown as CaseState,
      blobText: async (blob) => blobs.get(blob),
    },
    commands: {
      putBlob: async (stream, bytes) => {
        const blob = BlobId.parse(`${stream}/${blobs.size + 1}`)
        blobs.set(blob, new TextDecoder().decode(bytes))
        return { blob, sha256: policy.hash }
      },
      handle: async (request): Promise<CommandResult> => {
        attempts += 1
        if (broken > 0) {
          broken -= 1
          throw new Error('the database is busy')
        }
        const repeated = ids.has(request.commandId)
        ids.add(request.commandId)
        if (repeated) repeatedly()
        if (!repeated) handled.push(request)
        first.resolve()
        for (const one of waiting) if (handled.length >= one.count) one.resolve()
        return { ok: true, stream: CASE, repeated }
      },
    },
  }
}

export const effect = (name: string): EffectId => EffectId.parse(name)

/**
 * A workspace in which the app is installed by its own manifest, with exactly the manifest's scopes, commands and
 * events.
 */
export function workspace(more: Partial<SlackEmulatorOptions> = {}): Promise<SlackEmulator> {
  const manifest = slackManifest({ commands: COMMANDS })
  return startSlackEmulator({
    users: [
      { id: ANA, name: 'ana' },
      { id: BEN, name: 'ben' },
      { id: EVE, name: 'eve' },
      { id: GUEST, name: 'gus', isGuest: true },
    ],
    appToken: APP_TOKEN,
    botToken: BOT_TOKEN,
    scopes: Object.keys(SCOPES),
    commands: manifest.features.slash_commands.map((each) => ({
      command: each.command,
      shouldEscape: each.should_escape,
    })),
    events: manifest.settings.event_subscriptions.bot_events,
    shortcuts: manifest.features.shortcuts.map((each) => each.callback_id),
    home: manifest.features.app_home.home_tab_enabled,
    timing: { eventRetryMs: [0, 0] },
    ...more,
  })
}

const archivedOf = (channel: string, index: number): RecordedEvent =>
  RecordedEvent.parse({
    eventId: `archived:${index}`,
    stream: CASE,
    version: index + 1,
    at: instant(1_800_000_000_000),
    actor: { kind: 'system', part: 'dispatcher' },
    commandId: `archived:${index}`,
    policy: policy.hash,
    event: { type: 'ChannelArchived', platform: 'slack', channel },
  })

/** The events about strangers that the case's log contains after these commands. */
const strangersTold = (commands: readonly Command[]): readonly RecordedEvent[] =>
  commands.flatMap(({ request, commandId, actor, at }, index) =>
    request.verb === 'notice-stranger'
      ? [
          RecordedEvent.parse({
            eventId: `${commandId}:1`,
            stream: CASE,
            version: index + 1,
            at,
            actor,
            commandId,
            policy: policy.hash,
            event: {
              type: request.left === true ? 'StrangerLeft' : 'StrangerNoticed',
              platform: request.platform,
              channel: request.channel,
              account: request.account,
            },
          }),
        ]
      : [],
  )
