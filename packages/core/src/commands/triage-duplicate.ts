import type { PersonRequest } from '../vocabulary/command.ts'
import type { Append } from '../vocabulary/decision.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { endingEmbargo } from '../state/embargo/ending.ts'
import { openProposal } from '../state/embargo/terms.ts'
import {
  attackedSince,
  carrying,
  dutiesDone,
  joining,
  leaving,
  mergeTerms,
  nextReportIds,
  ofNobodyKnown,
} from '../state/merging.ts'
import { exclusions } from './people/exclusions.ts'
import { teamRole } from '../policy/roles.ts'
import { coordinatorOf, isExcluded } from '../state/people/access.ts'
import { caseOpen } from '../gates/case-open.ts'
import { signalCountsOnBothCases } from '../gates/signal-counts-on-both-cases.ts'
import { earlierAndOpen, earlierCase } from '../gates/earlier-and-open.ts'
import { noSignalPending } from '../gates/no-signal-pending.ts'
import { frozen } from '../gates/frozen.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { noRecipientBound } from '../gates/no-recipient-bound.ts'
import { noPrenotificationOut } from '../gates/no-prenotification-out.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import type { ReportId } from '../shared/ids.ts'
import type { MergeTerms } from '../state/merging.ts'
import type { CaseState } from '../state/state.ts'
import { fixPutAside } from './triage-not-now.ts'
import { proposalId } from './embargo-until.ts'
import { nothingToDo, onStreams, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { VOID_CAUSES, voidedBy } from './approvals/void-causes.ts'

type Duplicate = Extract<PersonRequest, { verb: 'triage.duplicate' }>

/**
 * Like `caseOpen`, but lets a repeated merge of the same two cases pass although this case is closed. The answer says
 * that the merge is already done.
 */
const caseOpenOrMerged: Gate = {
  id: 'case-open',
  check: (context) =>
    context.request.verb === 'triage.duplicate' && context.state.mergedInto === context.request.of
      ? undefined
      : caseOpen.check(context),
}

/**
 * Merges this case into an earlier case about the same vulnerability. Reports, consents and credits move to the earlier
 * case, and this case's embargo ends as `merged`. After outsiders were told about this case, it cannot be merged.
 */
export const triageDuplicate = defineRequest({
  verb: 'triage.duplicate',
  gates: [
    caseOpenOrMerged,
    publicationNotBegun,
    noPrenotificationOut,
    noRecipientBound,
    frozen,
    noSignalPending,
    earlierAndOpen,
    signalCountsOnBothCases,
  ],
  decide: (context) => {
    const { state, request, release, others } = context
    const into = earlierCase(context)
    if (state.mergedInto === request.of) return nothingToDo(`It is merged into ${request.of} already.`)
    if (into === undefined) return senseless('There is no such case.', you('name the earlier case', 'triage.duplicate'))
    if (release !== undefined && release.is !== 'cancelled')
      return senseless(
        'The case is in a release that is planned.',
        you('take it out of the release first', 'release.drop'),
      )
    const terms = mergeTerms(state, into, releaseOf(into, others))
    if ((terms.end ?? 'none') !== request.end)
      return senseless(
        'The effect of the merge has changed since the preview.',
        you('look at the current preview', 'triage.duplicate'),
      )
    return onStreams(merged(context, into, terms))
  },
  // Another part of `packages/policy-check` explores merging two cases and splitting them again.
  inputs: ({ id, nextId }) => [id, nextId].map((of) => ({ verb: 'triage.duplicate', case: id, of, end: 'none' })),
})

/**
 * Invites two people to the earlier case: the coordinator of the later case, and the person who merges the cases. The
 * reason is that another team may work on the earlier case.
 */
function comingAlong(
  { whole, policy, state: from, person }: Context<Duplicate>,
  into: CaseState,
): readonly CaseEvent[] {
  if (person === undefined) return []
  const out = new Set<string>(namesOut(exclusions(whole, { from, into, coming: from.reports })))
  const them = [...new Set([coordinatorOf(policy, from), person])]
  return them.flatMap((one): readonly CaseEvent[] => {
    const role = one === undefined ? undefined : teamRole(one)
    if (one === undefined || role === undefined || out.has(one.id)) return []
    if (into.people[one.id] !== undefined || isExcluded(whole, into, one.id)) return []
    return [{ type: 'PersonInvited', person: one.id, role, by: person.id }]
  })
}

const namesOut = (events: readonly CaseEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'PersonRemoved' || event.type === 'ConflictDeclared' ? [event.person] : []))

function releaseOf({ release }: CaseState, others: Context['others']) {
  const found = release === undefined ? undefined : others.get(release)
  return found?.kind === 'release' ? found : undefined
}

function merged(context: Context<Duplicate>, into: CaseState, terms: MergeTerms): readonly Append[] {
  const { end, free } = terms
  const { state: from, person } = context
  const ids = nextReportIds(into, from.reports.length)
  const moving = from.reports.flatMap((report, index) => {
    const as = ids[index]
    return as === undefined ? [] : [{ report, as }]
  })
  const until = { ...(end === undefined ? {} : { end }), ...(free === undefined ? {} : { free }) }
  const attacked = attackedSince(from)
  const since = attacked === undefined ? {} : { attacked }
  const owner: readonly CaseEvent[] =
    from.coordinator === undefined && person !== undefined ? [{ type: 'CoordinatorSet', person: person.id }] : []
  const judged: readonly CaseEvent[] =
    from.disposition === 'duplicate' ? [] : [{ type: 'DispositionSet', disposition: 'duplicate' }]
  const deferred: readonly CaseEvent[] = from.rm === 'deferred' ? [] : [{ type: 'CaseDeferred' }]
  return [
    {
      stream: from.id,
      events: [
        ...voidedBy(VOID_CAUSES.merge, from, {}),
        ...owner,
        ...judged,
        ...fixPutAside(from, 'deferred'),
        ...deferred,
        ...moving.map(({ report, as }) => leaving(from, { report: report.id, to: into.id, as })),
        ...endingEmbargo(from.em, 'merged'),
        { type: 'CasesMerged', with: into.id, as: 'into', reports: moving.map(({ report }) => report.id), ...until },
        { type: 'CaseClosed', reason: `merged into ${into.id}` },
      ],
    },
    {
      stream: into.id,
      events: [
        ...exclusions(context.whole, { from, into, coming: from.reports }),
        ...comingAlong(context, into),
        ...moving.flatMap(({ report, as }) =>
          joining({ report, as, from, by: 'merge', free: end !== undefined && (free ?? report.free) === true }),
        ),
        ...ofNobodyKnown(from),
        ...endCarried(from, into, terms, moving),
        ...dutiesDone(from, into),
        { type: 'CasesMerged', with: from.id, as: 'from', reports: moving.map(({ as }) => as), ...until, ...since },
      ],
    },
  ]
}

type ReportMoves = readonly { readonly report: CaseState['reports'][number]; readonly as: ReportId }[]

/** Sets the embargo end of the case to which the reports move. That end results from both cases. */
function endCarried(from: CaseState, into: CaseState, terms: MergeTerms, moving: ReportMoves): readonly CaseEvent[] {
  const { end, agreed = end } = terms
  if (end === undefined || agreed === undefined) return []
  const open = [from.em, into.em]
    .flatMap((em) => openProposal(em) ?? [])
    .find((one) => one.by === 'reporter' && one.end === end)
  const report = moving.find((one) => one.report.id === open?.report)?.as ?? open?.report
  const named = { proposal: proposalId(into), open: open !== undefined, ...(report === undefined ? {} : { report }) }
  return carrying(into, { end, agreed, proposal: `merge-${from.id}`, named })
}
