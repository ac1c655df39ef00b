import { z } from 'zod'
import { Duration } from '../duration.ts'
import { address, bySeverity, projectId, severities } from './shapes.ts'

/** Who is told before the public. */
export const Recipient = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a recipient id has small letters, digits and dashes'),
  name: z.string().min(1).max(100),
  address,
  consented: z.iso
    .date('a date looks like 2026-01-31')
    .optional()
    .describe(
      'The day on which they agreed to the list’s terms: standing consent. Without it nothing is sent to them.',
    ),
  plaintext: z
    .literal('accepted')
    .optional()
    .describe('Written where this recipient accepts that their mail is readable on its way.'),
})
export type Recipient = z.infer<typeof Recipient>

export const PrenotificationList = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  name: z.string().min(1).max(100),
  recipients: z.array(Recipient).default([]).describe('Who is on it. Each gets a mail of their own.'),
  severities: severities
    .default(['critical', 'high', 'moderate'])
    .describe('The severities that this list is told of. A low one waits for the next ordinary release.'),
  projects: z.array(projectId).optional().describe('The projects that this list is told of. Absent: all.'),
  lead: Duration.optional().describe(
    'The lead that this list is promised, where it is not that of `prenotification.lead`.',
  ),
  mostDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .optional()
    .describe('The most dates that this list keeps a secret. linux-distros: 14.'),
  subjectTag: z
    .string()
    .regex(/^\[[A-Za-z0-9 ._-]{1,20}\]$/, 'a subject tag is written in brackets, for example "[vs]"')
    .optional()
    .describe('What the subject of its mails begins with. linux-distros: `[vs]`.'),
  ossSecurityDuty: Duration.optional().describe(
    'The list asks for a public post on oss-security within this time after the secret is out. linux-distros: 24 hours.',
  ),
})
export type PrenotificationList = z.infer<typeof PrenotificationList>

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
  leak: z
    .enum(['tell-others', 'tell-nobody'])
    .default('tell-others')
    .describe('Whether the other recipients hear when details got out: they hold the same secret.'),
  lists: z.array(PrenotificationList).describe('Who is told before the public.'),
})
