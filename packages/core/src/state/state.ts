import type { Answer, MailFrom, MailTrust, RecipientName } from '../events/answers.ts'
import type {
  ApprovalId,
  BlobId,
  CaseId,
  EffectId,
  MessageId,
  PersonId,
  ReleaseId,
  ReportId,
  ReporterId,
  Sha256,
} from '../shared/ids.ts'
import type { AskedByMail, Branch } from './fix/state.ts'
import type { Channel } from './channel.ts'
import type { CreditKind, CveId, CveSource, Disposition, Duty, Severity, SignalKind } from '../shared/words.ts'
import type { EmState } from './embargo/state.ts'
import type { Instant } from '../shared/instant.ts'
import type { LinkKind } from '../events/case/course.ts'
import type { DocumentStepId } from '../events/step-id.ts'
import type { MailChecks } from '../events/mail-checks.ts'
import type { PersonalIdentity, PersonalText } from '../shared/personal.ts'
import type { ReporterKey } from '../shared/public-key.ts'
import type { Platform } from '../shared/actor.ts'
import type { RoleName } from '../shared/role-name.ts'
import type { StatedReferences } from '../shared/stated-reference.ts'
import type { SeverityHistory } from './report/severity-history.ts'
import type { Suspect } from '../events/case/world.ts'
import type { WaivableGate } from '../shared/gate-id.ts'

/** Report management (Vultron RM). */
export type RmState = 'received' | 'valid' | 'invalid' | 'accepted' | 'deferred' | 'closed'

/** A signal and its outcome. While it is `raised` and nobody has answered it, no mail under embargo is sent. */
export type Signal = {
  readonly id: string
  readonly what: SignalKind
  readonly link?: string
  readonly text?: string
  readonly suspect?: Suspect
  readonly approval?: ApprovalId
  /**
   * When the signal was raised. For attacks: when they were first reported, in this case or in a case that was merged
   * into it.
   */
  readonly raisedAt: Instant
  readonly is: 'raised' | 'refused' | 'counted' | 'corrected'
  readonly countedAt?: Instant
  readonly correctedAt?: Instant
  /** When this signal made the vulnerability public. */
  readonly publicAt?: Instant
}

/**
 * Case state (Vultron CS). Each field is one of Vultron's letters V, F, D, P, X and A, with the instant at which it
 * became true.
 */
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
  /** The team member who sent the report and therefore may neither act nor approve in this case. */
  readonly person?: PersonId
  /** Whether an answer can reach the reporter. */
  readonly answerable: boolean
  /** When our last mail to the reporter was sent. */
  readonly writtenAt?: Instant
  readonly through?: 'list'
  /** The link of the private advisory in which the report was made, if it did not come by mail. */
  readonly advisory?: string
  /** The latest cases that the same address opened before this report, the newest first. */
  readonly earlier?: readonly CaseId[]
  readonly receipt?: 'left-out'
  readonly key?: ReporterKey
  /** Set if a person allowed unencrypted answers to this reporter, who wrote encrypted but whose key is not known. */
  readonly plain?: true
  readonly consent?: 'agreed' | 'declined'
  /** The last proposal that this reporter agreed to. */
  readonly agreedTo?: string
  /**
   * Set if the reporter's own embargo was over at the merge. The embargo in force then binds them only after they say
   * yes.
   */
  readonly free?: true
  /** Whether the reporter agrees to continue in public. */
  readonly openly?: boolean
  /** Whether the report may go to another vendor, with or without the reporter's name. */
  readonly forwarding?: 'named' | 'unnamed' | 'no'
  readonly forwarded?: readonly { readonly to: string; readonly sha256: Sha256 }[]
  readonly asked: boolean
  /**
   * Another address of the reporter, which waits for a second person's approval, and the mail that came from that
   * address.
   */
  readonly named?: { readonly message: MessageId; readonly identity: PersonalIdentity }
  /** If the report came here by a merge: its former case, and its id in that case. */
  readonly joined?: { readonly case: CaseId; readonly report: ReportId }
}

export type Approval = {
  readonly id: ApprovalId
  readonly mode: 'second-person' | 'second-look' | 'second-admin'
  /** The waiting command, as JSON. When it is approved, every gate checks the command again. */
  readonly asked: string
  readonly notBefore: Instant
  /** From this instant on, the asker may proceed alone. */
  readonly aloneFrom?: Instant
  /** From this instant on, silence counts as a yes if nobody said no. */
  readonly yesFrom?: Instant
  readonly digest: Sha256
  readonly shown: BlobId
  readonly by: PersonId
  /** The person who approved the request. Absent if silence counted as a yes. */
  readonly givenBy?: PersonId
  readonly givenAt?: Instant
  readonly askedAt: Instant
  readonly status: 'open' | 'given' | 'refused' | 'void'
}

/**
 * A rule that two people waived in this case for one subject. A waiver is never removed: `/status` continues to show
 * it.
 */
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
  /** The mail came to the reply address that we gave to this recipient. */
  readonly recipient?: RecipientName
  /**
   * The address at which we wrote to another vendor or to the CNA, if the mail came to the reply address that we gave
   * to them.
   */
  readonly vendor?: string
  readonly trust: MailTrust
  readonly checks?: MailChecks
  readonly at: Instant
  readonly automatic?: true
  /** The name of a letter that we sent to a public list, if the mail claims to be a bounce of this letter. */
  readonly returned?: string
  /** Set while nobody has answered or logged the mail. */
  readonly unread?: true
  /** Set if nobody here can open the mail and its sender was asked to send it again. */
  readonly resend?: true
  /** The answers that a person read in the mail and logged. */
  readonly logged?: readonly Answer[]
}

export type Doubt = {
  readonly effect: EffectId
  readonly letter?: string | undefined
  readonly to?: string | undefined
  /** The publication step that the effect belongs to, unless the effect is a mail. */
  readonly step?: DocumentStepId | undefined
  readonly case?: CaseId | undefined
  readonly doubt: boolean
  readonly because: string
  readonly at: Instant
}

/** An undelivered mail of the case. `hard`: no mail can reach this address. */
export type UndeliveredMail = Doubt & { readonly hard: boolean }

/** What people were last told about a deadline: that it comes soon, or that it was missed. */
export type LastReminder = {
  readonly clock: string
  readonly round: number
  readonly due: Instant
  readonly at: Instant
  readonly fraction: number
  readonly breached: boolean
  readonly hears: 'owner' | 'team' | 'admins'
  readonly named?: PersonId
}

/** A later revision of a published record. It says what changed and why, and which parts of the record it concerns. */
export type Correction = {
  readonly at: Instant
  readonly reason: string
  readonly parts: readonly CorrectedPart[]
  readonly withdrawn?: true
}

export type CorrectedPart = 'versions' | 'severity' | 'weakness' | 'text' | 'links' | 'cve' | 'credit'

export type CaseState = {
  readonly kind: 'case'
  readonly id: CaseId
  readonly version: number
  readonly project: string
  readonly openedAt: Instant
  readonly lastEventAt: Instant
  readonly round: number
  readonly publication: 'release' | 'advisory' | 'none'
  /**
   * Set for a practice report, with which people try the process: nothing about such a case leaves the machine, and
   * every waiting time is a minute.
   */
  readonly practice?: true
  readonly rm: RmState
  readonly em: EmState
  /** When negotiations about an embargo began again, after a reopening, an expired embargo or a corrected signal. */
  readonly embargoFrom?: Instant
  readonly cs: CsState
  /** When a fix that was ready was withdrawn. The field is cleared when a fix is ready again. */
  readonly fixWithdrawnAt?: Instant
  /**
   * The fix had to be ready before this end of the embargo. It is the end that was in force when the fix became ready.
   * If the embargo expired without a fix, it is the end that passed.
   */
  readonly fixBefore?: Instant
  /** Every signal of this case, in order. */
  readonly signals: readonly Signal[]
  /** When our own publication made the vulnerability public. */
  readonly publishedAt?: Instant
  /** Since when the team has to decide about a leak: end the embargo, or continue. */
  readonly leakUndecidedSince?: Instant
  /** When somebody last did something in the case. Reminders and records of the program's own work do not count. */
  readonly movedAt?: Instant
  readonly acknowledgedAt?: Instant
  readonly acknowledgedBy?: PersonId
  readonly coordinator?: PersonId
  readonly disposition?: Disposition
  /** If the affected software is not ours: its vendor, and how to reach them. */
  readonly vendor?: { readonly name?: string; readonly contact?: string }
  /** When the disposition was last decided. */
  readonly decidedAt?: Instant
  /**
   * When the disposition was first decided since the case was opened, or since the last reopening that needed a new
   * decision.
   */
  readonly firstDecidedAt?: Instant
  readonly severity?: Severity
  /** When the case got its present severity. */
  readonly ratedAt?: Instant
  /**
   * For each severity, since when the case has been known to be at least that severe. The times start again when the
   * case is reopened or taken up again. An unrated case counts as high.
   */
  readonly severeSince?: SeverityHistory
  readonly cvss3?: string
  readonly cvss4?: string
  readonly cwe?: string
  readonly acceptedAt?: Instant
  readonly closedAt?: Instant
  /** Set if the case was once found valid. If the case is reopened, it is then valid at once. */
  readonly onceValid?: true
  /** When the case was reopened, or taken up again after a deferral. */
  readonly reopenedAt?: Instant
  /** A question to a reporter that has no answer yet. */
  readonly needsInfo?: {
    readonly report: ReportId
    readonly text: BlobId
    readonly sha256: Sha256
    /**
     * When the question was asked again, because the program was not running when the deadline for the answer passed.
     */
    readonly againAt?: Instant
  } & AskedByMail
  /** Since when the closed case has had a mail that nobody has handled. */
  readonly answeredAfterClosing?: Instant
  /**
   * For each report: when its reporter was last told about the progress of the case. Cleared when something new happens
   * in the case.
   */
  readonly upToDate?: Readonly<Record<string, Instant>>
  readonly waiting?: { readonly party: string; readonly since: Instant }
  readonly links: readonly {
    readonly case: CaseId
    readonly as: LinkKind
    /** If the linked case was opened because of a mail in this case: that mail. */
    readonly mail?: MessageId
  }[]
  /** Reports that moved to another case, together with their mails. */
  readonly moved: readonly { readonly report: Report; readonly to: CaseId; readonly as: ReportId }[]
  readonly mergedInto?: CaseId
  /**
   * Reports that were split off into another case (`into`). A report about two vulnerabilities is also still in this
   * case.
   */
  readonly divided?: readonly { readonly report: ReportId; readonly into: CaseId; readonly reason: string }[]
  readonly retrospective?: { readonly at: Instant; readonly rootCause: string; readonly change?: string }
  readonly cve?: {
    readonly requestedAt: Instant
    readonly requestLink?: string
    /** The project's source of CVE ids at the time when this id was requested. */
    readonly from?: CveSource
    /** Set if Embargo gets the id itself, from the service of the CNA or from GitHub. `refused`: why none was given. */
    readonly reservation?: { readonly at: Instant; readonly refused?: string }
    readonly id?: CveId
    /** Set if the service confirms that the id is reserved for us. */
    readonly reserved?: true
    /** Set if the id is from a test instance. No text that is sent or published may contain such an id. */
    readonly test?: true
    readonly assignedAt?: Instant
    /**
     * Set if the id came too late for the texts of the case, which could no longer change (`textsOnTheirWay`). The
     * value says whether these texts mention that an id was requested.
     */
    readonly kept?: 'requested' | 'unrequested'
    readonly publishedAt?: Instant
    readonly recordLink?: string
    /** Set if we corrected the record after the CNA published it, and nobody has told that CNA yet. */
    readonly outdated?: true
  }
  /** The address of the CNA to which we wrote. */
  readonly cna?: string
  /** Every later revision of the published record, in order. */
  readonly corrections?: readonly Correction[]
  /** Facts that became known too late for the publication and that no published record contains yet. */
  readonly unpublished?: readonly ('cve' | 'credit' | 'links')[]
  /** Set if the case was published and it was recorded that there is no CVE id. */
  readonly withoutCve?: true
  readonly advisory?: {
    readonly component: string
    readonly impact: string
    readonly workaround?: string
    readonly references?: StatedReferences
  }
  /** The advisory at an outside service: the link of its draft (`opened`) and the link where it was published. */
  readonly advisoryLink?: {
    readonly opened?: { readonly at: Instant; readonly link: string; readonly revision?: string }
    readonly published?: { readonly at: Instant; readonly link: string }
  }
  readonly people: Readonly<Record<string, RoleName>>
  /** People who were invited and told the terms, and have not answered. */
  readonly invited?: Readonly<Record<string, RoleName>>
  /** For each person who was removed from the case: when. People who were invited again are not listed. */
  readonly removed?: Readonly<Record<string, Instant>>
  /** For each person with a conflict of interest: since when. These persons are no longer in `people`. */
  readonly conflicts?: Readonly<Record<string, Instant>>
  /** For each person whose absence is known: from when until when they are away. */
  readonly away?: Readonly<Record<string, { readonly from: Instant; readonly until: Instant }>>
  /**
   * The absences that were known when the case opened. The receipt to the reporter promises a date that depends on
   * them.
   */
  readonly awayAtOpening?: CaseState['away']
  /** Set while the case is offered to somebody who has not accepted yet. */
  readonly offer?: { readonly to: PersonId; readonly from?: PersonId; readonly at: Instant }
  /**
   * `ownedSince`: when the present coordinator took the case. `unownedSince`: when the case lost its last coordinator.
   */
  readonly ownedSince?: Instant
  readonly unownedSince?: Instant
  readonly reports: readonly Report[]
  readonly messages: readonly TakenIn[]
  readonly quarantined: readonly MessageId[]
  /**
   * The last mail to a reporter, kept so the same text is not sent twice in a row. Cleared when the reporter writes.
   */
  readonly lastReply?: { readonly report: ReportId; readonly sha256: Sha256 }
  /** For the address of each other vendor: the vendor's own number for a report that we forwarded. */
  readonly vendorReferences?: Readonly<Record<string, string>>
  readonly lastToVendor?: { readonly to: string; readonly sha256: Sha256 }
  /** The last mail to recipients who have the patches. */
  readonly lastToRecipients?: {
    readonly to: readonly RecipientName[]
    readonly sha256: Sha256
  }
  /** For each pre-notification list: when its recipients first got an exploit. */
  readonly sharedExploit?: Readonly<Record<string, Instant>>
  readonly branches: readonly Branch[]
  readonly release?: ReleaseId
  /** When the case joined its release. */
  readonly releaseSince?: Instant
  /** Set if the reporters were told the planned date when the case joined its release. */
  readonly dateTold?: true
  readonly releasesSoFar: number
  /** The release that the case left last, whose mails may still wait for a decision. */
  readonly lastRelease?: ReleaseId
  /** The patches that recipients of a pre-notification have. */
  readonly held?: readonly { readonly branch: string; readonly sha256: Sha256 }[]
  /**
   * The texts that the recipients of the pre-notification were sent. Absent if nobody was notified, or if an older
   * version did not record the texts.
   */
  readonly heldTexts?: readonly { readonly name: string; readonly text: string }[]
  /**
   * The release whose recipients have the patches in `held`, even if the case has left that release. Cleared when the
   * case is reopened.
   */
  readonly heldIn?: ReleaseId
  /**
   * Earlier releases since the case was opened or last reopened, the latest first. Some of their recipients still have
   * old patches, because they were not pre-notified about a later release.
   */
  readonly heldBefore?: readonly ReleaseId[]
  readonly approvals: readonly Approval[]
  readonly waivers: readonly Waiver[]
  readonly channels: Readonly<Partial<Record<Platform, Channel>>>
  readonly parked: readonly Doubt[]
  /** Mails that our mail relay did not accept or that bounced. A mail is listed until somebody handles it. */
  readonly undelivered?: readonly UndeliveredMail[]
  /** What a person has sent to authorities and mailing lists outside Embargo, with the evidence. */
  readonly duties?: Readonly<Partial<Record<Duty, { readonly at: Instant; readonly evidence: string }>>>
  /** For each run of a deadline, named `clock:round`: until when people chose to get no reminders of it. */
  readonly snoozed?: Readonly<Record<string, Instant>>
  /** For each run of a deadline, named `clock:round`: when somebody last asked Embargo to send a reminder. */
  readonly reminded?: Readonly<Record<string, Instant>>
  /** For each clock: the last reminder, kept for people who could not be mentioned when it was posted. */
  readonly toldLast?: Readonly<Record<string, LastReminder>>
  /**
   * For each run of a deadline, named `clock:round`: the largest fraction of the allowed time that had passed when
   * people were reminded. `MAX_VALUE` after people were told that the deadline was missed, unless this is announced
   * repeatedly.
   */
  readonly told: Readonly<Record<string, number>>
}
