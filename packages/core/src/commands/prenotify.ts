import { z } from 'zod'
import type { Append } from '../vocabulary/decision.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import type { CaseEvent } from '../events/case-events.ts'
import type { ReleaseEvent } from '../events/release-events.ts'
import { nextReleaseInstants } from '../policy/calendar.ts'
import { caseAccepted } from '../gates/case-accepted.ts'
import { cve } from '../gates/cve.ts'
import { embargoActive } from '../gates/embargo-active.ts'
import { dateAhead } from '../gates/date-ahead.ts'
import { publicationPlanned } from '../gates/publication-planned.ts'
import { fix } from '../gates/fix.ts'
import { refuse } from '../gates/gate.ts'
import { noSignalPending } from '../gates/no-signal-pending.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { onReleaseDate } from '../gates/release-planned.ts'
import { insideEmbargo } from '../gates/inside-embargo.ts'
import { notice } from '../gates/notice.ts'
import { notTheReporter } from '../gates/not-the-reporter.ts'
import { nothingPublic } from '../gates/nothing-public.ts'
import { forEachCase, forOtherCases } from '../gates/for-each-case.ts'
import { onTheCase } from '../gates/on-the-case.ts'
import { notHeld } from '../gates/not-held.ts'
import { oneLiveRelease } from '../gates/one-live-release.ts'
import { recipientConsent } from '../gates/recipient-consent.ts'
import { plainText } from '../gates/plain-text.ts'
import { hours } from '../gates/hours.ts'
import { severityRatedForAttacks } from '../gates/severity-rated.ts'
import { textsComplete } from '../gates/texts-complete.ts'
import { leadOf } from '../state/lead.ts'
import { policyFor } from '../state/policy-for.ts'
import type { Policy } from '../policy/schema.ts'
import { releaseCases, isLive } from '../state/release/release-cases.ts'
import { headsUpOf } from '../state/release/heads-up.ts'
import { heldPatches } from '../state/release/recipient-patches.ts'
import { leftOut, prenotificationMails } from '../effects/publication/planned-mails.ts'
import { listsToldOf } from '../state/release/advance-notice.ts'
import { wording } from '../gates/wording.ts'
import { implicitRelease } from '../vocabulary/stream.ts'
import { CaseId } from '../shared/ids.ts'
import { DAY, Instant, later } from '../shared/instant.ts'
import { listAnd } from '../text/name-list.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { ApprovedContent, TwoPersonRule } from './approvals/two-person-rule.ts'
import type { CaseState } from '../state/state.ts'
import { askForApproval } from './approval.ts'
import { senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

export type Prenotify = Extract<PersonRequest, { verb: 'prenotify' }>

export const PRENOTIFY_GATES: readonly Gate[] = [
  caseAccepted,
  forOtherCases(notTheReporter),
  forOtherCases(onTheCase),
  forOtherCases(caseAccepted),
  ...forEachCase(publicationPlanned),
  oneLiveRelease,
  notHeld,
  ...forEachCase(noSignalPending),
  ...forEachCase(nothingPublic),
  ...forEachCase(fix),
  ...forEachCase(severityRatedForAttacks),
  ...forEachCase(textsComplete),
  ...forEachCase(wording),
  ...forEachCase(cve),
  ...forEachCase(embargoActive),
  onReleaseDate,
  dateAhead,
  ...forEachCase(insideEmbargo),
  ...forEachCase(notice),
  hours,
  ...forEachCase(recipientConsent),
  ...forEachCase(plainText),
]

export const prenotifyTwice: TwoPersonRule<Prenotify> = {
  waits: z.object({
    verb: z.literal('prenotify'),
    case: CaseId,
    at: Instant,
    exploit: z.literal('shared').exactOptional(),
  }),
  gates: PRENOTIFY_GATES,
  approver: approverByPolicy,
  complete: ({ whole, state, release, request, at }) => {
    const date = request.at ?? (isLive(release) ? release.at : undefined) ?? proposedRelease(whole, state, at)
    return date === undefined
      ? refuse('release-date', 'The release window never opens, so no date can be proposed.', [
          { who: 'a team member', how: 'names a date, or corrects the window in the policy' },
        ])
      : { ...request, at: date }
  },
  preview: (seen) => {
    const cases = releaseCases(seen)
    const without = leftOut(seen.whole, cases)
    return [
      ...(cases.length === 1 ? [] : [`It is about ${listAnd(cases.map(({ id }) => id))}.`]),
      ...(without.length === 0
        ? []
        : [`Leaves out ${listAnd(without)}, because details may have leaked through them.`]),
      ...(seen.request.exploit === undefined ? [] : [exploitOwed(seen.whole, cases)]),
    ]
  },
  mails: (seen) => prenotificationMails(seen.whole, releaseCases(seen)),
  releaseAt: ({ request }) => request.at,
  run: (context, approved) => prenotified(context, context.request, approved),
}

/** Shows who gets what, and waits for the second person. The mails are sent only after the second person's approval. */
export const prenotify = defineRequest({
  verb: 'prenotify',
  content: 'sent',
  gates: PRENOTIFY_GATES,
  decide: (context) =>
    context.request.at === undefined
      ? senseless('The release has no date.', you('name a time in the release window', 'prenotify'))
      : askForApproval(context, prenotifyTwice),
  twoPeople: prenotifyTwice,
  inputs: ({ id, dates, preview, stalePreview }) => {
    const { legal, others } = dates()
    const bare = { verb: 'prenotify', case: id } as const
    const planned = legal === undefined ? [] : [{ ...bare, at: legal }]
    return [
      bare,
      // The dates that should be refused come before the legal date. If a rule lets such a date pass by mistake,
      // `packages/policy-check` must explore the state that results. But states with the same state key count as one,
      // and only the first of them is explored. The state with the legal date may have the same key.
      ...others.map((at) => ({ ...bare, at, shown: preview({ ...bare, at }) })),
      ...planned.flatMap((one) => [one, { ...one, shown: preview(one) }, { ...one, shown: stalePreview(one) }]),
    ]
  },
})

/** Says when an exploit that is shared with the recipients must be published. */
function exploitOwed(whole: Policy, cases: readonly CaseState[]): string {
  const lists = listsToldOf(whole, cases).flatMap(({ list }) => (list.kind === 'linux-distros' ? [list.name] : []))
  return lists.length === 0
    ? 'An exploit is shared with the recipients. None of their lists requires you to publish it.'
    : `An exploit is shared with ${listAnd(lists)}. It must be published on oss-security within 7 days after the publication.`
}

/** The date that is proposed if the caller names none: the first open window after the lead time. */
export function proposedRelease(whole: Policy, state: CaseState, at: Instant): Instant | undefined {
  const policy = policyFor(whole, state)
  return nextReleaseInstants(policy, later(at, leadOf(policy, state).dates * DAY), 1)[0]
}

/**
 * The events after the second person's approval: the release with its date, and the mails exactly as they were shown.
 */
export function prenotified(
  context: Context,
  request: Prenotify,
  { digest, mails }: ApprovedContent,
): readonly Append[] {
  const { state, release: planned } = context
  if (request.at === undefined) return []
  const cases = releaseCases(context)
  const joins = !isLive(planned)
  const release = joins ? implicitRelease(state.id, state.releasesSoFar + 1) : planned.id
  const alone: readonly ReleaseEvent[] = joins
    ? [
        { type: 'ReleasePlanned', implicit: true },
        { type: 'CaseAdded', case: state.id },
        { type: 'ReleaseScheduled', at: request.at },
      ]
    : []
  const announced = mails.some(({ letter }) => letter === 'heads-up') ? headsUpOf(cases, request.at) : undefined
  const joined: readonly CaseEvent[] = joins ? [{ type: 'ReleaseJoined', release, at: request.at }] : []
  return [
    { stream: state.id, events: [...joined, heldPatches(state, release)] },
    ...cases
      .filter(({ id }) => id !== state.id)
      .map((one): Append => ({ stream: one.id, events: [heldPatches(one, release)] })),
    {
      stream: release,
      events: [
        ...alone,
        {
          type: 'PrenotificationQueued',
          recipients: recipientsOf(context.whole, cases, mails),
          ...(announced === undefined ? {} : { headsUp: announced }),
          ...(request.exploit === undefined ? {} : { exploit: request.exploit }),
          digest,
          mails,
        },
      ],
    },
  ]
}

/**
 * The recipients who get the pre-notification. If only some cases of the release concern a recipient, the recipient is
 * stored with these cases.
 */
function recipientsOf(
  whole: Policy,
  cases: readonly CaseState[],
  mails: ApprovedContent['mails'],
): Extract<ReleaseEvent, { type: 'PrenotificationQueued' }>['recipients'] {
  const lists = listsToldOf(whole, cases)
  return mails.flatMap(({ to }) => {
    if (to.kind !== 'recipient') return []
    const listCases = lists.find(({ list }) => list.id === to.list)?.cases ?? cases
    const some = listCases.length === cases.length ? {} : { cases: listCases.map(({ id }) => id) }
    return [{ list: to.list, recipient: to.recipient, ...some }]
  })
}
