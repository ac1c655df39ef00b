import { z } from 'zod'
import type { Append, Lift } from '../vocabulary/decision.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import { embargoInForce } from '../state/embargo/evolve.ts'
import { after } from '../policy/calendar.ts'
import { acceptedOrUnfixed } from '../gates/case-accepted.ts'
import { noDropPending } from '../gates/no-drop-pending.ts'
import { publicationPlanned } from '../gates/publication-planned.ts'
import { fix } from '../gates/fix.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { notTheReporter } from '../gates/not-the-reporter.ts'
import { forOtherCases } from '../gates/for-each-case.ts'
import { onTheCase } from '../gates/on-the-case.ts'
import { notHeld } from '../gates/not-held.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { approvableFrom, releaseDate } from '../gates/release-date.ts'
import { forEachPublishableCase, atLeastOneCasePublishable } from '../gates/at-least-one-case-publishable.ts'
import { textsComplete } from '../gates/texts-complete.ts'
import { beginning, documentsIn, stepsIn } from './publication/begin.ts'
import { isLive, siblingCases } from '../state/release/release-cases.ts'
import { publishableCases, RELEASE_GATES } from '../gates/publishable.ts'
import { leftOutCves } from '../effects/publication/cve-gap.ts'
import { forkQuestion } from '../effects/publication/fork-question.ts'
import { publicationDocuments } from '../effects/publication/planned-documents.ts'
import { publicationMails } from '../effects/publication/planned-mails.ts'
import { outdatedNotesWarning } from '../state/release/outdated-notes.ts'
import { isEmergency, unverifiedFix } from '../state/release/unverified-fix.ts'
import { CaseId } from '../shared/ids.ts'
import { Instant, isoInstant } from '../shared/instant.ts'
import { listAnd } from '../text/name-list.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { ApprovedContent, RequiredApprover, TwoPersonRule, PendingContext } from './approvals/two-person-rule.ts'
import type { CaseState } from '../state/state.ts'
import { askForApproval } from './approval.ts'
import { defineRequest } from './define-request.ts'

export type Disclose = Extract<PersonRequest, { verb: 'disclose' }>

/**
 * Refuses before the release date. If the publication is approved in advance, the gate compares the release date with
 * the instant at which the publication will begin.
 */
const dateReached: Gate = {
  id: 'release-date',
  check: (context) => {
    const from = startsAhead(context)
    return releaseDate.check(from === undefined ? context : { ...context, at: from })
  },
}

/**
 * Requires that the date of each case has come. A case that is already public could be published at once if it were not
 * in a release with other cases. So if this case is public, the refusal also says how to take it out of the release.
 */
const dateOfEach: Gate = {
  id: 'release-date',
  check: (context) => {
    const refusal = forEachPublishableCase(dateReached).check(context)
    const { id, cs } = context.state
    if (refusal === undefined || cs.public === undefined) return refusal
    const alone: Lift = {
      who: 'any team member',
      how: `takes ${id} out of the release; because its vulnerability is public already, the case can then be published at once`,
      verb: 'release.drop',
    }
    return { ...refusal, liftedBy: [...refusal.liftedBy, alone] }
  },
}

const noDropOfEach = atLeastOneCasePublishable(noDropPending)

/** Passes if the release is not on hold and no request to take a case out of it is waiting. */
const nothingHoldsIt: Gate = {
  id: 'frozen',
  check: (context) => notHeld.check(context) ?? noDropOfEach.check(context),
}

export const DISCLOSE_GATES: readonly Gate[] = [
  atLeastOneCasePublishable(acceptedOrUnfixed),
  forOtherCases(notTheReporter),
  forOtherCases(onTheCase),
  publicationNotBegun,
  atLeastOneCasePublishable(publicationPlanned),
  nothingHoldsIt,
  atLeastOneCasePublishable(fix),
  atLeastOneCasePublishable(textsComplete),
  ...RELEASE_GATES.map(forEachPublishableCase),
  dateOfEach,
]

export const discloseTwice: TwoPersonRule<Disclose> = {
  waits: z.object({
    verb: z.literal('disclose'),
    case: CaseId,
    from: Instant.exactOptional(),
    unfixed: z.string().exactOptional(),
  }),
  gates: DISCLOSE_GATES,
  approver,
  complete: ({ request, ...seen }) => {
    // If the release was moved after the request, the requested instant no longer applies.
    const from = request.from !== undefined && request.from === seen.release?.at ? request.from : startsAhead(seen)
    const { from: _asked, ...bare } = request
    return from === undefined ? bare : { ...bare, from }
  },
  preview,
  mails: (seen) => publicationMails(seen.whole, shownOf(seen), seen),
  documents: (seen) => publicationDocuments(seen.whole, shownOf(seen), seen),
  about: (seen) => shownOf(seen).map(({ id }) => id),
  releaseAt: ({ release }) => release?.at,
  run: disclosureBegun,
}

/**
 * If secrecy has failed and a fix is ready, users need the fix at once. So the requester may proceed alone if nobody
 * answers in time.
 */
function approver(context: Context): RequiredApprover {
  const required = approverByPolicy(context)
  const { request, policy, at } = context
  const unfixed = request.verb === 'disclose' && request.unfixed !== undefined
  const { goes } = publishableCases(context)
  if (required.mode === 'second-look' || unfixed || goes.length === 0 || !goes.every(isEmergency)) return required
  return { ...required, aloneFrom: after(policy.calendar, at, policy.clocks.signalSilence) }
}

/** Shows every public text and waits for the second person, whose approval starts the publication. */
export const disclose = defineRequest({
  verb: 'disclose',
  content: 'sent',
  gates: DISCLOSE_GATES,
  decide: (context) => {
    const { shown, ...bare } = context.request
    const whole = discloseTwice.complete({ ...context, request: bare })
    return 'gate' in whole
      ? { ok: false, refusal: whole }
      : askForApproval({ ...context, request: shown === undefined ? whole : { ...whole, shown } }, discloseTwice)
  },
  twoPeople: discloseTwice,
  inputs: ({ id, preview, stalePreview }) => {
    const bare = { verb: 'disclose', case: id } as const
    const unfixed = { ...bare, unfixed: 'because' }
    return [
      ...[bare, unfixed].flatMap((one) => [one, { ...one, shown: preview(one) }]),
      { ...bare, shown: stalePreview(bare) },
    ]
  },
})

/** The planned instant, if it is near enough for an approval in advance. */
function startsAhead({ policy, state, release, at }: Omit<PendingContext, 'request'>): Instant | undefined {
  if (!isLive(release) || release.at === undefined || at >= release.at) return undefined
  const reached = releaseDate.check({
    policy,
    whole: policy,
    state,
    release,
    others: new Map(),
    actor: NOBODY,
    person: undefined,
    at,
    request: { verb: 'disclose', case: state.id },
  })
  if (reached === undefined) return undefined
  return at >= approvableFrom(release.at) ? release.at : undefined
}

/**
 * The cases that are shown and will be published. If none can be published, only this case is shown, and the gates
 * refuse the command and say what is missing.
 */
function shownOf(seen: PendingContext<Disclose>): readonly CaseState[] {
  const { goes } = publishableCases(seen)
  return goes.length > 0 ? goes : [seen.state]
}

const NOBODY = { kind: 'system', part: 'clock' } as const

/**
 * Sentences that both people approve along with the mails. They say which cases are published, which are dropped and
 * why, and when the publication begins. They also say what people must check because no program can.
 */
function preview(seen: PendingContext<Disclose>): readonly string[] {
  const { from, unfixed } = seen.request
  const together = siblingCases(seen).length > 0
  const reasonPart = unfixed === undefined ? [] : [nothingFixed(seen.state, unfixed, together)]
  const { goes, stays } = publishableCases(seen)
  const fork = forkQuestion(seen.whole, shownOf(seen))
  const shown = shownOf(seen).map(({ id }) => id)
  const notes = outdatedNotesWarning(seen.release, shown)
  const ahead = [
    ...goes.flatMap(nobodyChecked),
    ...reasonPart,
    ...(fork === undefined ? [] : [fork]),
    ...(notes === undefined ? [] : [notes]),
    ...leftOutCves(seen.whole, shownOf(seen)),
    ...(from === undefined ? [] : [`Begins automatically at ${isoInstant(from)}. Nothing is public before that.`]),
  ]
  if (!together) return ahead
  return [
    `Publishes ${listAnd(goes.map(({ id }) => id))}.`,
    ...stays.map(({ state, refusal }) => {
      const keeps = embargoInForce(state.em) ? ', which keeps its embargo' : ''
      return `Leaves out ${state.id}${keeps}: ${refusal.because}`
    }),
    ...ahead,
  ]
}

function nobodyChecked(state: CaseState): readonly string[] {
  const branches = unverifiedFix(state).map(({ name }) => name)
  return branches.length === 0
    ? []
    : [
        `Nobody but its author has checked the fix of ${state.id} for ${listAnd(branches)}. It is published as fixed, and the texts say that nobody else checked it. Before the publication, anyone who did not write the fix can still check it.`,
      ]
}

const nothingFixed = ({ id }: CaseState, reason: string, together: boolean): string =>
  together ? `${id} is published without a fix: ${reason}` : `It is published without a fix: ${reason}`

/**
 * The events of an approved publication. They record that the vulnerability is public, that the
 * embargo ends, and which steps are approved. They are stored in one transaction before anything is sent. If the
 * publication is approved in advance, this function returns the approval, and these events follow when the publication
 * begins.
 */
function disclosureBegun(context: Context<Disclose>, { digest, mails, documents }: ApprovedContent): readonly Append[] {
  const { release, at, request } = context
  const publishable = publishableCases(context)
  const unfixed = request.unfixed === undefined ? {} : { unfixed: request.unfixed, unfixedOf: request.case }
  if (request.from === undefined || at >= request.from || release === undefined)
    return beginning({ at, release, ...publishable, digest, mails, documents, ...unfixed })
  const cases = publishable.goes.map(({ id }) => id)
  return [
    {
      stream: release.id,
      events: [
        {
          type: 'DisclosureApproved',
          from: request.from,
          cases,
          steps: stepsIn(mails, documents),
          digest,
          mails: [...mails],
          ...documentsIn(documents),
          ...unfixed,
        },
      ],
    },
  ]
}
