import { BlobId, CaseId, EffectId, instant, PersonId, Policy, PROFILES, RecordedEvent, Sha256 } from '@embargo/core'
import type { CaseState, Channel, Command, PolicyInForce } from '@embargo/core'
import type { Choice, Form, Invocation, Reply, SuggestRequest } from '@embargo/chat'
import type { CommandResult, Log } from '@embargo/engine'
import type { DiscordEmulator, DiscordEmulatorOptions } from '@embargo/emulator-discord'
import { startDiscordEmulator } from '@embargo/emulator-discord'
import { accountsOf, actorOf, personOfAccount } from '@embargo/core'
import type { BotCommand, BotRouter, DiscordBotOptions } from '../src/index.ts'

export const GUILD = '900000000000000001'
export const ANA = '100000000000000001'
export const BEN = '100000000000000002'
export const EVE = '100000000000000003'
export const OWNER = '100000000000000009'
export const HELPERS = '300000000000000001'
export const TOKEN = 'discord-test-token'
export const CASE = CaseId.parse('SEC-2026-0042')

/** A project with Ana and Ben. Eve is only in the server, and Kim is not in it. */
export const policy: PolicyInForce = {
  hash: Sha256.parse('0'.repeat(64)),
  policy: Policy.parse({
    ...PROFILES.team,
    projects: [{ id: 'widget', name: 'Widget', address: 'security@widget.example' }],
    people: [
      { id: 'ana', name: 'Ana Example', discord: ANA },
      { id: 'ben', name: 'Ben Example', discord: BEN },
      { id: 'kim', name: 'Kim Example' },
    ],
    platforms: ['discord'],
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

type Option = BotCommand['options'][number]
export const option = (name: string, more: Partial<Option> = {}): Option => ({
  name,
  label: name,
  kind: 'text',
  required: false,
  needed: false,
  takes: 'word',
  wanted: false,
  hidden: false,
  carried: false,
  ...more,
})

const command = (verb: string, options: readonly Option[] = [], more: Partial<BotCommand> = {}): BotCommand => ({
  verb,
  summary: `Do ${verb}.`,
  about: 'case',
  another: false,
  options,
  parse: () => ({ ok: true, values: {} }),
  fits: () => true,
  form: (input) => formOf(verb, options, input),
  ...more,
})

/** Makes a form as chat does: with every visible option, and the known values filled in. */
function formOf(verb: string, options: readonly Option[], input: Readonly<Record<string, string>> | string): Form {
  const given = typeof input === 'string' ? {} : input
  const fields = options.filter((each) => !each.hidden)
  const names = new Set(fields.map(({ name }) => name))
  return {
    verb,
    title: `The form of ${verb}`,
    submit: 'Go on',
    hidden: Object.fromEntries(Object.entries(given).filter(([name]) => !names.has(name))),
    fields: fields.map(({ name, label, kind, required, wanted, choices }) => ({
      name,
      label,
      kind,
      ...(choices === undefined ? {} : { choices }),
      ...(required || wanted ? {} : { optional: true }),
      ...(given[name] === undefined ? {} : { value: given[name] }),
    })),
  }
}

export const COMMANDS: readonly BotCommand[] = [
  command('ack', [option('note')]),
  command('status'),
  command('reply', [
    option('text', { kind: 'long-text', wanted: true }),
    option('report'),
    option('blob', { hidden: true }),
  ]),
  command('log-answer', [option('message', { carried: true }), option('note')]),
  command('assign-patch', [option('to', { required: true, needed: true, suggests: 'person' }), option('branches')]),
  command('patch', [
    option('patch', { kind: 'long-text', needed: true, wanted: true, orFile: 'patchFile' }),
    option('patchFile', { kind: 'file', most: 64 }),
  ]),
  command('triage-long', [
    option('why', { kind: 'long-text', required: true, needed: true }),
    ...['a', 'b', 'c', 'd'].map((name) => option(name)),
  ]),
  command(
    'triage',
    ['disposition', 'severity', 'cvss', 'cwe', 'vendor', 'contact'].map((name) => option(name)),
  ),
]

/** A router that stores what it gets, and answers as the test says. */
export function scriptedRouter(answer: (invocation: Invocation) => Reply | Promise<Reply>): BotRouter & {
  readonly heard: Invocation[]
  readonly asked: SuggestRequest[]
  choices: readonly Choice[]
  refusal: Reply | undefined
} {
  const invocations: Invocation[] = []
  const suggestRequests: SuggestRequest[] = []
  const router = {
    heard: invocations,
    asked: suggestRequests,
    choices: [] as readonly Choice[],
    commands: COMMANDS,
    /**
     * What `refuses` answers before the files of a command are downloaded: a refusal, or undefined for no refusal.
     */
    refusal: undefined as Reply | undefined,
    refuses: async () => router.refusal,
    handle: async (invocation: Invocation) => {
      invocations.push(invocation)
      return answer(invocation)
    },
    suggest: async (request: SuggestRequest) => {
      suggestRequests.push(request)
      return router.choices
    },
  }
  return router
}

/**
 * The parts of the engine that the bot uses. There is one case, with Ana on it and with the given channel. Commands and
 * blobs are recorded.
 */
export function scriptedEngine(channel: () => { readonly channel: string; readonly name: string }) {
  const handled: Command[] = []
  let clearedAt = 0
  let known: Partial<Channel> = {}
  let isOpen = true
  const isExposed = (): boolean =>
    handled.slice(clearedAt).some(({ request }) => request.verb === 'notice-channel' && request.what === 'exposed')
  const blobs = new Map<string, string>()
  const waiting: { readonly count: number; readonly resolve: () => void }[] = []
  const state = () =>
    ({
      kind: 'case',
      id: CASE,
      people: { ana: 'team' },
      reports: [],
      moved: [],
      parked: [],
      channels: { discord: { ...channel(), ...(isExposed() ? { exposed: 1 } : {}), ...known } },
      // The bot reads only these fields.
    }) as unknown as CaseState
  const engine: DiscordBotOptions['engine'] = {
    now: () => instant(1_800_000_000_000 + handled.length),
    queries: {
      actorOf: (platform, account) => actorOf(policy.policy, platform, account),
      personOfAccount: (platform, account) => personOfAccount(policy.policy, platform, account),
      accountsOf: (person, platform) => accountsOf(policy.policy, person, platform),
      caseByChannel: async (_platform, id) => (id === channel().channel ? CASE : undefined),
      isCaseChannel: (_platform, id) => id === channel().channel,
      state: async () => state(),
      history: async () => strangersTold(handled),
      cases: async () => ({
        rows: channel().channel === '' || !isOpen ? [] : [{ stream: CASE } as never],
        more: false,
      }),
      blobText: async (blob) => blobs.get(blob),
    },
    commands: {
      putBlob: async (stream, bytes) => {
        const blob = BlobId.parse(`${stream}/${String(blobs.size).padStart(32, '0')}`)
        blobs.set(blob, Buffer.from(bytes).toString())
        return { blob, sha256: Sha256.parse('0'.repeat(64)) }
      },
      handle: async (request): Promise<CommandResult> => {
        const repeated = handled.some((each) => each.commandId === request.commandId)
        if (!repeated) handled.push(request)
        for (const each of waiting) if (handled.length >= each.count) each.resolve()
        return { ok: true, stream: CASE, repeated }
      },
    },
  }
  return {
    ...engine,
    handled,
    /** Sets further facts that core knows about the channel. */
    knows: (more: Partial<Channel>): void => {
      known = more
    },
    /** Closes the case. */
    closes: (): void => {
      isOpen = false
      known = { gone: 'closed' }
    },
    /**
     * Somebody on the team confirms that nobody else can read the channel. Earlier reports to the contrary no longer
     * count.
     */
    clears: (): void => {
      clearedAt = handled.length
    },
    /** Resolves after this many commands. */
    told: (count: number): Promise<void> => {
      if (handled.length >= count) return Promise.resolve()
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push({ count, resolve })
      return promise
    },
  }
}

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

export const effect = (name: string): EffectId => EffectId.parse(name)
export const person = (id: string): PersonId => PersonId.parse(id)

/**
 * A server to which the bot was invited by its invite link. The bot has exactly the permissions that the link requests.
 */
export const server = (more: Partial<DiscordEmulatorOptions> = {}): Promise<DiscordEmulator> =>
  startDiscordEmulator({
    botToken: TOKEN,
    members: [
      { id: OWNER, username: 'owner' },
      { id: ANA, username: 'ana' },
      { id: BEN, username: 'ben' },
      { id: EVE, username: 'eve' },
    ],
    roles: [{ id: HELPERS, name: 'helpers' }],
    ...more,
    guild: { id: GUILD, ownerId: OWNER, ...more.guild },
  })
