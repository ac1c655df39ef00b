import { z } from 'zod'
import type { Append } from '../decision.ts'
import type { PersonRequest } from '../command.ts'
import { nextReleaseInstants } from '../../policy/calendar.ts'
import { accepted } from '../../policy/gates/accepted.ts'
import { cveRequested } from '../../policy/gates/cve-requested.ts'
import { embargoActive } from '../../policy/gates/embargo-active.ts'
import { fixReady } from '../../policy/gates/fix-ready.ts'
import { frozenBySignal } from '../../policy/gates/frozen-by-signal.ts'
import type { Context, Gate } from '../../policy/gates/gate.ts'
import { insideEmbargo } from '../../policy/gates/inside-embargo.ts'
import { leadTime } from '../../policy/gates/lead-time.ts'
import { nothingPublic } from '../../policy/gates/nothing-public.ts'
import { oneLiveRelease } from '../../policy/gates/one-live-release.ts'
import { recipientConsent, recipientKeys } from '../../policy/gates/recipient-consent.ts'
import { releaseWindow } from '../../policy/gates/release-window.ts'
import { textsComplete } from '../../policy/gates/texts-complete.ts'
import { leadOf } from '../../policy/lead.ts'
import { policyFor } from '../../policy/policy-for.ts'
import type { Policy } from '../../policy/schema.ts'
import { implicitRelease } from '../../release/stream.ts'
import { CaseId } from '../../shared/ids.ts'
import { DAY, Instant, later } from '../../shared/instant.ts'
import { prenotificationMails } from '../../release/planned-mails.ts'
import { refuse } from '../../policy/gates/gate.ts'
import { seatByPolicy } from '../second/seat.ts'
import type { Approved, Second } from '../second/second.ts'
import type { CaseState } from '../state.ts'
import { askForApproval } from './approval.ts'
import { senseless, you } from './handler.ts'
import type { Handler } from './handler.ts'

export type Prenotify = Extract<PersonRequest, { verb: 'prenotify' }>

export const PRENOTIFY_GATES: readonly Gate[] = [
  accepted,
  oneLiveRelease,
  frozenBySignal,
  nothingPublic,
  fixReady,
  textsComplete,
  cveRequested,
  embargoActive,
  insideEmbargo,
  leadTime,
  releaseWindow,
  recipientConsent,
  recipientKeys,
]

export const prenotifyTwice: Second<Prenotify> = {
  waits: z.object({ verb: z.literal('prenotify'), case: CaseId, at: Instant }),
  gates: PRENOTIFY_GATES,
  seat: (context) => seatByPolicy(context, context.policy.approvals.prenotify),
  complete: ({ policy, state, request, at }) => {
    const date = request.at ?? proposedRelease(policy, state, at)
    return date === undefined
      ? refuse('release-date', 'The release window never opens, so no date can be proposed.', [
          { who: 'a team member', how: 'names a date, or corrects the window in the policy' },
        ])
      : { ...request, at: date }
  },
  foretold: () => [],
  mails: ({ policy, state }) => prenotificationMails(policy, state),
  releaseAt: ({ request }) => request.at,
  run: (context, approved) => prenotified(context, context.request, approved),
}

/** Shows who gets what, then waits for the second person; only their yes lets the mails leave. */
export const prenotify: Handler<Prenotify> = {
  gates: PRENOTIFY_GATES,
  decide: (context) =>
    context.request.at === undefined
      ? senseless('The release has no date.', you('name one of the window’s instants', 'prenotify'))
      : askForApproval(context, prenotifyTwice),
}

/** The date that is proposed when nobody names one: the first open window after the lead. */
export function proposedRelease(whole: Policy, state: CaseState, at: Instant): Instant | undefined {
  const policy = policyFor(whole, state)
  return nextReleaseInstants(policy, later(at, leadOf(policy, state).dates * DAY), 1)[0]
}

/** What the second yes appends: the release with its date, and the mails exactly as they were shown. */
export function prenotified({ state }: Context, request: Prenotify, { digest, mails }: Approved): readonly Append[] {
  const release = implicitRelease(state.id, state.releasesSoFar + 1)
  const recipients = mails.flatMap(({ to }) =>
    to.kind === 'recipient' ? [{ list: to.list, recipient: to.recipient }] : [],
  )
  if (request.at === undefined) return []
  return [
    { stream: state.id, events: [{ type: 'ReleaseJoined', release }] },
    {
      stream: release,
      events: [
        { type: 'ReleasePlanned', implicit: true },
        { type: 'CaseAdded', case: state.id },
        { type: 'ReleaseScheduled', at: request.at },
        { type: 'PrenotificationQueued', recipients, digest, mails },
      ],
    },
  ]
}
