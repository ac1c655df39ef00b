import { z } from 'zod'
import type { Append } from '../vocabulary/decision.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import { endingEmbargo } from '../state/embargo/ending.ts'
import type { CaseEvent } from '../events/case-events.ts'
import type { ReleaseEvent } from '../events/release-events.ts'
import { after } from '../policy/calendar.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { refuse } from '../gates/gate.ts'
import { publicLists, projectOf } from '../state/project.ts'
import { noDropPending } from '../gates/no-drop-pending.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { reachesThePublic } from '../gates/reaches-the-public.ts'
import { secrecyOver } from '../gates/secrecy-over.ts'
import { textsComplete } from '../gates/texts-complete.ts'
import { validityDecided } from '../gates/validity-decided.ts'
import { wording } from '../gates/wording.ts'
import { ourPublication } from './publication/begin.ts'
import { factsOutAt, isLive } from '../state/release/release-cases.ts'
import { interimMails } from '../effects/publication/interim-mails.ts'
import { implicitRelease } from '../vocabulary/stream.ts'
import { isoInstant } from '../shared/instant.ts'
import { CaseId } from '../shared/ids.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { ApprovedContent, TwoPersonRule } from './approvals/two-person-rule.ts'
import { askForApproval } from './approval.ts'
import { defineRequest } from './define-request.ts'

type Interim = Extract<PersonRequest, { verb: 'disclose.interim' }>

/** An interim advisory is sent only once. After it, only the full publication can follow. */
const interimNotOut: Gate = {
  id: 'publication-not-begun',
  check: ({ state, release }) => {
    const at = factsOutAt(release, state)
    return at === undefined
      ? undefined
      : refuse('publication-not-begun', `The interim advisory went out ${isoInstant(at)}.`, [
          {
            who: 'the team',
            how: 'publishes in full, with the fix or with the reason why there is no fix',
            instead: true,
            verb: 'disclose',
          },
        ])
  },
}

const GATES: readonly Gate[] = [
  validityDecided,
  publicationNotBegun,
  noDropPending,
  secrecyOver,
  interimNotOut,
  textsComplete,
  wording,
  reachesThePublic,
]

/**
 * The fast path: publishes facts and a workaround without a fix, a lead time or a release window. It takes two people.
 * If nobody answers within the time `signalSilence` of the policy, the requester may proceed alone. The request for
 * approval tells everybody on the case from what time the requester may do this.
 */
export const interimTwice: TwoPersonRule<Interim> = {
  waits: z.object({ verb: z.literal('disclose.interim'), case: CaseId }),
  gates: GATES,
  approver: (context) => {
    const patience = after(context.policy.calendar, context.at, context.policy.clocks.signalSilence)
    const seat = approverByPolicy(context)
    // A person who works alone approves with a second look, as usual. In a team, the requester may proceed alone after
    // `patience`.
    return seat.mode === 'second-look' ? seat : { ...seat, aloneFrom: patience }
  },
  complete: ({ request }) => request,
  preview: ({ policy, state }) => [
    publicLists(projectOf(policy, state)).length > 0
      ? 'What is known so far is published at once, before a fix is released and without waiting for advance notice or the release window.'
      : 'The reporter, and the recipients who have the patches, are told at once what is known so far, before a fix is released and without waiting for advance notice or the release window. No public list is told.',
    'This ends an embargo that is in force. The full publication follows when there is a fix.',
  ],
  mails: (seen) => interimMails(seen.policy, seen.state, seen),
  about: ({ state }) => [state.id],
  releaseAt: ({ release }) => release?.at,
  run: interimBegun,
}

export const discloseInterim = defineRequest({
  verb: 'disclose.interim',
  content: 'sent',
  gates: GATES,
  decide: (context) => askForApproval(context, interimTwice),
  twoPeople: interimTwice,
  inputs: ({ id, preview }) => {
    const bare = { verb: 'disclose.interim', case: id } as const
    return [{ ...bare, shown: preview(bare) }]
  },
})

/**
 * The events that are appended before anything is published. They record that the embargo ends and why, that the
 * vulnerability is public, and which mails are approved.
 */
function interimBegun(context: Context, { digest, mails }: ApprovedContent): readonly Append[] {
  const { state } = context
  const release = isLive(context.release) ? context.release : undefined
  const id = release?.id ?? implicitRelease(state.id, state.releasesSoFar + 1)
  const joined: readonly CaseEvent[] = release === undefined ? [{ type: 'ReleaseJoined', release: id }] : []
  const planned: readonly ReleaseEvent[] =
    release === undefined
      ? [
          { type: 'ReleasePlanned', implicit: true },
          { type: 'CaseAdded', case: state.id },
        ]
      : []
  return [
    { stream: state.id, events: [...joined, ...endingEmbargo(state.em, 'attacks'), ...ourPublication(state)] },
    { stream: id, events: [...planned, { type: 'InterimDisclosed', case: state.id, digest, mails }] },
  ]
}
