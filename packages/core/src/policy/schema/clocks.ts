import { z } from 'zod'
import { Duration } from '../duration.ts'
import { bySeverity } from './shapes.ts'

/**
 * The deadlines whose times a team can set. Sources: Django's security process, the CVE rules. The times of the other
 * deadlines are in `deadlines`.
 */
export const Clocks = z.strictObject({
  acknowledge: z
    .strictObject({
      target: Duration.describe('The time within which a person acknowledges a report.'),
      breach: Duration.describe('The time after which the admins are told that nobody has acknowledged the report.'),
    })
    .describe('The time from receipt to the acknowledgment by a person.'),
  cra: z
    .boolean()
    .describe('Whether the EU Cyber Resilience Act (article 14) binds you. If so, its three reports have deadlines.'),
  decideValidity: Duration.describe('The time from the acknowledgment to the decision whether the report is valid.'),
  updateReporter: Duration.describe('The longest time between two mails to the reporter.'),
  needsInfo: Duration.describe(
    'How long the reporter has to answer a question before the case is closed. They are reminded twice.',
  ),
  fixReady: bySeverity(Duration).describe(
    'The time from the rating to a verified fix. An unrated case counts as high.',
  ),
  reporterVerification: bySeverity(Duration).describe(
    'The time from the verification request to the reporter’s answer.',
  ),
  requestCve: Duration.describe('How long before the release a CVE id is requested.'),
  retrospective: Duration.describe('The time from the publication to the retrospective.'),
  signalSilence: Duration.describe(
    'How long people can refuse a signal, such as a reported leak or attack. If nobody does, the signal counts as true. If secrecy has failed, the person who requested a publication may also publish alone if nobody has answered in this time.',
  ),
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
