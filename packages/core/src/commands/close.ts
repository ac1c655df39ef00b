import type { CaseEvent } from '../events/case-events.ts'
import { caseOpenOrAnswered } from '../gates/case-open.ts'
import { noSignalPendingAtClosing } from '../gates/no-signal-pending.ts'
import { dropLifts } from '../gates/no-prenotification-out.ts'
import { bindsRecipients, isToldAhead } from '../state/release/holders.ts'
import { leaveRelease } from './publication/leave-release.ts'
import { mergeAppends } from '../vocabulary/merge-appends.ts'
import { unreadMails, unreadOfRecipients, unreadOfVendors } from '../state/evolve/unread.ts'
import { accepted, onCase, senseless, you } from './handler.ts'
import { defineRequest } from './define-request.ts'
import { closing } from './triage.ts'

/**
 * Closes the case. An embargo in force ends first, with the reason, in the same command. Closing a closed case again
 * settles what has come in since, without an answer.
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
        : onCase(context, [{ type: 'LateMailSetAside', reason: request.reason }])
    }
    if (state.rm === 'valid')
      return senseless('The case was found valid, and nobody decided that it rests or is worked on.', [
        ...you('defer it with the reason that the reporter reads, then close it', 'triage.not-now'),
        ...you('decide otherwise, if it is nothing after all; then it closes in the same step', 'triage'),
      ])
    if (state.rm === 'received') {
      return senseless(
        'The report is not decided yet.',
        you('decide it; a report that is nothing closes in the same step', 'triage'),
      )
    }
    if (isToldAhead(release, state)) {
      return senseless('Pre-notifications are out; the release is published or cancelled first.', [
        ...you('disclose it', 'disclose'),
        ...dropLifts(context),
        ...you('cancel the release, which tells who waits for it', 'release.cancel'),
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
    // Recipients or reporters were asked to keep the secret for us, so it cannot end for us alone.
    if (request.reason === undefined && bindsRecipients(state, context))
      return senseless(
        'Recipients hold its patches. They are told that nothing comes of it, and read why.',
        you('give the reason, in words for them', 'close'),
      )
    // A case that ends without a publication, and is fixed, needs no other reason.
    const settled = state.publication === 'none' && state.cs.fixReady !== undefined
    const unspoken = state.rm === 'accepted' && release?.is !== 'released' && request.reason === undefined
    if (unspoken && !settled)
      return senseless('An accepted case that is not disclosed closes with a reason.', you('give the reason', 'close'))
    const unanswered =
      unreadMails(state).length + unreadOfRecipients(state, release).length + unreadOfVendors(state).length
    if (unanswered > 0 && request.reason === undefined)
      return senseless('Mail of this case is not answered yet, and closing sets it aside, which takes a reason.', [
        ...you('answer first', 'reply'),
        ...you('close it with the reason why nobody answers', 'close'),
      ])
    const aside: readonly CaseEvent[] =
      unanswered > 0 && request.reason !== undefined ? [{ type: 'LateMailSetAside', reason: request.reason }] : []
    const closed = { stream: state.id, events: [...aside, ...closing(state.em, request.reason)] }
    return accepted(mergeAppends([...leaveRelease(context, 'the case is closed'), closed]))
  },
  inputs: ({ id }) => [
    { verb: 'close', case: id },
    { verb: 'close', case: id, reason: 'because' },
  ],
})
