import { z } from 'zod'
import { Duration } from '../duration.ts'
import { address, bySeverity, projectId, publicKeyText, severities } from './shapes.ts'

/** Somebody who is told about vulnerabilities before the public. */
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
    .describe('The day on which the recipient agreed to the list’s terms. Without it, nothing is sent to them.'),
  key: publicKeyText
    .optional()
    .describe(
      'The recipient’s OpenPGP public key: a file beside the policy, or the armored block. Ask the recipient to confirm its fingerprint first. Mails to the recipient are encrypted with this key.',
    ),
  plaintext: z.literal('accepted').optional().describe('Set if this recipient accepts unencrypted mail.'),
})
export type Recipient = z.infer<typeof Recipient>

/**
 * How far a notice may be shared (TLP 2.0, FIRST). RED: only the reader. AMBER+STRICT: their organisation. AMBER: their
 * organisation and its clients.
 */
const tlp = z.enum(['TLP:RED', 'TLP:AMBER+STRICT', 'TLP:AMBER'])
export type Tlp = z.infer<typeof tlp>

export const PrenotificationList = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/)
    .describe('A short name, used in commands.'),
  name: z.string().min(1).max(100).describe('The name by which its recipients know the list.'),
  recipients: z.array(Recipient).default([]).describe('Who is on the list. Each recipient gets a separate mail.'),
  severities: severities
    .default(['critical', 'high', 'moderate'])
    .describe('The list is told of cases with these severities.'),
  projects: z.array(projectId).optional().describe('The list is told of cases of these projects. If left out: of all.'),
  lead: Duration.optional().describe(
    'The notice that this list is promised, if it differs from `prenotification.lead`.',
  ),
  mostDays: z
    .number()
    .int()
    .min(1)
    .max(365)
    .optional()
    .describe('The largest number of days for which this list keeps a secret.'),
  tlp: tlp
    .default('TLP:AMBER+STRICT')
    .describe(
      'How far the recipients may share what they are told. `TLP:RED`: with nobody. `TLP:AMBER+STRICT`: inside their organisation. `TLP:AMBER`: also with clients, if `tellClients` allows it.',
    ),
  tellClients: z
    .boolean()
    .default(false)
    .describe('Whether recipients may tell those of their clients who must know. This needs `tlp: TLP:AMBER`.'),
  deployEarly: z
    .boolean()
    .default(false)
    .describe('Whether recipients may run the fixed build in their own service before the release.'),
  contact: address
    .optional()
    .describe('Whom the recipients ask about their terms and the patches, if not the contact of the project.'),
  kind: z
    .literal('linux-distros')
    .optional()
    .describe(
      'For the list of the Linux distributions. Subjects begin with `[vs]`, secrets last 14 days at most, and low severities stay out. Afterwards you must post to oss-security within 24 hours, and publish a shared exploit within 7 days.',
    ),
})
export type PrenotificationList = z.infer<typeof PrenotificationList>

/** What the policy of linux-distros asks for: https://oss-security.openwall.org/wiki/mailing-lists/distros */
export const LINUX_DISTROS = {
  subjectTag: '[vs]',
  mostDays: 14,
  postWithin: { amount: 24, unit: 'hours' },
  exploitWithin: { amount: 7, unit: 'days' },
} as const

/** The most days for which a list keeps a secret, if it has a limit. */
export const mostDaysOf = ({ mostDays, kind }: PrenotificationList): number | undefined =>
  mostDays ?? (kind === undefined ? undefined : LINUX_DISTROS.mostDays)

export const Prenotification = z.strictObject({
  lead: bySeverity(Duration)
    .extend({
      urgent: Duration.default({ amount: 24, unit: 'hours' }).describe(
        'When attacks are observed, whatever the severity.',
      ),
    })
    .describe('How many calendar days before the release the recipients are told.'),
  headsUp: severities
    .default(['critical', 'high', 'moderate'])
    .describe('The severities for which a public note without details is sent before the release.'),
  lists: z.array(PrenotificationList).describe('Who is told before the public.'),
})
