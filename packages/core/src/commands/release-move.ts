import { z } from 'zod'
import type { Append } from '../vocabulary/decision.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import { dateAhead } from '../gates/date-ahead.ts'
import { noMailLeaving } from '../gates/frozen.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { releasePlanned } from '../gates/release-planned.ts'
import { insideEmbargo } from '../gates/inside-embargo.ts'
import { notice } from '../gates/notice.ts'
import { notTheReporter } from '../gates/not-the-reporter.ts'
import { forEachCase, forOtherCases } from '../gates/for-each-case.ts'
import { onTheCase } from '../gates/on-the-case.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { hours } from '../gates/hours.ts'
import { releaseCases, siblingCases } from '../state/release/release-cases.ts'
import { headsUpAt } from '../state/release/heads-up.ts'
import type { HeadsUpCorrection } from '../state/release/heads-up.ts'
import { slippedMails } from '../effects/publication/planned-mails.ts'
import type { ReleaseState } from '../state/release/state.ts'
import { CaseId } from '../shared/ids.ts'
import { Instant, isoInstant, isSameDay } from '../shared/instant.ts'
import { listAnd } from '../text/name-list.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { ApprovedContent, TwoPersonRule, PendingContext } from './approvals/two-person-rule.ts'
import { askForApproval } from './approval.ts'
import { leakyReason } from './publication/mailed-reason.ts'
import { nothingToDo, onStreams, refused } from './decisions.ts'
import { defineRequest } from './define-request.ts'

export type Reschedule = Extract<PersonRequest, { verb: 'release.move' }>

const RESCHEDULE_GATES: readonly Gate[] = [
  publicationNotBegun,
  releasePlanned,
  forOtherCases(notTheReporter),
  forOtherCases(onTheCase),
  noMailLeaving,
  dateAhead,
  ...forEachCase(insideEmbargo),
  ...forEachCase(notice),
  hours,
]

export const rescheduleTwice: TwoPersonRule<Reschedule> = {
  waits: z.object({
    verb: z.literal('release.move'),
    case: CaseId,
    at: Instant,
    reason: z.string().max(2000).exactOptional(),
  }),
  gates: RESCHEDULE_GATES,
  approver: approverByPolicy,
  complete: (seen) => leakyReason(seen, seen.request.reason) ?? seen.request,
  preview: (seen) => {
    const { release, request } = seen
    if (release?.at === undefined) return []
    const cases =
      siblingCases(seen).length === 0 ? [] : [`Concerns ${listAnd(releaseCases(seen).map(({ id }) => id))}.`]
    return [`Moves the release from ${isoInstant(release.at)} to ${isoInstant(request.at)}.`, ...cases]
  },
  mails: (seen) => (seen.release === undefined ? [] : slippedMails(seen.whole, releaseCases(seen), seen.release)),
  releaseAt: ({ request }) => request.at,
  moved: ({ release, request }) =>
    release?.at === undefined ? undefined : { was: release.at, at: request.at, reason: request.reason },
  headsUp: (seen) => corrected(seen),
  run: (context, { digest, mails }) => {
    const { release, request } = context
    const headsUp = corrected(context)
    return moved(release, request, { ...(headsUp && { headsUp }), digest, mails: [...mails] })
  },
}

const corrected = (seen: PendingContext<Reschedule>): HeadsUpCorrection | undefined =>
  seen.release && headsUpAt(seen.release, releaseCases(seen), seen.request.at)

/**
 * Moves a release. Another time on the same day is only recorded. Another day takes two people, and everybody who knows
 * the old day is told.
 */
export const releaseMove = defineRequest({
  verb: 'release.move',
  gates: RESCHEDULE_GATES,
  decide: (context) => {
    const { release, request } = context
    if (release?.at === request.at && release.ahead === undefined)
      return nothingToDo(`The release is planned for ${isoInstant(request.at)} already.`)
    if (isNote(context)) return onStreams(moved(release, request))
    const leaks = leakyReason(context, request.reason)
    return leaks === undefined ? askForApproval(context, rescheduleTwice) : refused(leaks)
  },
  twoPeople: rescheduleTwice,
  inputs: ({ id, dates, preview }) =>
    dates().moved.map((at) => {
      const bare = { verb: 'release.move', case: id, at, reason: 'because' } as const
      return { ...bare, shown: preview(bare) }
    }),
})

/**
 * Whether the new time is on the same day in UTC. Everybody was told only the day, so nobody needs to be told the new
 * time.
 */
const isNote = ({ release, request }: Context<Reschedule>): boolean =>
  release?.at !== undefined && isSameDay(release.at, request.at)

function moved(
  release: ReleaseState | undefined,
  { at, reason }: Reschedule,
  approved: {
    headsUp?: HeadsUpCorrection
    digest?: ApprovedContent['digest']
    mails?: [...ApprovedContent['mails']]
  } = {},
): readonly Append[] {
  if (release?.at === undefined) return []
  const reasonPart = reason === undefined ? {} : { reason }
  return [
    { stream: release.id, events: [{ type: 'ReleaseRescheduled', at, was: release.at, ...reasonPart, ...approved }] },
  ]
}
