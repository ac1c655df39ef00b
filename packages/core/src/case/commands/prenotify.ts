import type { Append } from '../decision.ts'
import type { PersonRequest } from '../command.ts'
import type { ReleaseEvent } from '../../events/release-events.ts'
import { after, nextReleaseInstants } from '../../policy/calendar.ts'
import { accepted } from '../../policy/gates/accepted.ts'
import { embargoActive } from '../../policy/gates/embargo-active.ts'
import { fixReady } from '../../policy/gates/fix-ready.ts'
import type { Context, Gate } from '../../policy/gates/gate.ts'
import { insideEmbargo } from '../../policy/gates/inside-embargo.ts'
import { leadTime } from '../../policy/gates/lead-time.ts'
import { nothingPublic } from '../../policy/gates/nothing-public.ts'
import { oneLiveRelease } from '../../policy/gates/one-live-release.ts'
import { recipientConsent, recipientKeys } from '../../policy/gates/recipient-consent.ts'
import { releaseWindow } from '../../policy/gates/release-window.ts'
import { textsComplete } from '../../policy/gates/texts-complete.ts'
import type { Policy } from '../../policy/schema.ts'
import { implicitRelease } from '../../release/stream.ts'
import type { Instant } from '../../shared/instant.ts'
import type { CaseState } from '../state.ts'
import { askForApproval } from './approval.ts'
import { senseless, you } from './handler.ts'
import type { Handler } from './handler.ts'

export type Prenotify = Extract<PersonRequest, { verb: 'prenotify' }>

export const PRENOTIFY_GATES: readonly Gate[] = [
  accepted,
  oneLiveRelease,
  nothingPublic,
  fixReady,
  textsComplete,
  embargoActive,
  insideEmbargo,
  leadTime,
  releaseWindow,
  recipientConsent,
  recipientKeys,
]

/** Shows who gets what, then waits for the second person; only their yes lets the mails leave. */
export const prenotify: Handler<Prenotify> = {
  gates: PRENOTIFY_GATES,
  decide: (context) => {
    const { request } = context
    if (request.at === undefined)
      return senseless('The release has no date.', you('name one of the window’s instants', 'prenotify'))
    return askForApproval(context, request, 'prenotify')
  },
}

/** The date that is proposed when nobody names one: the first open window after the lead. */
export function proposedRelease(policy: Policy, state: CaseState, at: Instant): Instant | undefined {
  const lead = policy.prenotification.lead[state.severity ?? 'high']
  return nextReleaseInstants(policy, after(policy.calendar, at, lead), 1)[0]
}

/** What the second yes appends: the release with its date, and the mails exactly as they were shown. */
export function prenotified(
  { state }: Context,
  request: Prenotify,
  { digest, mails }: Pick<Extract<ReleaseEvent, { type: 'PrenotificationQueued' }>, 'digest' | 'mails'>,
): readonly Append[] {
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
