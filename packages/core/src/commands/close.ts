import type { CaseEvent } from '../events/case-events.ts'
import { caseOpenOrAnswered } from '../gates/case-open.ts'
import { noSignalPendingAtClosing } from '../gates/no-signal-pending.ts'
import { dropLifts } from '../gates/no-prenotification-out.ts'
import { bindsRecipients, isToldAhead } from '../state/release/holders.ts'
import { leaveRelease } from './publication/leave-release.ts'
import { mergeAppends } from '../vocabulary/merge-appends.ts'
import { unreadMails, unreadOfRecipients, unreadOfVendors } from '../state/evolve/unread.ts'
import { onCase, onStreams, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { closing } from './triage.ts'

/**
 * Closes the case. An embargo that is in force is ended first. Closing a closed case again sets aside the mails that
 * came after it was closed: nobody will answer them.
 */
export const close = defineRequest({
  verb: 'close',
  gates: [caseOpenOrAnswered, noSignalPendingAtClosing],
  decide: (context) => {
    const { state, release, request } = context
    if (state.rm === 'closed') {
      return request.reason === undefined
        ? senseless(
            'A mail came after the case was closed, and setting it aside takes a reason.',
            you('say why nobody answers it', 'close'),
          )
        : onCase(context, [{ type: 'LateMailSetAside', reason: request.reason }, ...retrospective(request)])
    }
    if (state.rm === 'valid')
      return senseless('The case was found valid, but is neither accepted nor deferred.', [
        ...you('defer it, with a reason that the reporter will read; then close it', 'triage.not-now'),
        ...you('triage it again, if it is not a vulnerability after all; that closes it too', 'triage'),
      ])
    if (state.rm === 'received') {
      return senseless(
        'The report is not decided yet.',
        you('triage it; that closes a report that is not a vulnerability', 'triage'),
      )
    }
    if (isToldAhead(release, state)) {
      return senseless('Pre-notifications are out, so the release must be published or cancelled first.', [
        ...you('disclose it', 'disclose'),
        ...dropLifts(context),
        ...you('cancel the release, which tells everybody who waits for it', 'release.cancel'),
      ])
    }
    if (release?.is === 'released' && release.disclosedAt === undefined) {
      return senseless(
        'The publication is not finished.',
        release.parked.length > 0
          ? you('settle the mails that wait for a decision, then close', 'settle')
          : [{ who: 'Embargo', how: 'finishes it once its mails have left' }, ...you('look at what waits', 'status')],
      )
    }
    // Recipients keep this case secret because we asked them to. The mail that tells them of its end must give a
    // reason.
    if (request.reason === undefined && bindsRecipients(state, context))
      return senseless(
        'Recipients have patches of this case, and must be told why it ends without a release.',
        you('give a reason that the recipients will read', 'close'),
      )
    // If the fix is ready and the team has decided not to publish, closing needs no other reason.
    const settled = state.publication === 'none' && state.cs.fixReady !== undefined
    const unspoken = state.rm === 'accepted' && release?.is !== 'released' && request.reason === undefined
    if (unspoken && !settled)
      return senseless(
        'Closing an accepted case that was not disclosed takes a reason.',
        you('give the reason', 'close'),
      )
    const unanswered =
      unreadMails(state).length + unreadOfRecipients(state, release).length + unreadOfVendors(state).length
    if (unanswered > 0 && request.reason === undefined)
      return senseless('This case has unanswered mail. Closing the case sets that mail aside, so a reason is needed.', [
        ...you('answer first', 'reply'),
        ...you('close it with the reason why nobody answers', 'close'),
      ])
    const aside: readonly CaseEvent[] =
      unanswered > 0 && request.reason !== undefined ? [{ type: 'LateMailSetAside', reason: request.reason }] : []
    const closed = {
      stream: state.id,
      events: [...aside, ...closing(state, request.reason), ...retrospective(request)],
    }
    return onStreams(mergeAppends([...leaveRelease(context, 'the case is closed'), closed]))
  },
  inputs: ({ id }) => [
    { verb: 'close', case: id },
    { verb: 'close', case: id, reason: 'because' },
  ],
})

type Findings = { readonly rootCause?: string; readonly change?: string }

/** The event that records the lessons learned. `retro` records the same event. */
const retrospective = ({ rootCause, change }: Findings): readonly CaseEvent[] =>
  rootCause === undefined
    ? []
    : [{ type: 'RetrospectiveRecorded', rootCause, ...(change === undefined ? {} : { change }) }]
