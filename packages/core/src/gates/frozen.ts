import { stillToLeave } from '../state/release/at-rest.ts'
import { isoInstant } from '../shared/instant.ts'
import { nobody, refuse, refusesAs } from './gate.ts'
import type { Gate } from './gate.ts'

/**
 * What two people approved is what leaves: while mails of an approved pre-notification are still under way, the texts
 * and patches that they are written from stand still.
 */
export const frozen: Gate = (context) => noMailLeaving(context) ?? noPublicationApproved(context)

/** Mails of an approved pre-notification are under way. */
export const noMailLeaving: Gate = refusesAs('frozen', ({ release }) => {
  const waiting = stillToLeave(release)
  if (waiting === 0) return undefined
  return refuse(
    'frozen',
    `What was approved is still leaving: ${waiting} of its mails are not out yet.`,
    nobody('wait until they are out, or settle those that wait for a decision'),
    { waiting },
  )
})

/** The texts of a publication that was approved ahead stand still until it begins. */
export const noPublicationApproved: Gate = refusesAs('frozen', ({ release }) =>
  release?.ahead === undefined
    ? undefined
    : refuse(
        'frozen',
        `The publication is approved and begins ${isoInstant(release.ahead.from)}, so texts and patches stand still.`,
        [{ who: 'any team member', how: 'names the date again, which takes the approval back', verb: 'reschedule' }],
      ),
)
