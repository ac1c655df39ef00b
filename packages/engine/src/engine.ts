import type {
  Actor,
  BlobId,
  CannedAnswer,
  CaseId,
  Command,
  Effect,
  EffectId,
  Instant,
  Person,
  PersonId,
  Platform,
  PolicyInForce,
  Recorded,
  Refusal,
  ReportId,
  Sha256,
  State,
  StreamId,
  World,
} from '@embargo/core'
import type { Deps } from './deps.ts'
import type { CommandResult, IrreversibleRequest, Preview } from './commands/command.ts'
import type { HeldMailResult, HeldMailDecision, HeldMails } from './commands/held-mails.ts'
import type { LinkCode, LinkClaim, PendingLink, LinkRequest } from './commands/account-links.ts'
import type { MailBacklog, ReadableMail } from './ports/presenter.ts'
import type { CaseQuery } from './ports/case-query.ts'
import type { Page } from './ports/read-models.ts'
import type { Rating } from './texts/rating.ts'
import type { Weakness } from './texts/weakness.ts'

/** The one way in. Apps and chat translate into these calls and decide nothing themselves. */
export type Engine = {
  readonly policy: PolicyInForce
  now(): Instant
  /** Who acts when this account does: with its person where it belongs to one. */
  actorOf(platform: Platform, account: string): Extract<Actor, { kind: 'person' }>
  personOfAccount(platform: Platform, account: string): Person | undefined
  /** The accounts of a person on a platform; none where nobody knows of any. */
  accountsOf(person: PersonId, platform: Platform): readonly string[]
  /** Takes in what other processes wrote of people since, and resolves the account again. */
  actorNow(actor: Extract<Actor, { kind: 'person' }>): Promise<Extract<Actor, { kind: 'person' }>>
  /** A code for another account of the caller's; only they may see it. */
  askLink(said: LinkRequest): Promise<LinkCode>
  claimLink(said: LinkRequest & { readonly code: string }): Promise<LinkClaim>
  pendingLink(actor: Extract<Actor, { kind: 'person' }>): Promise<PendingLink | undefined>
  /** Decides, appends, enqueues: durable when it resolves. Idempotent by command id. */
  handle(command: Command): Promise<CommandResult>
  /**
   * For a command that takes two people, and for `approve`: what would happen, without doing it. The caller puts
   * `{digest, blob}` into the request's `shown`. For `approve` it renders again what the waiting command would do now.
   */
  preview(request: IrreversibleRequest, at: Instant): Promise<Preview | Refusal>
  /** The folded state of a stream, and for a case its release. Undefined where it does not exist. */
  world(stream: StreamId): Promise<World | undefined>
  state(stream: StreamId): Promise<State | undefined>
  history(stream: StreamId): Promise<readonly Recorded[]>
  /** A stored mail, parsed for reading. */
  mail(message: string): Promise<ReadableMail | undefined>
  /** An answer that is always the same, in the words of this case's policy; a person sends it as a reply. */
  cannedAnswer(theCase: CaseId, answer: CannedAnswer): Promise<string | undefined>
  /** A report as it would go to another vendor; a person looks at it, and may change it, before it leaves. */
  forwardText(
    theCase: CaseId,
    which: { readonly report?: ReportId | undefined; readonly files: boolean },
  ): Promise<string | undefined>
  /** Mails that wait because more came than the policy takes in an hour; the oldest are read. */
  heldMails(actor: Actor, limit: number): Promise<HeldMails>
  decideHeld(decision: HeldMailDecision): Promise<HeldMailResult>
  blobText(blob: BlobId): Promise<string | undefined>
  putBlob(stream: StreamId, bytes: Uint8Array): Promise<{ readonly blob: BlobId; readonly sha256: Sha256 }>
  /** What a CWE is called, and where the OWASP Top 10 has it. */
  weakness(cwe: string): Weakness | undefined
  /** The weaknesses that `typed` may mean, by number or by a word of their name. */
  weaknesses(typed: string): readonly (Weakness & { readonly cwe: string })[]
  /** What a CVSS vector says; nothing where it cannot be scored, or says that there is no severity. */
  ratingOf(vector: string): Rating | undefined
  caseByChannel(platform: Platform, channel: string): Promise<CaseId | undefined>
  /**
   * Whether a channel is a case's, as it was last heard in this process: at once and from memory, for what can wait for
   * nothing. Undefined where nothing was heard of it. Nobody's right hangs on it.
   */
  isCaseChannel(platform: Platform, channel: string): boolean | undefined
  cases(query: CaseQuery & { readonly limit: number; readonly offset?: number }): Promise<Page>
  countCases(query: CaseQuery): Promise<number>
  /** The setting that is missing where no mail leaves. */
  readonly relayMissing?: string | undefined
  /** Mails of a case that are kept here because no relay is set. */
  mailBacklog(stream: StreamId): Promise<{ readonly mailBacklog?: MailBacklog }>
  /** Effects of a stream and how they ended, for `embargo mail` and doctors. */
  effects(
    stream: StreamId,
  ): Promise<readonly { readonly effect: Effect; readonly state: string; readonly evidence?: string }[]>
}

/** The engine with what its own loops need. `deps` is for dispatcher, scheduler, intake and their like alone. */
export type RunningEngine = Engine & {
  readonly deps: Deps
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
