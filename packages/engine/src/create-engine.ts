import { accountsOf, actorOf, asKnown, caseAsKnown, CaseId, MessageId, personOfAccount } from '@embargo/core'
import type { BlobId, EffectId, PolicyInForce, Roots } from '@embargo/core'
import { cannedAnswer } from './texts/canned-answer.ts'
import { CORE } from './domain.ts'
import type { Domain } from './domain.ts'
import { draft } from './texts/draft.ts'
import type { Engine } from './engine.ts'
import { createStates } from './projections/states.ts'
import { arrange, loadWorld } from './projections/world.ts'
import { forwardText } from './texts/forward-text.ts'
import { handleCommand } from './commands/handle-command.ts'
import { decideHeld, heldMails } from './commands/held-mails.ts'
import type { Inside } from './inside.ts'
import { ChannelCache } from './queries/channel-cache.ts'
import { readableMail } from './queries/readable-mail.ts'
import { withRepair } from './projections/repair.ts'
import { createPeople } from './access/people.ts'
import { createLinkAttempts } from './commands/link-attempts.ts'
import { askLink, claimLink, pendingLink } from './commands/account-links.ts'
import type { MailParser, ParsedMail } from '@embargo/mail'
import type { HandleParts } from './parts.ts'
import type { BlobStore } from './ports/blob-store.ts'
import type { CaseRow, EventStore } from './ports/event-store.ts'
import type { KeyVault } from './ports/key-vault.ts'
import type { MailSpool } from './ports/mail-spool.ts'
import type { Outbox } from './ports/outbox.ts'
import type { ReadModels } from './ports/read-models.ts'
import type { Clock, Log } from './ports/time.ts'
import { preview } from './commands/preview.ts'
import { createKeyedMutex } from './shared/keyed-mutex.ts'
import { mailBacklog, relayStatus } from './queries/pending-mail.ts'
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

/** The engine with what its own loops need. `inside` is for dispatcher, scheduler and intake alone. */
export type RunningEngine = Engine & {
  readonly inside: Inside
  /** Takes in what the log says of people: once before anything is asked, so that an account is whose it is. */
  lookAtPeople(): Promise<void>
  /**
   * A mail of ours in its bytes: as it left, or, while it waits, as it would be written now.
   *
   * @throws CannotPerform, with words for people, where it cannot be written
   */
  draft(effect: EffectId): Promise<Uint8Array | undefined>
  /** After a reporter's key was destroyed: what was folded before still holds the identity. */
  forgetFolded(): void
}

/** A byte order mark stays: a hash is of all bytes. */
const AS_IT_IS = new TextDecoder('utf-8', { ignoreBOM: true })

/** Parts in, engine out. It owns nothing that must be disposed: the ports belong to whoever opened them. */
export function createEngine(options: EngineOptions): RunningEngine {
  const inside = createInside(options)
  const { states, readModels, blobs, clock, outbox, people } = inside
  const attempts = createLinkAttempts()
  const channels = new ChannelCache()
  inside.onCommit((rows) => channels.setRows(rows))
  return {
    inside,
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
    askLink: (said) => askLink(inside, said),
    claimLink: (said) => claimLink(inside, attempts, said),
    pendingLink: (actor) => pendingLink(inside, actor, clock.now()),
    handle: (command) => inside.handle(command),
    preview: (request, at) => preview(inside, request, at),
    async world(stream) {
      await people.refresh()
      const loaded = await inside.loadWorld(stream)
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
      const mail = id.success ? await inside.readMail(id.data) : undefined
      return mail === undefined ? undefined : readableMail(mail)
    },
    cannedAnswer: (theCase, answer) => cannedAnswer(inside, theCase, answer),
    forwardText: (theCase, which) => forwardText(inside, theCase, which),
    heldMails: (actor, limit) => heldMails(inside, actor, limit),
    decideHeld: (decision) => decideHeld(inside, decision),
    weakness: (cwe) => weaknessOf(cwe),
    weaknesses: (typed) => searchWeaknesses(typed),
    ratingOf: (vector) => ratingOf(vector),
    blobText: (blob) => inside.blobText(blob),
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
    ...relayStatus(inside),
    mailBacklog: (stream) => mailBacklog(inside, stream),
    async effects(stream) {
      const rows = await outbox.ofStream(stream)
      return rows.map(({ effect, state, evidence }) => ({ effect, state, ...(evidence !== undefined && { evidence }) }))
    },
    draft: (effect) => draft(inside, effect),
    forgetFolded: () => states.forgetAll(),
  }
}

function createInside(options: EngineOptions): Inside {
  const { events, domain = CORE, blobs, spool, parser } = options
  const states = createStates(events, domain.evolve)
  const listeners = new Set<(rows: readonly CaseRow[]) => void>()
  const people = createPeople(options.policy, states)
  const parts: HandleParts = {
    get policy() {
      return people.policy
    },
    people,
    domain,
    events,
    states,
    log: options.log,
    ...(options.relayMissing !== undefined && { relayMissing: options.relayMissing }),
    turns: createKeyedMutex(),
    preview: (request, at) => preview(inside, request, at),
    committed(rows) {
      for (const listener of listeners) listener(rows)
    },
  }
  const inside: Inside = {
    ...options,
    readModels: withRepair(options.readModels, () => inside),
    get policy() {
      return people.policy
    },
    people,
    domain,
    states,
    handle: (command, beside) => handleCommand(parts, command, beside),
    loadWorld: (stream) => loadWorld(states, stream),
    async blobText(blob: BlobId) {
      const bytes = await blobs.get(blob)
      return bytes === undefined ? undefined : AS_IT_IS.decode(bytes)
    },
    readMail: (message) => readMail(spool, parser, message),
    onCommit(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return inside
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
