import { z } from 'zod'

/** What a report turned out to be. */
export const Disposition = z.enum([
  'valid',
  'defense-in-depth',
  'info-only',
  'invalid',
  'duplicate',
  'already-fixed',
  'out-of-scope',
  'other-vendor',
  'spam',
])
export type Disposition = z.infer<typeof Disposition>

/** The severities, the most severe first. GitHub says `medium` for our `moderate`. */
export const Severity = z.enum(['critical', 'high', 'moderate', 'low'])
export type Severity = z.infer<typeof Severity>

/** Why an embargo ended. */
export const ExitReason = z.enum([
  'released',
  'public',
  'exploit',
  'attacks',
  'leak',
  'opened',
  'unreachable',
  'expired',
  'merged',
  'closed',
])
export type ExitReason = z.infer<typeof ExitReason>

/**
 * Why two people may end an embargo early. `unreachable`: no reporter can be reached. If the vulnerability is public,
 * or both sides agreed to continue in public, the embargo ends automatically, so nobody needs to decide this.
 */
export const TerminationReason = z.enum(['attacks', 'leak', 'unreachable'])
export type TerminationReason = z.infer<typeof TerminationReason>

/**
 * What a signal reports: the vulnerability is public, an exploit is public, attacks happen, or details have leaked but
 * are not public.
 */
export const SignalKind = z.enum(['public', 'exploit', 'attack', 'leak'])
export type SignalKind = z.infer<typeof SignalKind>

/** Something that a person must send to an authority or a mailing list, outside Embargo. */
export const Duty = z.enum(['oss-security-duty', 'exploit-duty', 'cra-early-warning', 'cra-notification', 'cra-final'])
export type Duty = z.infer<typeof Duty>

/** A CVE id. Ids that begin with CVE-1900 are used only in samples. */
export const CveId = z
  .string()
  .regex(/^CVE-\d{4}-\d{4,19}$/, 'a CVE id looks like CVE-2026-12345')
  .brand('CveId')
export type CveId = z.infer<typeof CveId>

/**
 * Where the CVE ids of a project come from. `github`: from GitHub. `own`: the project is a CNA. `other`: from another
 * CNA, by mail. `form`: from another CNA, by its web form, such as MITRE's. `none`: the project gets no CVE ids.
 */
export const CveSource = z.enum(['github', 'own', 'other', 'form', 'none'])
export type CveSource = z.infer<typeof CveSource>

/** How a reporter is credited. A reporter who has not decided is anonymous in the publication. */
export const CreditKind = z.enum(['named', 'pseudonym', 'anonymous'])
export type CreditKind = z.infer<typeof CreditKind>

export const BranchName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/, 'a branch name has letters, digits, dots, dashes and slashes')
export type BranchName = z.infer<typeof BranchName>
