import { z } from 'zod'
import { BlobId, MessageId, ReportId, Sha256 } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { BranchName } from '../../shared/words.ts'
import { Remediator } from '../answers.ts'
import { fact } from '../fact.ts'
import type { CaseId, PersonId } from '../../shared/ids.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/** What a person says about one branch: whether it is affected, and in which versions. */
export type AffectedBranch = {
  readonly branch: string
  readonly affected: boolean
  /** One package of the branch, by its name or as `npm/quillmark`. Absent: all packages of the branch. */
  readonly package?: string
  /** The affected versions, as ranges that `versionRanges` can read, or as a note in prose. */
  readonly range?: string
  readonly fixedVersion?: string
}

/** Requests about branches and their patches. */
export type FixRequest =
  | ({ readonly verb: 'triage.affects'; readonly case: CaseId } & AffectedBranch)
  /** The branch or the package was named by mistake: removes what is recorded about it. */
  | {
      readonly verb: 'triage.affects'
      readonly case: CaseId
      readonly branch: string
      readonly package?: string
      readonly remove: true
    }
  | {
      readonly verb: 'assign-patch'
      readonly case: CaseId
      readonly to: PersonId | 'reporter'
      readonly branches: readonly string[]
    }
  | {
      readonly verb: 'patch'
      readonly case: CaseId
      readonly branch?: string
      readonly sha256: Sha256
      readonly blob: BlobId
      readonly fileName: string
      /** The patch's author, if that is not the person who submits it. */
      readonly author?: Remediator
      /** Another place where the patch can be seen. The link is recorded and never fetched. */
      readonly link?: string
      /** On this branch, the version that contains the patch. */
      readonly fixedVersion?: string
      /** The facts from which the public texts are written. */
      readonly advisory?: { readonly component: string; readonly impact: string; readonly workaround?: string }
    }
  | {
      readonly verb: 'confirm'
      readonly case: CaseId
      readonly branch?: string
      readonly fixed: boolean
      readonly note?: string
      /** The first digits of the hashes of the patches that were shown. The answer counts only for these patches. */
      readonly sha256?: readonly string[]
    }

/** The set of roles that may make each request. */
export const fixRoles = {
  'triage.affects': 'coordinate',
  'assign-patch': 'coordinate',
  patch: 'contribute',
  confirm: 'coordinate',
} satisfies Record<FixRequest['verb'], RoleSet>

/** Events about the patches of each branch and the deployment of the fix. */
export const fix = [
  /** `quiet`: this event sends no letter, because the reporter gets another letter from the same command. */
  fact(
    'PatchAssigned',
    { branches: z.array(BranchName).min(1), remediator: Remediator, quiet: z.literal(true).exactOptional() },
    'both',
  ),
  fact(
    'PatchSubmitted',
    {
      branch: BranchName,
      sha256: Sha256,
      blob: BlobId,
      fileName: z.string().max(200),
      author: Remediator,
      /**
       * Another place where the patch can be seen: a commit, a private pull request. The link is recorded and never
       * fetched.
       */
      link: z.string().max(2000).exactOptional(),
    },
    'both',
  ),
  fact(
    'VerificationRequested',
    {
      branch: BranchName,
      sha256: Sha256,
      of: z.enum(['reporter', 'team']),
      report: ReportId.optional(),
      dueAt: Instant,
    },
    'both',
  ),
  fact(
    'FixVerified',
    {
      branch: BranchName,
      sha256: Sha256,
      by: Remediator,
      message: MessageId.optional(),
      note: z.string().max(2000).optional(),
    },
    'both',
  ),
  fact(
    'ChangesRequested',
    { branch: BranchName, sha256: Sha256, by: Remediator, reason: z.string().max(2000) },
    'both',
  ),
  fact(
    'BranchWaived',
    {
      branch: BranchName,
      sha256: Sha256.optional(),
      kind: z.enum(['not-fixed', 'unverified']),
      reason: z.string().max(2000),
    },
    'both',
  ),
  fact('FixReady', {}, 'both'),
  /** The fix is no longer ready. `because` is set if the only reason is that the case was deferred or reopened. */
  fact('FixWithdrawn', { branch: BranchName, because: z.enum(['deferred', 'reopened']).exactOptional() }, 'both'),
  /** `whole`: every affected supported branch now runs the fix. */
  fact('FixDeployed', { branch: BranchName, link: z.string().max(2000).exactOptional(), whole: z.boolean() }, 'both'),
  fact(
    'AffectedBranchSet',
    {
      branch: BranchName,
      affected: z.boolean(),
      supported: z.boolean(),
      /** The package, as `packageKey` writes it. Absent: the event is about the branch with all its packages. */
      package: z.string().max(301).exactOptional(),
      range: z.string().max(200).optional(),
      fixedVersion: z.string().max(60).optional(),
    },
    'both',
  ),
  /**
   * The branch or the package was named by mistake, so what was recorded about it no longer holds. A branch that has a
   * patch stays affected and loses only its versions.
   */
  fact('AffectedBranchRemoved', { branch: BranchName, package: z.string().max(301).exactOptional() }, 'both'),
] as const
export type FixEvent = z.infer<(typeof fix)[number]>
