import { z } from 'zod'
import { PublicLink, ReferenceKind, StatedReferences } from '../../shared/stated-reference.ts'
import { BranchName, CveId, Severity } from '../../shared/words.ts'
import { fact } from '../fact.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { RoleSet } from '../../shared/role-set.ts'
import type { Rendering } from '../rendering.ts'
import type { CveAtService } from './cve.ts'
import type { AffectedBranch } from './fix.ts'

/**
 * Who gets a mail about a correction. `everybody`: the public lists, the recipients and the reporters. `recipients`:
 * the recipients and the reporters. `nobody`: only a reporter whose credit changes.
 */
export const CorrectionAudience = z.enum(['everybody', 'recipients', 'nobody'])
export type CorrectionAudience = z.infer<typeof CorrectionAudience>

/** A link that is added to the record, with its kind. `none`: the link is removed from the record. */
export const ReferenceChange = z.object({ kind: z.enum([...ReferenceKind.options, 'none']), url: PublicLink })

/** The parts of the published record that a person wants to change. A part that is left out stays as it is. */
export type RequestedChanges = {
  readonly branches?: readonly AffectedBranch[]
  readonly severity?: Severity
  readonly cvss3?: string
  readonly cvss4?: string
  readonly cwe?: string
  readonly component?: string
  readonly impact?: string
  /** Empty if the workaround is removed from the record. */
  readonly workaround?: string
  /** Links that are added, and links that are removed. */
  readonly references?: readonly ReferenceChange[]
}

export type ReferenceChange = z.infer<typeof ReferenceChange>

/** Requests about a published record. There is no other way to change the facts of a published case. */
export type CorrectionRequest =
  | {
      readonly verb: 'correct'
      readonly case: CaseId
      /** What changed and why, in words for the public. */
      readonly reason: string
      readonly changes: RequestedChanges
      readonly tell: CorrectionAudience
      /** The reason for waiving the gate `wording` for this correction. Two people must approve the waiver. */
      readonly waive?: string
      readonly shown?: Rendering
    }
  /**
   * Puts a CVE id that came too late for the publication into every record. One person can do this alone. But if the
   * request also waives findings of the gate `wording`, two people must approve.
   */
  | {
      readonly verb: 'correct.cve'
      readonly case: CaseId
      /** The CVE id. Absent if the case has the id already. */
      readonly cve?: CveId
      readonly link?: string
      readonly reserved?: CveAtService
      readonly waive?: string
      readonly shown?: Rendering
    }
  | {
      readonly verb: 'correct.withdraw'
      readonly case: CaseId
      readonly reason: string
      readonly tell: CorrectionAudience
      readonly waive?: string
      readonly shown?: Rendering
    }

/** The set of roles that may make each request. */
export const correctionRoles = {
  correct: 'publish',
  'correct.cve': 'publish',
  'correct.withdraw': 'publish',
} satisfies Record<CorrectionRequest['verb'], RoleSet>

/** The maximum number of characters in a reason, so that the value of a button can contain it. */
export const CORRECTION_REASON_MAX = 500

export const RecordChanges = z.object({
  branches: z
    .array(
      z.object({
        branch: BranchName,
        affected: z.boolean(),
        supported: z.boolean(),
        package: z.string().max(301).exactOptional(),
        range: z.string().max(200).exactOptional(),
        fixedVersion: z.string().max(60).exactOptional(),
      }),
    )
    .readonly()
    .exactOptional(),
  severity: Severity.exactOptional(),
  cvss3: z.string().max(200).exactOptional(),
  cvss4: z.string().max(400).exactOptional(),
  cwe: z.string().max(20).exactOptional(),
  component: z.string().max(200).exactOptional(),
  impact: z.string().max(2000).exactOptional(),
  workaround: z.string().max(2000).exactOptional(),
  /** All links of the record after the change. */
  references: StatedReferences.exactOptional(),
})
export type RecordChanges = z.infer<typeof RecordChanges>

/** Changes of a record after its publication. */
export const correction = [
  /**
   * A new revision of the published record. `cve`: the revision adds a CVE id that came too late for the publication.
   * `withdrawn`: the revision withdraws the record.
   */
  fact(
    'RecordCorrected',
    {
      reason: z.string().max(2000),
      changes: RecordChanges,
      tell: CorrectionAudience,
      cve: CveId.exactOptional(),
      withdrawn: z.literal(true).exactOptional(),
    },
    'both',
  ),
] as const
export type CorrectionEvent = z.infer<(typeof correction)[number]>
