import { accountsOf, actorOf, asKnown, caseAsKnown, CaseId, MessageId, personOfAccount } from '@embargo/core'
import type { BlobId, PolicyInForce, Roots } from '@embargo/core'
import { cannedAnswer } from './texts/canned-answer.ts'
import { CORE } from './domain.ts'
import type { Domain } from './domain.ts'
import { draft } from './texts/draft.ts'
import type { RunningEngine } from './engine.ts'
import { createStates } from './projections/states.ts'
import { arrange, loadWorld } from './projections/world.ts'
import { forwardText } from './texts/forward-text.ts'
import { handleCommand } from './commands/handle-command.ts'
import { decideHeld, heldMails } from './commands/held-mails.ts'
import { ChannelCache } from './queries/channel-cache.ts'
import { readableMail } from './queries/readable-mail.ts'
import { withRepair } from './projections/repair.ts'
import { createPeople } from './access/people.ts'
import { createLinkAttempts } from './commands/link-attempts.ts'
import { askLink, claimLink, pendingLink } from './commands/account-links.ts'
import type { MailParser, ParsedMail } from '@embargo/mail'
import type { Deps } from './deps.ts'
import type { BlobStore } from './ports/blob-store.ts'
import type { CaseRow, EventStore } from './ports/event-store.ts'
import type { KeyVault } from './ports/key-vault.ts'
import type { MailSpool } from './ports/mail-spool.ts'
import type { Outbox } from './ports/outbox.ts'
import type { ReadModels } from './ports/read-models.ts'
import type { Clock, Log } from './ports/time.ts'
import { preview } from './commands/preview.ts'
import { createKeyedMutex } from './shared/keyed-mutex.ts'
import { relayStatus } from './commands/relay-gate.ts'
import { mailBacklog } from './queries/mail-backlog.ts'
import { ratingOf } from './texts/rating.ts'
import { searchWeaknesses, weaknessOf } from './texts/weakness.ts'

export type EngineOptions = {
  readonly policy: PolicyInForce
  /** Another domain than the program's own, for tests. */
  readonly domain?: Domain
  /** How the root command is called on a platform where it is renamed. */
  readonly roots?: Roots
  /** The setting that is missing where no mail leaves. */
  readonly relayMissing?: string
  readonly events: EventStore
  readonly outbox: Outbox
  readonly readModels: ReadModels
  readonly blobs: BlobStore
  readonly keys: KeyVault
  readonly spool: MailSpool
  readonly parser: Pick<MailParser, 'ready' | 'parse'>
  readonly clock: Clock
  readonly log: Log
}

/** A byte order mark stays: a hash is of all bytes. */
const AS_IT_IS = new TextDecoder('utf-8', { ignoreBOM: true })

/** Parts in, engine out. It owns nothing that must be disposed: the ports belong to whoever opened them. */
export function createEngine(options: EngineOptions): RunningEngine {
  const deps = createDeps(options)
  const { states, readModels, blobs, clock, outbox, people } = deps
  const attempts = createLinkAttempts()
  const channels = new ChannelCache()
  deps.onCommit((rows) => channels.setRows(rows))
  return {
    deps,
    get policy() {
      return people.policy
    },
    now: () => clock.now(),
    actorOf: (platform, account) => actorOf(people.policy.policy, platform, account),
    personOfAccount: (platform, account) => personOfAccount(people.policy.policy, platform, account),
    accountsOf: (person, platform) => accountsOf(people.policy.policy, person, platform),
    async lookAtPeople() {
      await people.refresh()
    },
    async actorNow({ platform, account }) {
      await people.refresh()
      return actorOf(people.policy.policy, platform, account)
    },
    askLink: (said) => askLink(deps, said),
    claimLink: (said) => claimLink(deps, attempts, said),
    pendingLink: (actor) => pendingLink(deps, actor, clock.now()),
    handle: (command) => deps.handle(command),
    preview: (request, at) => deps.preview(request, at),
    async world(stream) {
      await people.refresh()
      const loaded = await deps.loadWorld(stream)
      return loaded.get(stream)?.state === undefined
        ? undefined
        : asKnown(people.policy.policy, arrange(loaded, stream))
    },
    async state(stream) {
      const { state } = await states.load(stream)
      return state?.kind === 'case' ? caseAsKnown(people.policy.policy, state) : state
    },
    history: (stream) => options.events.read(stream),
    async mail(message) {
      const id = MessageId.safeParse(message)
      const mail = id.success ? await deps.readMail(id.data) : undefined
      return mail === undefined ? undefined : readableMail(mail)
    },
    cannedAnswer: (theCase, answer) => cannedAnswer(deps, theCase, answer),
    forwardText: (theCase, which) => forwardText(deps, theCase, which),
    heldMails: (actor, limit) => heldMails(deps, actor, limit),
    decideHeld: (decision) => decideHeld(deps, decision),
    weakness: (cwe) => weaknessOf(cwe),
    weaknesses: (typed) => searchWeaknesses(typed),
    ratingOf: (vector) => ratingOf(vector),
    blobText: (blob) => deps.blobText(blob),
    putBlob: (stream, bytes) => blobs.put(stream, bytes),
    async caseByChannel(platform, channel) {
      const id = CaseId.safeParse(await readModels.byChannel(platform, channel))
      channels.set(platform, channel, id.success)
      return id.success ? id.data : undefined
    },
    isCaseChannel: (platform, channel) => channels.isCaseChannel(platform, channel),
    async cases(query) {
      const page = await readModels.cases(query)
      channels.setRows(page.rows)
      return page
    },
    countCases: (query) => readModels.count(query),
    ...relayStatus(deps),
    mailBacklog: (stream) => mailBacklog(deps, stream),
    async effects(stream) {
      const rows = await outbox.ofStream(stream)
      return rows.map(({ effect, state, evidence }) => ({ effect, state, ...(evidence !== undefined && { evidence }) }))
    },
    draft: (effect) => draft(deps, effect),
    forgetFolded: () => states.forgetAll(),
  }
}

function createDeps(options: EngineOptions): Deps {
  const { policy, events, domain = CORE, blobs, spool, parser } = options
  const states = createStates(events, domain.evolve)
  const listeners = new Set<(rows: readonly CaseRow[]) => void>()
  const people = createPeople(policy, states)
  const deps: Deps = {
    ...options,
    readModels: withRepair(options.readModels, () => deps),
    get policy() {
      return people.policy
    },
    people,
    domain,
    states,
    mutex: createKeyedMutex(),
    handle: (command, extras) => handleCommand(deps, command, extras),
    preview: (request, at) => preview(deps, request, at),
    loadWorld: (stream) => loadWorld(states, stream),
    async blobText(blob: BlobId) {
      const bytes = await blobs.get(blob)
      return bytes === undefined ? undefined : AS_IT_IS.decode(bytes)
    },
    readMail: (message) => readMail(spool, parser, message),
    committed(rows) {
      for (const listener of listeners) listener(rows)
    },
    onCommit(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return deps
}

async function readMail(
  spool: MailSpool,
  parser: Pick<MailParser, 'parse'>,
  message: MessageId,
): Promise<ParsedMail | undefined> {
  const stored = await spool.find(message)
  if (stored === undefined) return undefined
  // A quarantined mail cannot be parsed; that was said when it came, so it simply has nothing to read here.
  return parser.parse(stored.raw).catch(() => undefined)
}
