import { z } from 'zod'
import type { Append } from '../vocabulary/decision.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import { noMailLeaving } from '../gates/frozen.ts'
import type { Gate } from '../gates/gate.ts'
import { releasePlanned } from '../gates/release-planned.ts'
import { notTheReporter } from '../gates/not-the-reporter.ts'
import { forOtherCases } from '../gates/for-each-case.ts'
import { onTheCase } from '../gates/on-the-case.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { releaseCases } from '../state/release/release-cases.ts'
import { VOID_CAUSES, voidedBy } from './approvals/void-causes.ts'
import { NO_REASON } from './publication/leave-release.ts'
import { slippedMails } from '../effects/publication/planned-mails.ts'
import { CaseId } from '../shared/ids.ts'
import { isoInstant } from '../shared/instant.ts'
import { listAnd } from '../text/name-list.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { TwoPersonRule } from './approvals/two-person-rule.ts'
import { askForApproval } from './approval.ts'
import { leakyReason } from './publication/mailed-reason.ts'
import { refused } from './decisions.ts'
import { defineRequest } from './define-request.ts'

export type Cancel = Extract<PersonRequest, { verb: 'release.cancel' }>

const CANCEL_GATES: readonly Gate[] = [
  publicationNotBegun,
  releasePlanned,
  forOtherCases(notTheReporter),
  forOtherCases(onTheCase),
  noMailLeaving,
]

export const cancelTwice: TwoPersonRule<Cancel> = {
  waits: z.object({ verb: z.literal('release.cancel'), case: CaseId, reason: z.string().max(2000).exactOptional() }),
  gates: CANCEL_GATES,
  approver: approverByPolicy,
  complete: (seen) => leakyReason(seen, seen.request.reason) ?? seen.request,
  preview: (seen) => {
    const { release } = seen
    if (release?.at === undefined) return []
    const cases = releaseCases(seen).map(({ id }) => id)
    const goOn = cases.length === 1 ? 'goes on' : 'go on'
    return [`Cancels the release of ${isoInstant(release.at)}. ${listAnd(cases)} ${goOn} without a date.`]
  },
  mails: (seen) => (seen.release === undefined ? [] : slippedMails(seen.whole, releaseCases(seen), seen.release)),
  releaseAt: ({ release }) => release?.at,
  moved: ({ release, request }) =>
    release?.at === undefined ? undefined : { was: release.at, reason: request.reason },
  run: (context, { digest, mails }) => {
    const { release, request } = context
    if (release?.at === undefined) return []
    const departures = releaseCases(context).map((one): Append => ({
      stream: one.id,
      events: [{ type: 'ReleaseLeft', release: release.id }, ...voidedBy(VOID_CAUSES.otherWayOut, one, {})],
    }))
    return [
      ...departures,
      {
        stream: release.id,
        events: [{ type: 'ReleaseCancelled', reason: request.reason ?? NO_REASON, was: release.at, digest, mails }],
      },
    ]
  },
}

/** Cancels the release. Every recipient is told, and the release's cases continue without a date. */
export const releaseCancel = defineRequest({
  verb: 'release.cancel',
  gates: CANCEL_GATES,
  decide: (context) => {
    const leaks = leakyReason(context, context.request.reason)
    return leaks === undefined ? askForApproval(context, cancelTwice) : refused(leaks)
  },
  twoPeople: cancelTwice,
  inputs: ({ id, preview }) => {
    const bare = { verb: 'release.cancel', case: id, reason: 'because' } as const
    return [{ ...bare, shown: preview(bare) }]
  },
})
