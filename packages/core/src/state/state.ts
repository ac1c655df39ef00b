import type { ChannelLoss } from '../events/case/channels.ts'
import type { Answer, MailFrom, MailTrust, RecipientName, Remediator } from '../events/answers.ts'
import type {
  ApprovalId,
  BlobId,
  CaseId,
  EffectId,
  EventId,
  MessageId,
  PersonId,
  ReleaseId,
  ReporterId,
  ReportId,
  Sha256,
} from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { PersonalIdentity, PersonalText } from '../shared/personal.ts'
import type { SeverityHistory } from './report/severity-history.ts'
import type { RoleName } from '../shared/role-name.ts'
import type { WaivableGate } from '../shared/gate-id.ts'
import type { Platform } from '../shared/actor.ts'
import type { LinkKind } from '../events/case/course.ts'
import type { Suspect } from '../events/case/world.ts'
import type { CreditKind, CveId, Disposition, Duty, ExitReason, Severity, SignalKind } from '../shared/words.ts'

/** Report management (Vultron RM). */
export type RmState = 'received' | 'valid' | 'invalid' | 'accepted' | 'deferred' | 'closed'

/** Embargo management (Vultron EM). */
export type EmState =
  | { readonly is: 'none' }
  | ({ readonly is: 'proposed'; readonly end: Instant } & Proposal)
  | ({ readonly is: 'active' } & InForce)
  | ({ readonly is: 'revise'; readonly proposedEnd: Instant } & InForce & Proposal)
  /** `end` is the one that was in force. */
  | { readonly is: 'exited'; readonly reason: ExitReason; readonly at: Instant; readonly end?: Instant }

/** `agreed`: what both sides said, where `end` is an earlier date that a reporter named and nobody agreed to. */
export type InForce = { readonly end: Instant; readonly agreed?: Instant }

/** An end that one side named and the other has not answered. */
export type Proposal = {
  readonly proposal: string
  readonly by: 'standing' | 'team' | 'reporter'
  /** Who of the team proposed it: they are not the other side. */
  readonly proposer?: PersonId
  readonly proposedAt: Instant
  readonly reason?: string
  /** Whose reporter named it. */
  readonly report?: ReportId
}

/** What somebody said of the world, and what became of it. `raised` freezes while its approval is open. */
export type Signal = {
  readonly id: string
  readonly what: SignalKind
  readonly link?: string
  readonly text?: string
  readonly suspect?: Suspect
  readonly approval?: ApprovalId
  /** Of attacks: when somebody said so first, also in a case that was merged into this one. */
  readonly raisedAt: Instant
  readonly is: 'raised' | 'refused' | 'counted' | 'corrected'
  readonly countedAt?: Instant
  readonly correctedAt?: Instant
  /** When it made the vulnerability public. */
  readonly publicAt?: Instant
}

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
  /** When a mail of ours left for them last. */
  readonly writtenAt?: Instant
  readonly through?: 'list'
  readonly consent?: 'agreed' | 'declined'
  /** The proposal that this reporter agreed to last. */
  readonly agreedTo?: string
  /** Their own embargo was over when their case was merged: the one that is in force does not bind them, until they say yes. */
  readonly free?: true
  /** Whether they would go on in public. */
  readonly openly?: boolean
  /** Whether the report may go to another vendor, with their name or without. */
  readonly forwarding?: 'named' | 'unnamed' | 'no'
  readonly forwarded?: readonly { readonly to: string; readonly sha256: Sha256 }[]
  readonly asked: boolean
  /** Another address of theirs, which waits for a second person, and the mail that came from there. */
  readonly named?: { readonly message: MessageId; readonly identity: PersonalIdentity }
  /** Where it came from, when its case was merged into this one. */
  readonly joined?: { readonly case: CaseId; readonly report: ReportId }
}

export type Fix =
  | { readonly is: 'assigned'; readonly remediator: Remediator }
  | ({ readonly is: 'submitted' } & LivePatch)
  | ({ readonly is: 'verified'; readonly verifier: Remediator } & LivePatch)
  | ({ readonly is: 'changes-requested'; readonly reason: string } & LivePatch)

/** An answer that is asked for by mail. Silence means something only where the mail arrived. */
export type AskedByMail = {
  readonly askedAt: Instant
  readonly dueAt: Instant
  /** The event whose mail asks. */
  readonly mail?: EventId
  /** That mail did not arrive, so nobody is silent. */
  readonly undelivered?: boolean
}

export type LivePatch = {
  readonly remediator: Remediator
  readonly author: Remediator
  /** Who attached it and said who wrote it: their word alone must not make them somebody else. */
  readonly submitter?: PersonId
  readonly sha256: Sha256
  readonly blob: BlobId
  readonly fileName: string
  readonly submittedAt: Instant
  readonly verification?: {
    readonly of: 'reporter' | 'team'
    readonly report?: ReportId
    /** What came from them since, and nobody has logged or answered. */
    readonly unread?: readonly MessageId[]
    /** When they were reminded, where nothing ran when they should have been: they have the rest of their time from then. */
    readonly againAt?: Instant
  } & AskedByMail
}

export type Branch = {
  readonly name: string
  readonly affected: boolean
  readonly supported: boolean
  readonly range?: string
  readonly fixedVersion?: string
  readonly fix?: Fix
  readonly deployed?: { readonly at: Instant; readonly link?: string }
  readonly waived?: { readonly kind: 'not-fixed' | 'unverified'; readonly reason: string; readonly by?: PersonId }
}

export type Approval = {
  readonly id: ApprovalId
  readonly mode: 'second-person' | 'second-look' | 'second-admin'
  /** The command that waits, as JSON: decided again, with every gate, when the second yes is given. */
  readonly asked: string
  readonly notBefore: Instant
  /** From then on the asker may proceed alone. */
  readonly aloneFrom?: Instant
  /** From then on, without a no, silence is a yes. */
  readonly yesFrom?: Instant
  readonly digest: Sha256
  readonly shown: BlobId
  readonly by: PersonId
  /** Who said yes; nobody where silence did. */
  readonly givenBy?: PersonId
  readonly givenAt?: Instant
  readonly askedAt: Instant
  readonly status: 'open' | 'given' | 'refused' | 'void'
}

/** A rule that two people let this case pass, for one thing. Never taken out again: `/status` names it for good. */
export type Waiver = {
  readonly gate: WaivableGate
  readonly key: string
  readonly about: string
  readonly reason: string
  readonly askedBy: PersonId
  readonly by?: PersonId
  readonly at: Instant
  readonly round: number
}

export type TakenIn = {
  readonly message: MessageId
  readonly from: MailFrom
  readonly report?: ReportId
  /** The recipient whose reply address it came to. */
  readonly recipient?: RecipientName
  /** The other vendor, by their address, whose reply address it came to. */
  readonly vendor?: string
  readonly trust: MailTrust
  readonly at: Instant
  readonly automatic?: true
  /** No one has answered or logged it since. */
  readonly unread?: true
  /** What a person read in it and logged. */
  readonly logged?: readonly Answer[]
}

export type Channel = {
  readonly channel: string
  readonly name: string
  readonly cards: Readonly<Record<string, string>>
  /** How many channels the case has had on the platform, this one among them; 1 when it is left out. */
  readonly nth?: number
  /** Nobody talks in it any more; `closed` when we closed it. */
  readonly gone?: ChannelLoss | 'closed'
  /** Another one is being opened in its place. */
  readonly wanted?: true
  readonly openedAt?: Instant
  /** How many in a row were lost soon after they were opened, this one among them. */
  readonly cutShort?: number
  /** More people can read it than are on the case: nothing more goes there until somebody has looked. */
  readonly exposed?: Instant
  /** What was said in the channels, where it was kept. */
  readonly transcripts?: readonly ChannelTranscript[]
  /** Channels it replaced: their members can still read them until they are deleted. */
  readonly former?: readonly FormerChannel[]
  /** Who is on the case, and was seen not to be in it. */
  readonly missing?: readonly PersonId[]
}

/** A channel in which nothing more is said. */
export type FormerChannel = {
  readonly channel: string
  readonly openedAt?: Instant
  /** More people can read it than were let in. */
  readonly exposed?: Instant
  /** We closed it. */
  readonly closed?: true
}

/** What was said in a channel, sealed. */
export type ChannelTranscript = {
  readonly channel: string
  readonly blob: BlobId
  readonly sha256: Sha256
  readonly lines: number
  readonly keptAt: Instant
  /** Of that time the platform had nothing more, and nothing was kept before. */
  readonly gap?: Gap
}

export type Gap = { readonly since: Instant; readonly until: Instant }

export type Doubt = {
  readonly effect: EffectId
  readonly letter?: string | undefined
  readonly to?: string | undefined
  readonly doubt: boolean
  readonly because: string
  readonly at: Instant
}

/** A mail of the case that did not arrive. `hard`: its reader cannot be reached in this way at all. */
export type Undelivered = Doubt & { readonly hard: boolean }

/** A reminder, or that a time is up, as people were told of it. */
export type ToldOfClock = {
  readonly clock: string
  readonly round: number
  readonly due: Instant
  readonly at: Instant
  readonly fraction: number
  readonly breached: boolean
  readonly hears: 'owner' | 'team' | 'admins'
  readonly named?: PersonId
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
  /** When a later round of the embargo began. */
  readonly embargoFrom?: Instant
  readonly cs: CsState
  /** When a fix that was ready was taken back, until one is ready again. */
  readonly fixWithdrawnAt?: Instant
  /** The end of the embargo that counts for the fix: as it was when the fix was ready, or when it expired without one. */
  readonly fixBefore?: Instant
  /** Everything that was said of the world in this case, in its order. */
  readonly signals: readonly Signal[]
  /** When our own publication made it public. */
  readonly publishedAt?: Instant
  /** Since then a leak waits for the team's decision: end the embargo, or go on. */
  readonly leakUndecidedSince?: Instant
  /** When somebody last did something: reminders and what the machinery records are no movement. */
  readonly movedAt?: Instant
  readonly acknowledgedAt?: Instant
  readonly acknowledgedBy?: PersonId
  readonly coordinator?: PersonId
  readonly disposition?: Disposition
  /** Whose software it is about, where it is not ours, and how they are told. */
  readonly vendor?: { readonly name?: string; readonly contact?: string }
  /** When it was last decided what the report is. */
  readonly decidedAt?: Instant
  /** When that was first decided in the round that asked for it. */
  readonly firstDecidedAt?: Instant
  readonly severity?: Severity
  /** When it got the severity that it has. */
  readonly ratedAt?: Instant
  /** Since when in this round it has been known to be at least so severe; while nobody rates it, it counts as high. */
  readonly severeSince?: SeverityHistory
  readonly cvss3?: string
  readonly cvss4?: string
  readonly cwe?: string
  readonly acceptedAt?: Instant
  readonly closedAt?: Instant
  /** It was found valid at some time: a later round begins from there. */
  readonly onceValid?: true
  /** When it was opened again, or taken up again after it rested. */
  readonly reopenedAt?: Instant
  /** A question to a reporter that nobody has answered. */
  readonly needsInfo?: {
    readonly report: ReportId
    readonly text: BlobId
    readonly sha256: Sha256
    /** Nothing ran when its time was up, so it was asked once more then. */
    readonly againAt?: Instant
  } & AskedByMail
  /** A mail came when it was closed, and nobody has looked at it. */
  readonly answeredAfterClosing?: Instant
  /** Those who were told and for whom nothing has changed since: by report, when. */
  readonly upToDate?: Readonly<Record<string, Instant>>
  readonly waiting?: { readonly party: string; readonly since: Instant }
  readonly links: readonly { readonly case: CaseId; readonly as: LinkKind }[]
  /** Reports that went to another case: their mails go there. */
  readonly moved: readonly { readonly report: Report; readonly to: CaseId; readonly as: ReportId }[]
  readonly mergedInto?: CaseId
  /** Cases that were made of what a report of this one tells besides. */
  readonly divided?: readonly { readonly report: ReportId; readonly into: CaseId; readonly reason: string }[]
  readonly retrospective?: { readonly at: Instant; readonly rootCause: string; readonly change?: string }
  readonly cve?: {
    readonly requestedAt: Instant
    readonly requestLink?: string
    readonly id?: CveId
    readonly assignedAt?: Instant
    readonly publishedAt?: Instant
    readonly recordLink?: string
  }
  /** We have published, and it was said that there is no CVE id. */
  readonly withoutCve?: true
  readonly advisory?: { readonly component: string; readonly impact: string; readonly workaround?: string }
  /** Where an outside service has the advisory: a person opened or published it there. */
  readonly advisoryLink?: {
    readonly opened?: { readonly at: Instant; readonly link: string }
    readonly published?: { readonly at: Instant; readonly link: string }
  }
  readonly people: Readonly<Record<string, RoleName>>
  /** Asked onto the case and told the terms; they have not answered. */
  readonly invited?: Readonly<Record<string, RoleName>>
  /** When somebody was taken off the case, and has not been asked back. */
  readonly removed?: Readonly<Record<string, Instant>>
  /** Since when somebody has a conflict of interest. They are not among the people any more. */
  readonly conflicts?: Readonly<Record<string, Instant>>
  /** When somebody is not there. */
  readonly away?: Readonly<Record<string, { readonly from: Instant; readonly until: Instant }>>
  /** What of it was known when the case opened: the receipt promises an answer by it. */
  readonly awayAtOpening?: CaseState['away']
  /** The case is offered to somebody who has not taken it. */
  readonly offer?: { readonly to: PersonId; readonly from?: PersonId; readonly at: Instant }
  /** Since when its coordinator has been the one, and since when it has had none after that. */
  readonly ownedSince?: Instant
  readonly unownedSince?: Instant
  readonly reports: readonly Report[]
  readonly messages: readonly TakenIn[]
  readonly quarantined: readonly MessageId[]
  /** What was written to a reporter last, until they write: the same once more would tell them nothing. */
  readonly lastReply?: { readonly report: ReportId; readonly sha256: Sha256 }
  /** What was written last to another vendor. */
  readonly lastToVendor?: { readonly to: string; readonly sha256: Sha256 }
  /** What was written last to recipients who hold the patches. */
  readonly lastToRecipients?: {
    readonly to: readonly RecipientName[]
    readonly sha256: Sha256
  }
  readonly branches: readonly Branch[]
  readonly release?: ReleaseId
  /** When it joined that. */
  readonly releaseSince?: Instant
  readonly releasesSoFar: number
  /** The one that it left last: mails of it may still wait for a decision. */
  readonly lastRelease?: ReleaseId
  /** The patches that recipients of a pre-notification hold. */
  readonly held?: readonly { readonly branch: string; readonly sha256: Sha256 }[]
  /** The release whose recipients hold them, also when the case has left it. A later round owes them nothing. */
  readonly heldIn?: ReleaseId
  /** Releases before that one in the round, the latest first: whom no later one told holds what theirs brought. */
  readonly heldBefore?: readonly ReleaseId[]
  readonly approvals: readonly Approval[]
  readonly waivers: readonly Waiver[]
  readonly channels: Readonly<Partial<Record<Platform, Channel>>>
  readonly parked: readonly Doubt[]
  /** Mails that nobody took or that came back, until somebody sees to them. */
  readonly undelivered?: readonly Undelivered[]
  /** What an authority or a list asked for and a person did outside, with the evidence. */
  readonly duties?: Readonly<Partial<Record<Duty, { readonly at: Instant; readonly evidence: string }>>>
  /** `clock:round` → until when its reminders rest. */
  readonly snoozed?: Readonly<Record<string, Instant>>
  /** `clock:round` → when somebody asked for a reminder last. */
  readonly reminded?: Readonly<Record<string, Instant>>
  /** By clock: what was told of it last, for who could not be called then. */
  readonly toldLast?: Readonly<Record<string, ToldOfClock>>
  /** `clock:round` → the largest fraction that was told. */
  readonly told: Readonly<Record<string, number>>
}
