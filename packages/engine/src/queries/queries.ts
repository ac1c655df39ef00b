import {
  accountsOf,
  actorOf,
  mergeIdentities,
  mergeIdentitiesInCase,
  CaseId,
  MessageId,
  personOfAccount,
} from '@embargo/core'
import type {
  Actor,
  BlobId,
  CveId,
  Effect,
  Person,
  PersonId,
  Platform,
  RecordedEvent,
  State,
  StreamId,
  World,
} from '@embargo/core'
import { patchesIn } from '@embargo/mail'
import type { MailPatch } from '@embargo/mail'
import { pendingLink } from '../commands/account-links.ts'
import type { PendingLink } from '../commands/account-links.ts'
import type { Deps } from '../deps.ts'
import type { CaseQuery } from '../ports/case-query.ts'
import type { CveInstance } from '../ports/cve-registry.ts'
import type { MailBacklog, ReadableMail } from '../ports/presenter.ts'
import type { Page } from '../ports/read-models.ts'
import { withFindings } from '../documents/content-findings.ts'
import { arrange } from '../projections/world.ts'
import { ChannelCache } from './channel-cache.ts'
import { checkCve, unusedCves } from './cve-ids.ts'
import type { CveCheck, UnusedCves } from './cve-ids.ts'
import { heldMails } from './held-mails.ts'
import type { HeldMails } from './held-mails.ts'
import { mailBacklog } from './mail-backlog.ts'
import { readableMail } from './readable-mail.ts'

type PersonActor = Extract<Actor, { kind: 'person' }>

/** Queries that read the current state. */
export type Queries = {
  /** The actor for an account, with the person to whom the account belongs, if it belongs to one. */
  actorOf(platform: Platform, account: string): PersonActor
  /** Reads the events about people that other processes have written, and resolves the account again. */
  actorNow(actor: PersonActor): Promise<PersonActor>
  personOfAccount(platform: Platform, account: string): Person | undefined
  /** The accounts of a person on a platform; none if none is known. */
  accountsOf(person: PersonId, platform: Platform): readonly string[]
  pendingLink(actor: PersonActor): Promise<PendingLink | undefined>
  /**
   * The present state of a stream; for a case, also the state of its release. Undefined if the stream does not exist.
   */
  world(stream: StreamId): Promise<World | undefined>
  state(stream: StreamId): Promise<State | undefined>
  history(stream: StreamId): Promise<readonly RecordedEvent[]>
  cases(query: CaseQuery & { readonly limit: number; readonly offset?: number }): Promise<Page>
  countCases(query: CaseQuery): Promise<number>
  caseByChannel(platform: Platform, channel: string): Promise<CaseId | undefined>
  /**
   * Whether a channel belongs to a case, as this process last saw it. The answer comes at once from memory and may be
   * outdated, so it must not decide about rights. Undefined if this process never saw the channel.
   */
  isCaseChannel(platform: Platform, channel: string): boolean | undefined
  /** A stored mail, parsed for reading. */
  mail(message: string): Promise<ReadableMail | undefined>
  /** The patches in a stored mail; none if it cannot be read. */
  patches(message: string): Promise<readonly MailPatch[]>
  /** The attachments of a stored mail, with their bytes; undefined if it cannot be read. */
  files(message: MessageId): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[] | undefined>
  /** Mails that wait because more came than the policy accepts in an hour: the oldest ones, up to a limit. */
  heldMails(actor: Actor, limit: number): Promise<HeldMails>
  /** Mails of a case that are kept here because no relay is set. */
  mailBacklog(stream: StreamId): Promise<{ readonly mailBacklog?: MailBacklog }>
  /** The service at which ids are reserved; undefined without credentials. */
  cveInstance(): CveInstance | undefined
  unusedCves(): Promise<UnusedCves | undefined>
  /** Checks whether an id can be recorded for a case. */
  checkCve(cve: CveId, of: CaseId): Promise<CveCheck>
  blobText(blob: BlobId): Promise<string | undefined>
  /** Effects of a stream and their outcomes, for `embargo read mails` and `embargo doctor`. */
  effects(
    stream: StreamId,
  ): Promise<readonly { readonly effect: Effect; readonly state: string; readonly evidence?: string }[]>
}

export function createQueries(deps: Deps): Queries {
  const { clock, events, outbox, people, readModels, states } = deps
  const channels = new ChannelCache()
  deps.onCommit((rows) => channels.setRows(rows))
  const policy = () => people.policy.policy
  return {
    actorOf: (platform, account) => actorOf(policy(), platform, account),
    async actorNow({ platform, account }) {
      await people.refresh()
      return actorOf(policy(), platform, account)
    },
    personOfAccount: (platform, account) => personOfAccount(policy(), platform, account),
    accountsOf: (person, platform) => accountsOf(policy(), person, platform),
    pendingLink: (actor) => pendingLink(deps, actor, clock.now()),
    async world(stream) {
      await people.refresh()
      const loaded = await deps.loadWorld(stream)
      if (loaded.get(stream)?.state === undefined) return undefined
      return mergeIdentities(policy(), await withFindings(deps, arrange(loaded, stream)))
    },
    async state(stream) {
      const { state } = await states.load(stream)
      return state?.kind === 'case' ? mergeIdentitiesInCase(policy(), state) : state
    },
    history: (stream) => events.read(stream),
    async cases(query) {
      const page = await readModels.cases(query)
      channels.setRows(page.rows)
      return page
    },
    countCases: (query) => readModels.count(query),
    async caseByChannel(platform, channel) {
      const id = CaseId.safeParse(await readModels.byChannel(platform, channel))
      channels.set(platform, channel, id.success)
      return id.success ? id.data : undefined
    },
    isCaseChannel: (platform, channel) => channels.isCaseChannel(platform, channel),
    async mail(message) {
      const id = MessageId.safeParse(message)
      const mail = id.success ? await deps.readMail(id.data) : undefined
      return mail === undefined ? undefined : readableMail(mail)
    },
    heldMails: (actor, limit) => heldMails(deps, actor, limit),
    async patches(message) {
      const id = MessageId.safeParse(message)
      const mail = id.success ? await deps.readMail(id.data) : undefined
      return mail === undefined ? [] : patchesIn(mail)
    },
    async files(message) {
      const mail = await deps.readMail(message)
      return mail?.attachments.map(({ name, content }) => ({ name, bytes: content }))
    },
    mailBacklog: (stream) => mailBacklog(deps, stream),
    cveInstance: () => deps.cveRegistry?.instance,
    unusedCves: () => unusedCves(deps),
    checkCve: (cve, of) => checkCve(deps, cve, of),
    blobText: (blob) => deps.blobText(blob),
    async effects(stream) {
      const rows = await outbox.ofStream(stream)
      return rows.map(({ effect, state, evidence }) => ({ effect, state, ...(evidence !== undefined && { evidence }) }))
    },
  }
}
