import { z } from 'zod'
import type { Append } from '../vocabulary/decision.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import { caseAccepted } from '../gates/case-accepted.ts'
import { noDropPending } from '../gates/no-drop-pending.ts'
import { embargoActive } from '../gates/embargo-active.ts'
import { fix } from '../gates/fix.ts'
import { wording } from '../gates/wording.ts'
import { noMailLeaving } from '../gates/frozen.ts'
import { noSignalPending } from '../gates/no-signal-pending.ts'
import { refuse } from '../gates/gate.ts'
import type { Gate } from '../gates/gate.ts'
import { prenotificationSent } from '../gates/release-planned.ts'
import { notTheReporter } from '../gates/not-the-reporter.ts'
import { notHeld } from '../gates/not-held.ts'
import { nothingPublic } from '../gates/nothing-public.ts'
import { forEachCase, forOtherCases, onlyIf } from '../gates/for-each-case.ts'
import { onTheCase } from '../gates/on-the-case.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { recipientConsent } from '../gates/recipient-consent.ts'
import { plainText } from '../gates/plain-text.ts'
import { releaseCases } from '../state/release/release-cases.ts'
import { changedPatches, changedTexts, heldPatches } from '../state/release/recipient-patches.ts'
import { outdatedHeadsUp } from '../state/release/heads-up.ts'
import { HEADS_UP_CORRECTED, updateMails } from '../effects/publication/planned-mails.ts'
import { CaseId } from '../shared/ids.ts'
import { listAnd } from '../text/name-list.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { TwoPersonRule, PendingContext } from './approvals/two-person-rule.ts'
import type { CaseState } from '../state/state.ts'
import { askForApproval } from './approval.ts'
import { refused, senseless, you } from './decisions.ts'
import { leakyReason } from './publication/mailed-reason.ts'
import { defineRequest } from './define-request.ts'

export type Update = Extract<PersonRequest, { verb: 'prenotify.update' }>

/** Refuses when there is nothing to send. */
const noticeChanged: Gate = {
  id: 'fits-the-stage',
  check: (context) =>
    changes(context).length > 0 || corrects(context)
      ? undefined
      : refuse('fits-the-stage', 'The recipients have the current patches and texts already.', [
          { who: 'the remediator', how: 'submits the corrected patch first', verb: 'patch' },
          { who: 'any team member', how: 'changes the text first', verb: 'advisory' },
        ]),
}

/** The gates about the notice to recipients. They do not apply if only the public heads-up is corrected. */
const ofNotice = (gates: readonly Gate[]): readonly Gate[] =>
  gates.map((gate) => onlyIf(prenotifyUpdateNeedsReason, gate))

const UPDATE_GATES: readonly Gate[] = [
  publicationNotBegun,
  prenotificationSent,
  forOtherCases(notTheReporter),
  forOtherCases(onTheCase),
  noMailLeaving,
  notHeld,
  ...forEachCase(caseAccepted),
  ...forEachCase(noSignalPending),
  ...forEachCase(noDropPending),
  ...forEachCase(nothingPublic),
  ...ofNotice(forEachCase(fix)),
  ...ofNotice(forEachCase(wording)),
  ...forEachCase(embargoActive),
  ...ofNotice(forEachCase(recipientConsent)),
  ...ofNotice(forEachCase(plainText)),
  noticeChanged,
]

export const updateTwice: TwoPersonRule<Update> = {
  waits: z.object({ verb: z.literal('prenotify.update'), case: CaseId, reason: z.string().max(2000).exactOptional() }),
  gates: UPDATE_GATES,
  approver: approverByPolicy,
  complete: (seen) => leakyReason(seen, seen.request.reason) ?? seen.request,
  preview: (seen) => [
    ...changes(seen).flatMap(({ of, branches, texts }) => [
      ...(branches.length === 0 ? [] : [`Replaces the patch of ${of.id} for ${listAnd(branches)}.`]),
      ...(texts.length === 0 ? [] : [`Sends what changed in the text about ${of.id}: ${listAnd(texts)}.`]),
    ]),
    ...(corrects(seen) ? ['Corrects the public heads-up.'] : []),
  ],
  mails: (seen) => {
    const { whole, release } = seen
    if (release === undefined) return []
    const changed = changes(seen).map(({ of }) => of)
    return [...updateMails(whole, changed, release), ...(corrects(seen) ? [HEADS_UP_CORRECTED] : [])]
  },
  releaseAt: ({ release }) => release?.at,
  headsUp: (seen) => outdatedHeadsUp(seen.release, releaseCases(seen)),
  because: ({ request }) => request.reason,
  run: (context, { digest, mails }) => {
    const { release, request } = context
    if (release === undefined) return []
    const reasonPart = request.reason === undefined ? {} : { reason: request.reason }
    const headsUp = outdatedHeadsUp(release, releaseCases(context))
    const replaced = changes(context).length === 0 ? [] : releaseCases(context)
    return [
      ...replaced.map((one): Append => ({ stream: one.id, events: [heldPatches(one, release.id)] })),
      {
        stream: release.id,
        events: [{ type: 'PrenotificationUpdated', ...reasonPart, ...(headsUp && { headsUp }), digest, mails }],
      },
    ]
  },
}

/**
 * Sends changed patches and texts to everybody who has old ones, and says what changed. If the public heads-up is
 * outdated, it is corrected too. Before the release, this public correction must not give a reason.
 */
export const prenotifyUpdate = defineRequest({
  verb: 'prenotify.update',
  content: 'sent',
  gates: UPDATE_GATES,
  decide: (context) => {
    if (prenotifyUpdateNeedsReason(context) && context.request.reason === undefined)
      return senseless(
        'The recipients must be told what changed, and you gave no reason.',
        you('say in a line what changed; the recipients will read it', 'prenotify.update'),
      )
    const leaks = leakyReason(context, context.request.reason)
    return leaks === undefined ? askForApproval(context, updateTwice) : refused(leaks)
  },
  twoPeople: updateTwice,
  inputs: ({ id, preview }) => {
    const bare = { verb: 'prenotify.update', case: id, reason: 'because' } as const
    return [{ ...bare, shown: preview(bare) }]
  },
})

type UpdateContext = Omit<PendingContext, 'request'>

const corrects = (seen: UpdateContext): boolean => outdatedHeadsUp(seen.release, releaseCases(seen)) !== undefined

/**
 * Whether the command needs a reason. Recipients of changed patches or texts read the reason. If only the public
 * heads-up is corrected, no reason is given.
 */
export function prenotifyUpdateNeedsReason(seen: UpdateContext): boolean {
  return changes(seen).length > 0 || !corrects(seen)
}

type Change = { readonly of: CaseState; readonly branches: readonly string[]; readonly texts: readonly string[] }

/**
 * The patches and texts to send again. A correction of the heads-up does not wait for the patches. So if a patch is not
 * verified yet, only the heads-up is corrected, and a later update sends the patches and texts.
 */
function changes(seen: UpdateContext): readonly Change[] {
  const { release } = seen
  const cases = releaseCases(seen)
  if (release === undefined || (corrects(seen) && cases.some(({ cs }) => cs.fixReady === undefined))) return []
  return cases
    .map((of) => ({ of, branches: changedPatches(of, release), texts: changedTexts(of, release) }))
    .filter(({ branches, texts }) => branches.length > 0 || texts.length > 0)
}
