import { bindsRecipients } from '../state/release/holders.ts'
import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Passes only if there is no recipient who has patches of this case and must keep them secret. */
export const noRecipientBound: Gate = {
  id: 'fits-the-stage',
  check: (context) =>
    bindsRecipients(context.state, context)
      ? refuse(
          'fits-the-stage',
          'Recipients have patches of this case, and were asked to keep them secret.',
          anyTeamMember('closes the case with a reason; the recipients are told', 'close'),
        )
      : undefined,
}

/** Recipients were told in confidence, so the embargo must not end before their date. */
export const embargoBindsNoRecipient: Gate = {
  id: 'one-live-release',
  check: (context) => {
    if (context.release?.is === 'prenotified')
      return refuse(
        'one-live-release',
        'Recipients were told under this embargo, which binds them until the release.',
        [{ who: 'the team', how: 'waits for the release', verb: 'disclose' }],
      )
    if (!bindsRecipients(context.state, context)) return undefined
    return refuse('one-live-release', 'Recipients have patches of this case under this embargo.', [
      {
        who: 'the team',
        how: 'plans another release, which gives the recipients a date',
        verb: 'release.plan',
        instead: true,
      },
      {
        who: 'any team member',
        how: 'closes the case with a reason; the recipients are told',
        verb: 'close',
        instead: true,
      },
    ])
  },
}

/**
 * Checked only if the embargo would end because no reporter can be reached. Even without a reporter, recipients must
 * keep the secret until their date.
 */
export const embargoBindsNoRecipientIfUnreachable: Gate = {
  id: embargoBindsNoRecipient.id,
  check: (context) =>
    context.request.verb === 'embargo.end' && context.request.reason === 'unreachable'
      ? embargoBindsNoRecipient.check(context)
      : undefined,
}
