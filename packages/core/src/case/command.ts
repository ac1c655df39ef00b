import type { MailTrust, Remediator } from '../events/case-events.ts'
import type { Actor, Platform } from '../shared/actor.ts'
import type {
  ApprovalId,
  BlobId,
  CaseId,
  CommandId,
  EffectId,
  MessageId,
  PersonId,
  ReporterId,
  ReportId,
  Sha256,
  StreamId,
} from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { Identity } from '../shared/personal.ts'
import type { CreditKind, Disposition, Severity } from '../shared/words.ts'

/** What the engine rendered before it asked: an approval covers exactly this. */
export type Shown = {
  readonly digest: Sha256
  readonly blob: BlobId
  /** What the engine rendered at the moment of the decision. The digest comes back from outside and may be an old one. */
  readonly now?: Sha256
}

/** What people ask for, by verb. `case` is always the case whose channel or number it was typed for. */
export type PersonRequest =
  | { readonly verb: 'ack'; readonly case: CaseId; readonly note?: string }
  | {
      readonly verb: 'triage'
      readonly case: CaseId
      readonly disposition: Disposition
      readonly severity?: Severity
      readonly cvss3?: string
      readonly cvss4?: string
      readonly cwe?: string
      readonly reason?: string
    }
  | {
      readonly verb: 'affects'
      readonly case: CaseId
      readonly branch: string
      readonly affected: boolean
      readonly range?: string
      readonly fixedVersion?: string
    }
  | {
      readonly verb: 'assign-patch'
      readonly case: CaseId
      readonly to: PersonId | 'reporter'
      readonly branches: readonly string[]
    }
  | {
      readonly verb: 'patch-submit'
      readonly case: CaseId
      readonly branch?: string
      readonly sha256: Sha256
      readonly blob: BlobId
      readonly fileName: string
      /** Who wrote it, when it is not who submits it. */
      readonly author?: Remediator
    }
  | {
      readonly verb: 'confirm'
      readonly case: CaseId
      readonly branch?: string
      readonly fixed: boolean
      readonly note?: string
    }
  | { readonly verb: 'log-answer'; readonly case: CaseId; readonly message: MessageId; readonly answer: LoggedAnswer }
  | {
      readonly verb: 'advisory'
      readonly case: CaseId
      readonly component: string
      readonly impact: string
      readonly workaround?: string
    }
  | {
      readonly verb: 'credit'
      readonly case: CaseId
      readonly report?: ReportId
      readonly credit: CreditKind
      readonly name?: string
    }
  | { readonly verb: 'prenotify'; readonly case: CaseId; readonly at?: Instant; readonly shown?: Shown }
  | { readonly verb: 'disclose'; readonly case: CaseId; readonly shown?: Shown }
  | {
      readonly verb: 'approve'
      readonly case: CaseId
      readonly approval?: ApprovalId
      readonly typedCase?: string
      readonly shown?: Shown
    }
  | { readonly verb: 'refuse'; readonly case: CaseId; readonly approval?: ApprovalId; readonly reason: string }
  | { readonly verb: 'close'; readonly case: CaseId; readonly reason?: string }
  | {
      readonly verb: 'reply'
      readonly case: CaseId
      readonly report?: ReportId
      readonly text: BlobId
      readonly sha256: Sha256
    }
  | { readonly verb: 'settle'; readonly case: CaseId; readonly effect: EffectId; readonly outcome: 'went' | 'again' }
  /** The solo profile only: nobody else is there to verify, so the branch is waived, never verified. */
  | { readonly verb: 'waive-verification'; readonly case: CaseId; readonly branch?: string; readonly reason: string }

/** As typed: the core finds the report and the live patch that it is about. */
export type LoggedAnswer =
  | { readonly about: 'credit'; readonly credit: CreditKind; readonly name?: string }
  | { readonly about: 'patch-offer'; readonly willing: boolean }
  | { readonly about: 'ai-use'; readonly used: boolean; readonly checkedByPerson: boolean }
  | { readonly about: 'consent'; readonly agreed: boolean }
  | { readonly about: 'verification'; readonly branch?: string; readonly fixed: boolean }

/** What the outside world brings: mail, clocks, outcomes of effects. */
export type SystemRequest =
  | {
      readonly verb: 'open-case'
      /** Allocated by the engine before it asks; never reused. */
      readonly case: CaseId
      readonly project: string
      readonly message: MessageId
      readonly receivedAt: Instant
      readonly reporter: ReporterId
      /** Absent when the mail could not be parsed: then it is quarantined in the new case. */
      readonly identity?: Identity
      /** The person of the team who wrote it, when the sender's address is theirs: they are the reporter then. */
      readonly person?: PersonId
      readonly trust: MailTrust
      readonly automatic: boolean
    }
  | {
      readonly verb: 'take-in-message'
      readonly case: CaseId
      readonly message: MessageId
      readonly from: 'reporter' | 'unverified' | 'team'
      readonly report?: ReportId
      readonly trust: MailTrust
      readonly automatic: boolean
    }
  | {
      readonly verb: 'quarantine-message'
      readonly case: CaseId
      readonly message: MessageId
      readonly because: 'unparsable' | 'too-large' | 'parser-died'
    }
  | { readonly verb: 'notice-stranger'; readonly case: CaseId; readonly platform: Platform; readonly account: string }
  | {
      readonly verb: 'fire-clock'
      readonly stream: StreamId
      readonly clock: string
      readonly round: number
      readonly fraction: number
    }
  | { readonly verb: 'record-outcome'; readonly stream: StreamId; readonly effect: EffectId; readonly outcome: Outcome }

/** How an effect ended. `in-doubt`: it may or may not have happened and must not be repeated without a person. */
export type Outcome =
  | { readonly is: 'channel-opened'; readonly platform: Platform; readonly channel: string; readonly name: string }
  | {
      readonly is: 'card-placed'
      readonly platform: Platform
      readonly slot: string
      readonly channel: string
      readonly message: string
    }
  | { readonly is: 'mail-accepted'; readonly letter: LetterName; readonly to: Addressee; readonly messageId: string }
  | { readonly is: 'mail-failed'; readonly letter: LetterName; readonly to: Addressee; readonly because: string }
  | {
      readonly is: 'parked'
      readonly doubt: boolean
      readonly because: string
      readonly letter?: LetterName
      readonly to?: Addressee
    }
  /** Nothing to record in the log: the outbox row keeps the evidence. */
  | { readonly is: 'done' }

export type Request = PersonRequest | SystemRequest
export type Verb = Request['verb']
export type PersonVerb = PersonRequest['verb']

export type Command = {
  readonly commandId: CommandId
  readonly actor: Actor
  readonly at: Instant
  readonly request: Request
}

export type LetterName =
  | 'receipt'
  | 'acknowledgment'
  | 'outcome'
  | 'remediation'
  | 'verification-request'
  | 'reply'
  | 'prenotification'
  | 'heads-up'
  | 'announcement'
  | 'oss-security'
  | 'embargo-lifted'
  | 'thanks'

export type Addressee =
  | { readonly kind: 'report'; readonly report: ReportId }
  | { readonly kind: 'recipient'; readonly list: string; readonly recipient: string }
  | { readonly kind: 'public'; readonly list: 'announce' | 'oss-security' }
