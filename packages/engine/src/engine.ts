import type {
  Actor,
  ApprovedMail,
  BlobId,
  CannedAnswer,
  CaseId,
  Command,
  Effect,
  Instant,
  Person,
  PersonId,
  PersonRequest,
  Platform,
  PolicyInForce,
  Recorded,
  Refusal,
  ReportId,
  Sha256,
  State,
  StreamId,
  TwoPersonVerb,
  World,
} from '@embargo/core'
import type { HeldMailResult, HeldMailDecision, HeldMails } from './commands/held-mails.ts'
import type { LinkCode, LinkClaim, PendingLink, LinkRequest as LinkSaid } from './commands/account-links.ts'
import type { ReadableMail } from './ports/presenter.ts'
import type { MailBacklog, UnsentMail } from './queries/pending-mail.ts'
import type { CaseQuery } from './ports/case-query.ts'
import type { Page } from './ports/read-models.ts'
import type { Rating } from './texts/rating.ts'
import type { Weakness } from './texts/weakness.ts'

export type CommandResult =
  | {
      readonly ok: true
      readonly stream: StreamId
      readonly note?: string
      /** Beside a note: something was recorded all the same. */
      readonly done?: true
      /** It asks for mail, and none leaves: nobody is told by it yet. A repetition does not know for whom it was. */
      readonly unsentMail?: UnsentMail
      readonly repeated: boolean
    }
  | { readonly ok: false; readonly refusal: Refusal; readonly repeated: boolean }

/** What an irreversible command would do, rendered whole: every mail, every addressee. The digest names exactly this. */
export type Preview = {
  readonly digest: Sha256
  readonly blob: BlobId
  readonly sections: readonly {
    readonly title: string
    readonly text: string
    /** The parts of the mail that `text` shows whole; `to` is absent where nobody can be sent it. */
    readonly mail?: {
      readonly to?: string
      /** It answers somebody’s report: how much of them a channel shows is the policy’s to say. */
      readonly ofReporter?: true
      readonly subject: string
      readonly text: string
      readonly attachments: readonly { readonly name: string; readonly sha256: string }[]
    }
  }[]
  /** What each mail is known again by when it leaves. */
  readonly mails: readonly ApprovedMail[]
}

/** The commands that show what would leave before they are meant. */
export type IrreversibleRequest = Extract<PersonRequest, { verb: TwoPersonVerb | 'approve' }>

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
  askLink(said: LinkSaid): Promise<LinkCode>
  claimLink(said: LinkSaid & { readonly code: string }): Promise<LinkClaim>
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
