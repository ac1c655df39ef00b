import { z } from 'zod'
import type { Append } from '../decision.ts'
import type { PersonRequest } from '../command.ts'
import { accepted } from '../../policy/gates/accepted.ts'
import { dropAnswered } from '../../policy/gates/drop-answered.ts'
import { embargoActive } from '../../policy/gates/embargo-active.ts'
import { fixReady } from '../../policy/gates/fix-ready.ts'
import { stillLeaving } from '../../policy/gates/frozen.ts'
import { frozenBySignal } from '../../policy/gates/frozen-by-signal.ts'
import { refuse, refusesAs } from '../../policy/gates/gate.ts'
import type { Gate } from '../../policy/gates/gate.ts'
import { prenotified } from '../../policy/gates/in-a-release.ts'
import { notTheReporter } from '../../policy/gates/not-the-reporter.ts'
import { nothingPublic } from '../../policy/gates/nothing-public.ts'
import { ofEachCase, ofOthers } from '../../policy/gates/of-each-case.ts'
import { onTheCase } from '../../policy/gates/on-the-case.ts'
import { publicationNotBegun } from '../../policy/gates/publication-not-begun.ts'
import { recipientConsent, recipientKeys } from '../../policy/gates/recipient-consent.ts'
import { casesOf } from '../../release/cases-of.ts'
import { changedSinceHeld, held } from '../../release/held.ts'
import { updateMails } from '../../release/planned-mails.ts'
import { CaseId } from '../../shared/ids.ts'
import { inARow } from '../../text/in-a-row.ts'
import { seatByPolicy } from '../second/seat.ts'
import type { Second, Seen } from '../second/second.ts'
import { askForApproval } from './approval.ts'
import { senseless, you } from './handler.ts'
import type { Handler } from './handler.ts'

export type Update = Extract<PersonRequest, { verb: 'prenotify-update' }>

/** There is something to send. */
const patchesChanged: Gate = refusesAs('fits-the-stage', (context) =>
  changes(context).length > 0
    ? undefined
    : refuse('fits-the-stage', 'The recipients hold the patches as they are now.', [
        { who: 'the remediator', how: 'submits the corrected patch first', verb: 'patch-submit' },
      ]),
)

const UPDATE_GATES: readonly Gate[] = [
  publicationNotBegun,
  prenotified,
  ofOthers(notTheReporter),
  ofOthers(onTheCase),
  stillLeaving,
  ...ofEachCase(accepted),
  ...ofEachCase(frozenBySignal),
  ...ofEachCase(dropAnswered),
  ...ofEachCase(nothingPublic),
  ...ofEachCase(fixReady),
  ...ofEachCase(embargoActive),
  ...ofEachCase(recipientConsent),
  ...ofEachCase(recipientKeys),
  patchesChanged,
]

export const updateTwice: Second<Update> = {
  waits: z.object({ verb: z.literal('prenotify-update'), case: CaseId, reason: z.string().max(2000).exactOptional() }),
  gates: UPDATE_GATES,
  seat: (context) => seatByPolicy(context, ({ prenotify }) => prenotify),
  complete: ({ request }) => request,
  foretold: (seen) => changes(seen).map((line) => `Replaces ${line}.`),
  mails: (seen) => {
    const { whole, release } = seen
    if (release === undefined) return []
    const changed = casesOf(seen).filter((one) => changedSinceHeld(one, release).length > 0)
    return updateMails(whole, changed, release)
  },
  releaseAt: ({ release }) => release?.at,
  because: ({ request }) => request.reason,
  run: (context, { digest, mails }) => {
    const { release, request } = context
    if (release === undefined) return []
    const why = request.reason === undefined ? {} : { reason: request.reason }
    return [
      ...casesOf(context).map((one): Append => ({ stream: one.id, events: [held(one, release.id)] })),
      { stream: release.id, events: [{ type: 'PrenotificationUpdated', ...why, digest, mails }] },
    ]
  },
}

/** Sends changed patches to all who hold old ones, and says what changed: they build again because of it. */
export const prenotifyUpdate: Handler<Update> = {
  gates: UPDATE_GATES,
  decide: (context) =>
    context.request.reason === undefined
      ? senseless(
          'The recipients read what changed, and nothing is said of it.',
          you('say in a line what changed, in words for them', 'prenotify-update'),
        )
      : askForApproval(context, updateTwice),
}

const changes = (seen: Omit<Seen, 'request'>): readonly string[] =>
  casesOf(seen).flatMap((one) => {
    const branches = seen.release === undefined ? [] : changedSinceHeld(one, seen.release)
    return branches.length === 0 ? [] : [`the patch of ${one.id} for ${inARow(branches)}`]
  })
