import { z } from 'zod'
import { Duration } from '../duration.ts'

export const Embargo = z.strictObject({
  standing: Duration.describe('The published terms: from receipt, unless another end is agreed.'),
  agreedMost: Duration.describe('From receipt: what reporter and team may agree on. Beyond it two admins are needed.'),
})

const people = z.enum(['second-person', 'second-look'])

/** How many people an irreversible command takes; `second-look` is the solo profile's substitute. */
export const Approvals = z.strictObject({
  prenotify: people.describe('Telling the recipients.'),
  disclose: people.describe('Publishing.'),
  interim: people.default('second-person').describe('Publishing facts without a fix, when secrecy has failed.'),
  reschedule: people.default('second-person').describe('Moving a pre-notified release to another day.'),
  embargo: people.default('second-person').describe('Ending an embargo before its time.'),
  waive: people.default('second-person').describe('Passing a gate that may be waived.'),
  signal: people
    .default('second-person')
    .describe('Recording that the vulnerability is public, or that this was wrong.'),
  reporterAddress: people
    .default('second-person')
    .describe('Writing to a reporter at another address than the one that they reported from.'),
  forward: people.default('second-person').describe('Sending a report to another vendor.'),
  secondLookAfter: Duration.describe('How long the same person waits before the second look.'),
  ahead: Duration.default({ amount: 24, unit: 'hours' }).describe(
    'How long before its planned start a publication may be approved.',
  ),
})
