import { z } from 'zod'
import { Duration } from '../duration.ts'
import { bySeverity } from './shapes.ts'

/** The deadlines that teams differ in. Sources: Django's security process, the CVE rules. The others are in `deadlines`. */
export const Clocks = z.strictObject({
  acknowledge: z
    .strictObject({
      target: Duration.describe('How long a reporter waits for the acknowledgment at most.'),
      breach: Duration.describe('The time without an acknowledgment after which the admins are told.'),
    })
    .describe('From receipt to the acknowledgment by a person.'),
  cra: z
    .boolean()
    .describe('Whether the EU Cyber Resilience Act (article 14) binds you: its three reports then have deadlines.'),
  decideValidity: Duration.describe('From the acknowledgment to the decision whether the report is valid.'),
  updateReporter: Duration.describe('From the last mail to the reporter: they hear from us at least this often.'),
  needsInfo: Duration.describe('From a question to the reporter, who is reminded twice, to the closing of the case.'),
  fixReady: bySeverity(Duration).describe('From the rating to a verified fix; unrated counts as high.'),
  reporterVerification: bySeverity(Duration).describe('From the verification request to the reporter’s answer.'),
  requestCve: Duration.describe('A CVE id is asked for this long before the release.'),
  retrospective: Duration.describe('From the public release to the retrospective.'),
  signalSilence: Duration.describe('A signal that nobody contradicts counts after this time.'),
})

/** The times of the profile `team`; the other profiles change a few of them. */
export const TEAM_CLOCKS: z.input<typeof Clocks> = {
  acknowledge: { target: '24 hours', breach: '3 working days' },
  cra: false,
  decideValidity: '10 working days',
  updateReporter: '14 days',
  needsInfo: '30 days',
  fixReady: { critical: '7 days', high: '30 days', moderate: '60 days', low: '75 days' },
  reporterVerification: { critical: '1 day', high: '3 days', moderate: '7 days', low: '7 days' },
  requestCve: '21 days',
  retrospective: '3 working days',
  signalSilence: '30 minutes',
}
