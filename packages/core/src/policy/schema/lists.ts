import { z } from 'zod'
import { Duration } from '../duration.ts'
import { address, bySeverity, projectId, severities } from './shapes.ts'

/** Who is told before the public. */
export const Recipient = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a recipient id has small letters, digits and dashes')
    .describe('A short name, used in commands.'),
  name: z.string().min(1).max(100).describe('The name that the team sees.'),
  address: address.describe('Where its mail goes.'),
  consented: z.iso
    .date('a date looks like 2026-01-31')
    .optional()
    .describe('The day on which they agreed to the list’s terms, without which nothing is sent to them.'),
  plaintext: z.literal('accepted').optional().describe('Set if this recipient accepts unencrypted mail.'),
})
export type Recipient = z.infer<typeof Recipient>

export const PrenotificationList = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/)
    .describe('A short name, used in commands.'),
  name: z.string().min(1).max(100).describe('The name that its recipients know it by.'),
  recipients: z.array(Recipient).default([]).describe('Who is on it, each with a mail of their own.'),
  severities: severities
    .default(['critical', 'high', 'moderate'])
    .describe('The severities that this list is told of.'),
  projects: z.array(projectId).optional().describe('The projects that this list is told of, if not all.'),
  lead: Duration.optional().describe('The lead that this list is promised, if it differs from `prenotification.lead`.'),
  mostDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .optional()
    .describe('The longest time that this list keeps a secret, counted in dates.'),
  kind: z
    .literal('linux-distros')
    .optional()
    .describe(
      'Set for the list of the Linux distributions: subjects begin with `[vs]`, a secret is kept for 14 dates at most, and oss-security gets a post within 24 hours after it is out.',
    ),
})
export type PrenotificationList = z.infer<typeof PrenotificationList>

/** What the policy of linux-distros asks for: https://oss-security.openwall.org/wiki/mailing-lists/distros */
export const LINUX_DISTROS = {
  subjectTag: '[vs]',
  mostDays: 14,
  postWithin: { amount: 24, unit: 'hours' },
} as const

/** The most dates that a list keeps a secret, if it has a limit. */
export const mostDaysOf = ({ mostDays, kind }: PrenotificationList): number | undefined =>
  mostDays ?? (kind === undefined ? undefined : LINUX_DISTROS.mostDays)

export const Prenotification = z.strictObject({
  lead: bySeverity(Duration)
    .extend({
      urgent: Duration.default({ amount: 24, unit: 'hours' }).describe(
        'When attacks are observed, whatever the severity.',
      ),
    })
    .describe('How long before the release recipients are told, counted in dates.'),
  headsUp: severities
    .default(['critical', 'high', 'moderate'])
    .describe('The severities for which a public note without details goes ahead of the release.'),
  lists: z.array(PrenotificationList).describe('Who is told before the public.'),
})
