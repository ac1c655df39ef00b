import { z } from 'zod'
import { Duration, DurationOrNever } from '../duration.ts'
import { bySeverity } from './shapes.ts'

const fractions = z.array(z.number().positive().max(1))

const Ladder = z.strictObject({
  fix: Duration.describe('Fix and verification mail.'),
  backports: Duration.describe('Patches for the other supported branches.'),
  exactTime: Duration.describe('The exact time is told.'),
})

const Cra = z.strictObject({
  on: z.boolean().describe('Whether the EU Cyber Resilience Act binds you (article 14).'),
  earlyWarning: Duration.describe('Early warning, from when you knew of an actively exploited vulnerability.'),
  notification: Duration.describe('Vulnerability notification, from the same moment.'),
  final: Duration.describe('Final report, from when a fix or workaround is available.'),
})

/** Every deadline. Sources: Django's security process, the linux-distros policy, the CVE and CRA rules. */
export const Clocks = z.strictObject({
  fractions: fractions.describe('When a clock reminds, as parts of its time, where it has no fractions of its own.'),
  escalateAt: z
    .number()
    .min(1)
    .max(10)
    .describe('A clock that still runs at this multiple of its time is told to the admins, by mail too.'),
  acknowledge: z
    .strictObject({ target: Duration, breach: Duration, fractions })
    .describe('From receipt to the acknowledgment by a person. After `breach` it is told to the admins.'),
  offerOwner: Duration.describe('From receipt: a case that nobody owns is offered to one person after the other.'),
  decideValidity: Duration.describe('From the acknowledgment to valid or not.'),
  updateReporter: Duration.describe('From the last mail to the reporter: they hear from us at least this often.'),
  needsInfo: z
    .strictObject({ closeAfter: Duration, fractions })
    .describe(
      'From a question to the reporter: two reminders, then the case closes. What they write afterwards is shown, and waits for a person to open the case again.',
    ),
  stale: bySeverity(DurationOrNever).describe('From the last thing that happened; unrated counts as high.'),
  waitingOnParty: Duration.describe('While another party is waited for: how often people are reminded of it.'),
  fixReady: bySeverity(Duration).describe('From the rating to a verified fix; unrated counts as high.'),
  fixBeforeEmbargoEnd: Duration.describe('A fix is due this long before the embargo’s end at the latest.'),
  reporterVerification: bySeverity(Duration).describe('From the verification request to the reporter’s answer.'),
  embargoWarnings: z.array(Duration).describe('How long before the embargo’s end people are warned.'),
  ladder: Ladder.describe('What is due how long before the release. The pre-notification is due at its lead.'),
  requestCve: Duration.describe('A CVE id is asked for this long before the release.'),
  publishCve: z
    .strictObject({ target: Duration, breach: Duration, remind: Duration })
    .describe('From the disclosure to the published CVE record; `remind` where another CNA publishes it.'),
  acknowledgePrenotification: Duration.describe('From a pre-notification to the recipient’s word that they have it.'),
  consentSilence: Duration.describe('From a question about the embargo to the reminder that it is unanswered.'),
  retrospective: Duration.describe('From the public release to the retrospective.'),
  keyExpiry: Duration.describe(
    'How long before an OpenPGP key expires people are warned. Kept for when Embargo encrypts: it holds no keys yet, so nothing expires.',
  ),
  signalSilence: Duration.describe('A signal that nobody contradicts counts after this time.'),
  cra: Cra.describe('The clocks of the EU Cyber Resilience Act.'),
})

/** The times of the profile `team`; the other profiles change a few of them. */
export const TEAM_CLOCKS: z.input<typeof Clocks> = {
  fractions: [0.8, 1],
  escalateAt: 1.5,
  acknowledge: { target: '24 hours', breach: '3 working days', fractions: [0.5, 0.8, 1] },
  offerOwner: '3 working days',
  decideValidity: '10 working days',
  updateReporter: '14 days',
  needsInfo: { closeAfter: '30 days', fractions: [0.5, 0.8] },
  stale: { critical: '2 days', high: '7 days', moderate: '30 days', low: 'never' },
  waitingOnParty: '7 days',
  fixReady: { critical: '7 days', high: '30 days', moderate: '60 days', low: '75 days' },
  fixBeforeEmbargoEnd: '14 days',
  reporterVerification: { critical: '1 day', high: '3 days', moderate: '7 days', low: '7 days' },
  embargoWarnings: ['14 days', '7 days', '1 day'],
  ladder: { fix: '14 days', backports: '10 days', exactTime: '1 day' },
  requestCve: '21 days',
  publishCve: { target: '24 hours', breach: '72 hours', remind: '7 days' },
  acknowledgePrenotification: '2 days',
  consentSilence: '7 days',
  retrospective: '3 working days',
  keyExpiry: '30 days',
  signalSilence: '30 minutes',
  cra: { on: false, earlyWarning: '24 hours', notification: '72 hours', final: '14 days' },
}
