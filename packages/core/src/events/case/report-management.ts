import { z } from 'zod'
import { PersonId } from '../../shared/ids.ts'
import { Disposition, Severity } from '../../shared/words.ts'
import { fact } from '../fact.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { AffectedBranch } from './fix.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/** Requests about a case’s disposition and stage. */
export type ReportManagementRequest =
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
      /** `vendor`, `contact`: whose software it is, if not ours. `fixedIn`: where the problem was fixed before. */
      readonly vendor?: string
      readonly contact?: string
      readonly fixedIn?: string
      /** Branches that are affected or not affected. Each is recorded as `triage.affects` records it. */
      readonly branches?: readonly AffectedBranch[]
      /** The public case whose fix is incomplete, according to the report. */
      readonly follows?: CaseId
    }
  | {
      readonly verb: 'close'
      readonly case: CaseId
      readonly reason?: string
      /** The root cause. If present, the retrospective is recorded too. */
      readonly rootCause?: string
      readonly change?: string
    }

/** The set of roles that may make each request. */
export const reportManagementRoles = {
  ack: 'coordinate',
  triage: 'coordinate',
  close: 'coordinate',
} satisfies Record<ReportManagementRequest['verb'], RoleSet>

/** Events about the case's disposition and stage (report management, RM). */
export const reportManagement = [
  /** `quiet`: this event sends no letter, because the reporter gets another letter from the same command. */
  fact('CaseAcknowledged', { note: z.string().max(2000).optional(), quiet: z.literal(true).exactOptional() }, 'both'),
  fact(
    'DispositionSet',
    {
      disposition: Disposition,
      reason: z.string().max(2000).optional(),
      /** Set if nobody judged the report, because the reporter did not answer a question. */
      unanswered: z.literal(true).exactOptional(),
      /** `vendor`, `contact`: whose software it is, if not ours. `fixedIn`: where the problem was fixed before. */
      vendor: z.string().max(200).exactOptional(),
      contact: z.string().max(300).exactOptional(),
      fixedIn: z.string().max(200).exactOptional(),
    },
    'both',
  ),
  /**
   * `was` is the previous rating. `reason` is set if the command decided only the rating; the reporter is told the
   * reason.
   */
  fact(
    'SeverityRated',
    {
      severity: Severity,
      reason: z.string().max(2000).exactOptional(),
      was: Severity.exactOptional(),
      cvss3: z.string().max(200).optional(),
      cvss4: z.string().max(400).optional(),
    },
    'both',
  ),
  fact('WeaknessClassified', { cwe: z.string().regex(/^CWE-\d{1,5}$/) }, 'neither'),
  /** `reason`: why work on a deferred case continues. Absent for other cases. */
  fact('CaseAccepted', { reason: z.string().max(2000).exactOptional() }, 'status'),
  fact('CaseDeferred', { reason: z.string().max(2000).optional() }, 'both'),
  fact('CaseClosed', { reason: z.string().max(2000).optional() }, 'both'),
  fact(
    'CaseOpened',
    {
      project: z.string(),
      source: z.enum(['mail', 'person']),
      publication: z.enum(['release', 'advisory', 'none']),
      /**
       * The person who admitted this mail, if it was held. Mails are held when they would open more cases in an hour
       * than the policy accepts.
       */
      letInBy: PersonId.exactOptional(),
      /**
       * Set for a practice report, with which people try the process: nothing about such a case leaves the machine, and
       * every waiting time is a minute.
       */
      practice: z.literal(true).exactOptional(),
    },
    'neither',
  ),
] as const
export type ReportManagementEvent = z.infer<(typeof reportManagement)[number]>
