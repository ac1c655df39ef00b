import type { Answer, MailTrust, Remediator } from '../events/answers.ts'
import type {
  ApprovalId,
  BlobId,
  CaseId,
  EffectId,
  MessageId,
  PersonId,
  ReleaseId,
  ReporterId,
  ReportId,
  Sha256,
} from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { PersonalIdentity, PersonalText } from '../shared/personal.ts'
import type { Platform } from '../shared/actor.ts'
import type { CreditKind, Disposition, ExitReason, Severity } from '../shared/words.ts'

export type RoleName = 'admin' | 'team' | 'maintainer' | 'releaser' | 'observer'

/** Report management (Vultron RM). */
export type RmState = 'received' | 'valid' | 'invalid' | 'accepted' | 'deferred' | 'closed'

/** Embargo management (Vultron EM). */
export type EmState =
  | { readonly is: 'none' }
  | { readonly is: 'proposed'; readonly proposal: string; readonly end: Instant }
  | { readonly is: 'active'; readonly end: Instant }
  | { readonly is: 'revise'; readonly end: Instant; readonly proposal: string; readonly proposedEnd: Instant }
  | { readonly is: 'exited'; readonly reason: ExitReason; readonly at: Instant }

/** Case state (Vultron CS): each letter holds the instant at which it came true. */
export type CsState = {
  readonly vendorAware?: Instant
  readonly fixReady?: Instant
  readonly fixDeployed?: Instant
  readonly public?: Instant
  readonly exploit?: Instant
  readonly attacks?: Instant
}

export type Report = {
  readonly id: ReportId
  readonly reporter: ReporterId
  readonly identity: PersonalIdentity
  readonly message: MessageId
  readonly receivedAt: Instant
  readonly credit?: { readonly kind: CreditKind; readonly name?: PersonalText }
  readonly willing?: boolean
  readonly aiUse?: Extract<Answer, { about: 'ai-use' }>
  /** The person of the team who sent it: barred from every seat on this case. */
  readonly person?: PersonId
  /** Whether an answer can reach them. */
  readonly answerable: boolean
  readonly through?: 'list'
  readonly consent?: 'agreed' | 'declined'
  readonly asked: boolean
}

export type Fix =
  | { readonly is: 'assigned'; readonly remediator: Remediator }
  | ({ readonly is: 'submitted' } & LivePatch)
  | ({ readonly is: 'verified'; readonly verifier: Remediator } & LivePatch)
  | ({ readonly is: 'changes-requested'; readonly reason: string } & LivePatch)

export type LivePatch = {
  readonly remediator: Remediator
  readonly author: Remediator
  /** Who attached it and said who wrote it: their word alone must not make them somebody else. */
  readonly submitter?: PersonId
  readonly sha256: Sha256
  readonly blob: BlobId
  readonly fileName: string
  readonly submittedAt: Instant
  readonly verification?: { readonly of: 'reporter' | 'team'; readonly askedAt: Instant; readonly dueAt: Instant }
}

export type Branch = {
  readonly name: string
  readonly affected: boolean
  readonly supported: boolean
  readonly range?: string
  readonly fixedVersion?: string
  readonly fix?: Fix
  readonly waived?: { readonly kind: 'not-fixed' | 'unverified'; readonly reason: string; readonly by?: PersonId }
}

export type Approval = {
  readonly id: ApprovalId
  readonly mode: 'second-person' | 'second-look' | 'second-admin'
  /** The command that waits, as JSON: decided again, with every gate, when the second yes is given. */
  readonly asked: string
  readonly notBefore: Instant
  /** From then on whoever asked may go on alone. */
  readonly aloneFrom?: Instant
  /** From then on, without a no, silence is a yes. */
  readonly yesFrom?: Instant
  readonly digest: Sha256
  readonly shown: BlobId
  readonly by: PersonId
  readonly askedAt: Instant
  readonly status: 'open' | 'given' | 'refused' | 'void'
}

export type TakenIn = {
  readonly message: MessageId
  readonly from: 'reporter' | 'unverified' | 'team'
  readonly report?: ReportId
  readonly trust: MailTrust
  readonly at: Instant
}

export type Channel = {
  readonly channel: string
  readonly name: string
  readonly cards: Readonly<Record<string, string>>
}

export type Doubt = {
  readonly effect: EffectId
  readonly letter?: string | undefined
  readonly to?: string | undefined
  readonly doubt: boolean
  readonly because: string
  readonly at: Instant
}

export type CaseState = {
  readonly kind: 'case'
  readonly id: CaseId
  readonly version: number
  readonly project: string
  readonly openedAt: Instant
  readonly lastEventAt: Instant
  readonly round: number
  readonly publication: 'release' | 'advisory' | 'none'
  readonly rm: RmState
  readonly em: EmState
  readonly cs: CsState
  readonly acknowledgedAt?: Instant
  readonly acknowledgedBy?: PersonId
  readonly coordinator?: PersonId
  readonly disposition?: Disposition
  readonly severity?: Severity
  readonly cvss3?: string
  readonly cvss4?: string
  readonly cwe?: string
  readonly acceptedAt?: Instant
  readonly closedAt?: Instant
  readonly advisory?: { readonly component: string; readonly impact: string; readonly workaround?: string }
  readonly people: Readonly<Record<string, RoleName>>
  readonly reports: readonly Report[]
  readonly messages: readonly TakenIn[]
  readonly quarantined: readonly MessageId[]
  readonly lastMailOutAt?: Instant
  /** Reporter's mails that no one has answered or logged since. */
  readonly unanswered: number
  readonly branches: readonly Branch[]
  readonly release?: ReleaseId
  readonly releasesSoFar: number
  readonly approvals: readonly Approval[]
  readonly channels: Readonly<Partial<Record<Platform, Channel>>>
  readonly parked: readonly Doubt[]
  /** `clock:round` → the largest fraction that was told. */
  readonly told: Readonly<Record<string, number>>
}
