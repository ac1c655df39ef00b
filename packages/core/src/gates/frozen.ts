import { unsentApprovedMails } from '../state/release/text-freeze.ts'
import { isoInstant } from '../shared/instant.ts'
import { defineGate, nobody, refuse } from './gate.ts'
import type { Gate } from './gate.ts'
import { openSignals } from '../state/world/signals.ts'

/**
 * What is sent must be what two people approved. So texts and patches must not change until every mail of an approved
 * pre-notification has been sent.
 */
export const frozen = defineGate({
  id: 'frozen',
  rule: 'This waits while approved mail is leaving, while the release is on hold or its publication is approved, or while a signal or the removal of a case waits for a second person.',
  check: (context) => noMailLeaving.check(context) ?? noPublicationApproved.check(context),
  passes: ({ state, release }) => {
    const [waiting, signals] = [unsentApprovedMails(release), openSignals(state).length]
    const some = waiting === 1 ? 'A mail is still leaving' : `${waiting} mails are still leaving`
    const mails = waiting === 0 ? 'No mail is still leaving' : some
    return `${mails}, and ${signals === 0 ? 'no signal waits' : 'a signal waits'} for a second person.`
  },
  means:
    'Mails that two people approved are still leaving, or somebody reported that secrecy failed and nobody has answered yet. Commands that this could affect must wait until the mails have left or somebody has answered. They also wait while a release is on hold, and from the approval of a publication until it is finished.',
  instead:
    'Wait until the mails have left, and decide about mails in doubt with `settle`; answer a pending signal with `approve` or `approve no`; let a release on hold continue with `hold off`.',
})

/** Refuses while mails of an approved pre-notification are being sent. */
export const noMailLeaving: Gate = {
  id: 'frozen',
  check: ({ release }) => {
    const waiting = unsentApprovedMails(release)
    if (waiting === 0) return undefined
    return refuse(
      'frozen',
      `Approved mails are still leaving; still to be sent: ${waiting}.`,
      nobody('wait until the mails are out, or settle those that wait for a decision'),
      { waiting },
    )
  },
}

/** The texts of a publication that was approved in advance must not change until it begins. */
export const noPublicationApproved: Gate = {
  id: 'frozen',
  check: ({ release }) =>
    release?.ahead === undefined
      ? undefined
      : refuse(
          'frozen',
          `The publication is approved and begins ${isoInstant(release.ahead.from)}, so texts and patches cannot change.`,
          [
            {
              who: 'any team member',
              how: 'names the date again, which revokes the approval',
              verb: 'release.move',
            },
          ],
        ),
}
