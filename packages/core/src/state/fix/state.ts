import type { BlobId, EventId, MessageId, PersonId, ReportId, Sha256 } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Remediator } from '../../events/answers.ts'

export type Fix =
  | { readonly is: 'assigned'; readonly remediator: Remediator }
  | ({ readonly is: 'submitted' } & LivePatch)
  | ({ readonly is: 'verified'; readonly verifier: Remediator } & LivePatch)
  | ({ readonly is: 'changes-requested'; readonly reason: string } & LivePatch)

/** A question that was asked by mail. Silence counts as an answer only if the mail arrived. */
export type AskedByMail = {
  readonly askedAt: Instant
  readonly dueAt: Instant
  /** The event whose mail asks the question. */
  readonly mail?: EventId
  /** Whether the mail that asks the question did not arrive. If so, no answer is expected. */
  readonly undelivered?: boolean
}

export type LivePatch = {
  readonly remediator: Remediator
  readonly author: Remediator
  /**
   * The person who submitted the patch, if they named another author. Naming another author must not allow this person
   * to check the patch.
   */
  readonly submitter?: PersonId
  readonly sha256: Sha256
  readonly blob: BlobId
  readonly fileName: string
  readonly submittedAt: Instant
  readonly verification?: {
    readonly of: 'reporter' | 'team'
    readonly report?: ReportId
    /** The reporter's mails that came after the request and that nobody has logged or answered. */
    readonly unread?: readonly MessageId[]
    /**
     * The time of a late reminder to the reporter. Set if the program was not running at the usual time of the
     * reminder. The rest of the reporter's time counts from the late reminder.
     */
    readonly againAt?: Instant
  } & AskedByMail
}

/** What is recorded about one package of a branch. */
export type PackageVersions = {
  /** The package, as `packageKey` writes it. */
  readonly package: string
  readonly affected: boolean
  readonly range?: string
  readonly fixedVersion?: string
}

export type Branch = {
  readonly name: string
  readonly affected: boolean
  readonly supported: boolean
  readonly range?: string
  readonly fixedVersion?: string
  /**
   * Packages that are not affected although the branch is affected, or whose versions differ from those of the branch.
   */
  readonly packages?: readonly PackageVersions[]
  readonly fix?: Fix
  readonly deployed?: { readonly at: Instant; readonly link?: string }
  readonly waived?: { readonly kind: 'not-fixed' | 'unverified'; readonly reason: string; readonly by?: PersonId }
}
