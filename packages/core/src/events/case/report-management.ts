import { z } from 'zod'
import { PersonId } from '../../shared/ids.ts'
import { Disposition, Severity } from '../../shared/words.ts'
import { fact } from '../fact.ts'

/** What the case is and how far it is (RM). */
export const reportManagement = [
  /** `quiet`: another letter of the same command tells the reporter. */
  fact('CaseAcknowledged', { note: z.string().max(2000).optional(), quiet: z.literal(true).exactOptional() }, 'both'),
  fact(
    'DispositionSet',
    {
      disposition: Disposition,
      reason: z.string().max(2000).optional(),
      /** Nobody judged it: a question was not answered in its time. */
      unanswered: z.literal(true).exactOptional(),
      /** Whose problem it is, and how they are told; where it was fixed before. */
      vendor: z.string().max(200).exactOptional(),
      contact: z.string().max(300).exactOptional(),
      fixedIn: z.string().max(200).exactOptional(),
    },
    'both',
  ),
  /** `was`: it was rated otherwise before. With a reason for the reporter where nothing else was decided. */
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
  /** With a reason: what was deferred is worked on again. */
  fact('CaseAccepted', { reason: z.string().max(2000).exactOptional() }, 'status'),
  fact('CaseDeferred', { reason: z.string().max(2000).optional() }, 'both'),
  fact('CaseClosed', { reason: z.string().max(2000).optional() }, 'both'),
  fact(
    'CaseOpened',
    {
      project: z.string(),
      source: z.enum(['mail', 'person']),
      publication: z.enum(['release', 'advisory', 'none']),
      /** More mails came than the policy takes in an hour, and this person let it in. */
      letInBy: PersonId.exactOptional(),
    },
    'neither',
  ),
] as const
export type ReportManagementEvent = z.infer<(typeof reportManagement)[number]>
