import { z } from 'zod'
import type { Append, Decision, Refusal } from '../vocabulary/decision.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import { embargoInForce } from '../state/embargo/evolve.ts'
import { noMailLeaving } from '../gates/frozen.ts'
import { refuse } from '../gates/gate.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { releasePlanned } from '../gates/release-planned.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { siblingCases } from '../state/release/release-cases.ts'
import { HOLD_CAUSES, heldBy } from './publication/hold-causes.ts'
import { outdatedHeadsUp } from '../state/release/heads-up.ts'
import { outdatedNotesWarning } from '../state/release/outdated-notes.ts'
import type { HeadsUpCorrection } from '../state/release/heads-up.ts'
import { anybodyToldOf, isToldOf } from '../state/release/holders.ts'
import { knowsDate, leaveRelease, NO_REASON } from './publication/leave-release.ts'
import { leakyReason } from './publication/mailed-reason.ts'
import { droppedMails, slippedMails } from '../effects/publication/planned-mails.ts'
import type { ReleaseState } from '../state/release/state.ts'
import { CaseId } from '../shared/ids.ts'
import { mostDaysOf } from '../policy/schema/lists.ts'
import { DAY, isoInstant, later } from '../shared/instant.ts'
import { listAnd } from '../text/name-list.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { ApprovedContent, TwoPersonRule, PendingContext } from './approvals/two-person-rule.ts'
import type { CaseState } from '../state/state.ts'
import { askForApproval } from './approval.ts'
import { onStreams, refused, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

export type DropRequest = Extract<PersonRequest, { verb: 'release.drop' }>

const DROP_GATES: readonly Gate[] = [publicationNotBegun, releasePlanned]

/**
 * Whether taking a case out of its release needs two people. It does if somebody was told about the case in confidence,
 * because that person must also be told that the case leaves. A case that is already public can leave at once.
 */
export const dropTakesTwo = (state: CaseState, release: ReleaseState | undefined): boolean =>
  release?.is === 'prenotified' && state.cs.public === undefined && anybodyToldOf(release, state)

/**
 * Whether this is the last case of the release. Taking out the last case cancels the release, and everyone who waits
 * for the release is told.
 */
const isLast = (seen: Omit<PendingContext, 'request'>): boolean => siblingCases(seen).length === 0

export const dropTwice: TwoPersonRule<DropRequest> = {
  waits: z.object({ verb: z.literal('release.drop'), case: CaseId, reason: z.string().max(2000).exactOptional() }),
  gates: DROP_GATES,
  approver: approverByPolicy,
  complete: (seen) => unusableReason(seen) ?? seen.request,
  preview: (seen) => {
    const { state, release } = seen
    if (release?.at === undefined) return []
    const date = isoInstant(release.at)
    const rest = siblingCases(seen).map(({ id }) => id)
    const notes = outdatedNotesWarning(release, rest)
    return isLast(seen)
      ? [`Cancels the release of ${date}, which carries no other case. ${state.id} goes on without a date.`]
      : [
          `Takes ${state.id} out of the release of ${date}, which goes on with ${listAnd(rest)}.`,
          embargoInForce(state.em) ? `${state.id} keeps its embargo, and has no date.` : `${state.id} has no date.`,
          ...(notes === undefined ? [] : [notes]),
          ...limitsOfLists(seen),
        ]
  },
  mails: (seen) => {
    const { whole, state, release } = seen
    if (release === undefined) return []
    const mails = isLast(seen)
      ? slippedMails(whole, [state], release)
      : droppedMails(whole, state, { release, rest: siblingCases(seen) })
    // A reporter who was never told the date needs no notice that it no longer applies.
    const unaware = state.reports.filter((report) => !knowsDate(report, state, release)).map(({ id }) => id)
    return mails.filter(({ to }) => to.kind !== 'report' || !unaware.includes(to.report))
  },
  about: ({ state }) => [state.id],
  releaseAt: ({ release }) => release?.at,
  moved: ({ release, request }) =>
    release?.at === undefined ? undefined : { was: release.at, reason: request.reason },
  headsUp: corrected,
  run: dropped,
}

/**
 * The correction that the public heads-up needs once this case has left the release. Undefined if no correction is
 * needed, or if no other case remains in the release. The approval to drop the case also sends this correction.
 */
function corrected(seen: Omit<PendingContext, 'request'>): HeadsUpCorrection | undefined {
  return isLast(seen) ? undefined : outdatedHeadsUp(seen.release, siblingCases(seen))
}

/**
 * Says until when a list keeps the case secret, if the list has such a limit. The limit still applies when the case has
 * no release date.
 */
const limitsOfLists = ({ whole, state, release }: Omit<PendingContext, 'request'>): readonly string[] =>
  whole.prenotification.lists.flatMap((list) => {
    const most = mostDaysOf(list)
    const told = release?.prenotified.find((one) => one.list === list.id && isToldOf(one, state.id))
    const since = told?.sentAt ?? release?.prenotifiedAt
    return most === undefined || told === undefined || since === undefined
      ? []
      : [
          `${list.name} keeps a secret for at most ${most} days, and that time ends on ${isoInstant(later(since, most * DAY)).slice(0, 10)}. Publish ${state.id} by then, or agree on a longer time with the list.`,
        ]
  })

function dropped(context: Context<DropRequest>, { digest, mails }: ApprovedContent): readonly Append[] {
  const { state, release, request } = context
  if (release?.at === undefined) return []
  const departure: Append = { stream: state.id, events: [{ type: 'ReleaseLeft', release: release.id }] }
  if (isLast(context))
    return [
      departure,
      {
        stream: release.id,
        events: [
          { type: 'ReleaseCancelled', reason: request.reason ?? NO_REASON, was: release.at, digest, mails: [...mails] },
        ],
      },
    ]
  const reasonPart = request.reason === undefined ? {} : { reason: request.reason }
  const headsUp = corrected(context)
  return [
    departure,
    {
      stream: release.id,
      events: [
        {
          type: 'CaseDropped',
          case: state.id,
          ...reasonPart,
          was: release.at,
          ...(headsUp && { headsUp }),
          digest,
          mails,
        },
        ...heldBy(HOLD_CAUSES.caseGone, release, state),
      ],
    },
  ]
}

/**
 * Takes this case out of its release. The case continues alone, with its embargo. If recipients were told about the
 * case, two people must agree. As soon as one of them asks for this, nothing about the case is sent any more. A
 * publication of the release that was approved in advance is held.
 */
export const releaseDrop = defineRequest({
  verb: 'release.drop',
  gates: [...DROP_GATES, noMailLeaving],
  decide: (context) => {
    const { state, release, request } = context
    if (!dropTakesTwo(state, release)) return onStreams(leaveRelease(context, request.reason))
    const refusal = unusableReason(context)
    return refusal === undefined ? withRevocation(askForApproval(context, dropTwice), state, release) : refused(refusal)
  },
  twoPeople: dropTwice,
  inputs: ({ id, preview }) => {
    const bare = { verb: 'release.drop', case: id, reason: 'because' } as const
    return [{ ...bare, shown: preview(bare) }]
  },
})

/** Refuses a reason that is missing, or that must not be mailed. */
const unusableReason = (seen: PendingContext<DropRequest>): Refusal | undefined =>
  withoutReason(seen) ?? leakyReason(seen, seen.request.reason)

/** Refuses if recipients were told about the case and no reason is given: the mail to them must state the reason. */
function withoutReason({ state, release, request }: PendingContext<DropRequest>): Refusal | undefined {
  if (request.reason !== undefined || release === undefined || !dropTakesTwo(state, release)) return undefined
  return refuse(
    'makes-sense',
    `The recipients of ${release.id} have the patches of ${state.id}, and must be told why it leaves the release.`,
    you('say why in a line; the recipients will read it', 'release.drop'),
  )
}

function withRevocation(decision: Decision, state: CaseState, release: ReleaseState | undefined): Decision {
  if (!decision.ok || release === undefined || decision.appends.length === 0) return decision
  const events = heldBy(HOLD_CAUSES.dropQuestion, release, state)
  return events.length === 0
    ? decision
    : { ...decision, appends: [...decision.appends, { stream: release.id, events }] }
}
