import type { PersonRequest } from '../vocabulary/command.ts'
import type { Append, Decision } from '../vocabulary/decision.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { endingEmbargo, fallingProposal } from '../state/embargo/ending.ts'
import { agreedEnd, embargoInForce } from '../state/embargo/evolve.ts'
import { secrecyFailed } from '../state/world/signals.ts'
import { openProposal } from '../state/embargo/terms.ts'
import { carrying, joining, leaving } from '../state/merging.ts'
import { exclusions, withoutExcluded } from './people/exclusions.ts'
import { teamRole } from '../policy/roles.ts'
import { coordinatorOf } from '../state/people/access.ts'
import { caseOpen } from '../gates/case-open.ts'
import { noSignalPendingAtClosing } from '../gates/no-signal-pending.ts'
import { frozen } from '../gates/frozen.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { noPrenotificationOut } from '../gates/no-prenotification-out.ts'
import { contextOfCase, refusalOfCase } from '../gates/other-case.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { policyFor } from '../state/policy-for.ts'
import { leaveRelease } from './publication/leave-release.ts'
import { ReportId } from '../shared/ids.ts'
import type { CaseId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import { mergeOrigin } from '../state/merge-origin.ts'
import { mergeAppends } from '../vocabulary/merge-appends.ts'
import type { CaseState, Report } from '../state/state.ts'
import { teamOf } from './system/open-case.ts'
import { proposalId } from './embargo-until.ts'
import { nothingToDo, onStreams, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { askAnotherVerifier } from './verification-request.ts'

type Split = Extract<PersonRequest, { verb: 'open.report' }>

/**
 * If the only report of a case moves to another project, the case closes. So this gate refuses if a pending signal
 * would be lost.
 */
const noSignalLost: Gate = {
  id: 'frozen',
  check: (context) => {
    const { state, request } = context
    const leaves = request.verb === 'open.report' && request.project !== state.project
    return leaves && isEmptied(state) ? noSignalPendingAtClosing.check(context) : undefined
  },
}

/** The case from which a report was merged, if that case belongs to the named project. */
function formerCase(
  state: CaseState,
  { report, project }: Pick<Split, 'report' | 'project'>,
  others: Context['others'],
) {
  const home = mergeOrigin(state, report, others)
  return home?.state.project === project ? home : undefined
}

/**
 * Refuses while the case to which a report returns is frozen. The approved texts of that case do not credit this
 * reporter, and the texts must not change.
 */
const homeCaseNotFrozen: Gate = {
  id: 'frozen',
  check: (context) => {
    const { state, request, others } = context
    const home = request.verb === 'open.report' ? formerCase(state, request, others) : undefined
    const refusal = home && frozen.check({ ...contextOfCase(context, home.state), release: home.release })
    return home && refusal && refusalOfCase(refusal, home.state)
  },
}

/**
 * Splits a report off. If the report came by a merge, it returns to its former case, provided that the former case is
 * unpublished and the command names no other project. Otherwise it gets a new case. A report about two vulnerabilities
 * also stays in this case. The reporter's embargo continues.
 */
export const openReport = defineRequest({
  verb: 'open.report',
  gates: [caseOpen, publicationNotBegun, noPrenotificationOut, frozen, homeCaseNotFrozen, noSignalLost],
  decide: (context) => {
    const { state, request, others, policy } = context
    const report = state.reports.find(({ id }) => id === request.report)
    const move = state.moved.find((one) => one.report.id === request.report)
    if (move !== undefined) return nothingToDo(`That report is in ${move.to} already, as ${move.as}.`)
    if (report === undefined)
      return senseless('The case has no such report.', you('name one of its reports', 'open.report'))
    const home = formerCase(state, request, others)
    if (home !== undefined) return goesHome(context, report, home.state)
    const before = state.divided?.find((one) => one.report === report.id && one.reason === request.reason)
    if (before !== undefined)
      return nothingToDo(`That report was already split off for this reason, as ${before.into}.`)
    if (request.into === undefined) return senseless('The new case has no number.', you('ask again', 'open.report'))
    if (!policy.projects.some(({ id }) => id === request.project)) {
      const known = policy.projects.map(({ id }) => id).join(', ')
      return senseless(
        `The policy has no project "${request.project}".`,
        you(`name a project of the policy: ${known}`, 'open.report'),
      )
    }
    return getsItsOwn(context, report, request.into)
  },
  inputs: ({ id, nextId, project, report }) => [
    { verb: 'open.report', case: id, report, into: nextId, project: project.id, reason: 'because' },
  ],
})

/** What a split does, shown before it is confirmed. */
export type SplitTerms = {
  /** The former case, if the report returns to it. If absent, the report gets a new case. */
  readonly home?: CaseId
  /** The project of the case that receives the report. */
  readonly project: string
  /** Whether the report gets a new case in another project. */
  readonly elsewhere: boolean
  /**
   * Whether the report leaves this case. A report about two vulnerabilities stays in this case and is added to the new
   * case too.
   */
  readonly leaves: boolean
  /** Whether this case is empty afterwards and closes. */
  readonly closes: boolean
  /** When the embargo ends for the report's reporter. */
  readonly end?: Instant
}

export function splitTerms(
  state: CaseState,
  { report: id, project }: Pick<Split, 'report' | 'project'>,
  others: Context['others'],
): SplitTerms {
  const report = state.reports.find((one) => one.id === id)
  const home = formerCase(state, { report: id, project }, others)?.state
  const elsewhere = home === undefined && project !== state.project
  const isSecret = home === undefined || !secrecyFailed(home)
  const bound = embargoInForce(state.em) && report?.free !== true && isSecret ? { end: state.em.end } : {}
  return {
    ...(home === undefined ? {} : { home: home.id }),
    project,
    elsewhere,
    leaves: home !== undefined || elsewhere || report?.joined !== undefined,
    closes: elsewhere && isEmptied(state),
    ...bound,
  }
}

function goesHome(context: Context<Split>, report: Report, home: CaseState): Decision {
  const { state, request } = context
  const as = report.joined?.report ?? report.id
  const closed = home.rm === 'closed'
  const again: readonly CaseEvent[] = closed
    ? [
        { type: 'CaseReopened', as: home.onceValid === true ? 'valid' : 'received', reason: request.reason },
        ...keptEmbargo(state, report, {
          to: { ...home, em: home.cs.public === undefined ? { is: 'none' } : home.em },
          as,
        }),
      ]
    : []
  return onStreams([
    {
      stream: state.id,
      events: [
        ...departure(context, { report: report.id, into: home.id, as, reason: request.reason }),
        ...dateGone(state, report.id),
      ],
    },
    {
      stream: home.id,
      events: [
        ...exclusions(context.whole, { from: state, into: home, coming: [report] }),
        ...again,
        ...joining({
          report,
          as,
          from: state,
          by: 'split',
          free: report.free === true && !closed && embargoInForce(home.em),
        }),
        { type: 'CaseLinked', case: state.id, as: 'split-from' },
      ],
    },
  ])
}

function getsItsOwn(context: Context<Split>, report: Report, into: CaseId): Decision {
  const { state, request, whole, policy, person } = context
  const as = ReportId.parse(`${into}/r1`)
  const elsewhere = request.project !== state.project
  // A report that came by a merge and is split off is not about this case's vulnerability. So it always leaves this
  // case.
  const moves = elsewhere || report.joined !== undefined
  const owner: readonly CaseEvent[] = person === undefined ? [] : [{ type: 'CoordinatorSet', person: person.id }]
  const coordinator = coordinatorOf(policy, state)
  const acknowledged: readonly CaseEvent[] =
    state.acknowledgedAt === undefined ? [] : [{ type: 'CaseAcknowledged', quiet: true }]
  const own: Append = {
    stream: into,
    events: [
      { type: 'CaseOpened', project: request.project, source: 'person', publication: 'release' },
      { type: 'VendorAware' },
      ...withoutExcluded(
        whole,
        withThem(teamOf(policyFor(whole, { project: request.project }), report.person), [person, coordinator]),
        state,
      ),
      ...acknowledged,
      ...owner,
      ...keptEmbargo(state, report, { to: { id: into, version: 0, em: { is: 'none' }, cs: {} }, as }),
      ...joining({ report, as, from: state, by: elsewhere ? 'project' : moves ? 'split' : 'division', free: false }),
      ...(elsewhere && report.joined === undefined ? judgedAlready(state) : []),
      { type: 'CaseLinked', case: state.id, as: 'split-from' },
    ],
  }
  const parted: readonly CaseEvent[] = moves
    ? [
        ...departure(context, { report: report.id, into, as, reason: request.reason }),
        ...(elsewhere && isEmptied(state) ? emptied(state, into) : dateGone(state, report.id)),
      ]
    : [{ type: 'CaseSplit', report: report.id, into, as, reason: request.reason }]
  const ends = parted.some(({ type }) => type === 'CaseClosed')
  const out = ends ? leaveRelease(context, 'the case is closed') : []
  return onStreams(mergeAppends([...out, { stream: state.id, events: parted }, own]))
}

/**
 * Also invites the coordinator and the person who splits the report off, so that both can follow the new case even if
 * other people work on it.
 */
const withThem = (invited: readonly CaseEvent[], them: readonly Context['person'][]): readonly CaseEvent[] =>
  them.reduce((all, one) => {
    const known = all.some((event) => event.type === 'PersonInvited' && event.person === one?.id)
    const role = one === undefined ? undefined : teamRole(one)
    if (known || one === undefined || role === undefined) return all
    return [...all, { type: 'PersonInvited', person: one.id, role }]
  }, invited)

/**
 * The decision about the report moves to the other project with the report. The reporter already knows the decision and
 * is not told again.
 */
function judgedAlready({ rm, disposition, severity, cvss3, cvss4, cwe }: CaseState): readonly CaseEvent[] {
  if ((rm !== 'valid' && rm !== 'accepted') || disposition === undefined) return []
  return [
    ...(severity === undefined
      ? []
      : [
          {
            type: 'SeverityRated' as const,
            severity,
            ...(cvss3 === undefined ? {} : { cvss3 }),
            ...(cvss4 === undefined ? {} : { cvss4 }),
          },
        ]),
    ...(cwe === undefined ? [] : [{ type: 'WeaknessClassified' as const, cwe }]),
    { type: 'DispositionSet', disposition, unanswered: true },
  ]
}

/**
 * If the embargo binds the reporter, it continues in the other case. A reporter whose embargo was over is not bound
 * again.
 */
function keptEmbargo(
  { id, em }: CaseState,
  report: Report,
  { to, as }: { to: Pick<CaseState, 'id' | 'version' | 'em' | 'cs'>; as: ReportId },
): readonly CaseEvent[] {
  if (!embargoInForce(em) || report.free === true) return []
  // A date that another reporter proposed stays in this case, because only that reporter can be asked about it.
  const isTheirs = isOpenDateOf(em, report.id)
  const named = { proposal: proposalId(to), open: isTheirs, ...(isTheirs ? { report: as } : {}) }
  return carrying(to, { end: em.end, agreed: agreedEnd(em), proposal: `split-${id}`, named })
}

const isOpenDateOf = (em: CaseState['em'], report: ReportId): boolean => openProposal(em)?.report === report

/**
 * Ends this case's open proposal of a date if the reporter who leaves made it. The current end of the embargo remains,
 * because the other reporters know it.
 */
const dateGone = ({ em }: CaseState, report: ReportId): readonly CaseEvent[] =>
  isOpenDateOf(em, report) ? fallingProposal(em) : []

type ReportDeparture = {
  readonly report: ReportId
  readonly into: CaseId
  readonly as: ReportId
  readonly reason: string
}

const departure = (context: Context, goes: ReportDeparture): readonly CaseEvent[] => [
  leaving(context.state, { report: goes.report, to: goes.into, as: goes.as }),
  { type: 'CaseSplit', ...goes },
  ...askAnotherVerifier(context, goes.report),
]

/**
 * Whether the case closes if this report moves to another project. It does if the case has no other report and is
 * `received` or `valid`.
 */
const isEmptied = ({ reports, rm }: CaseState): boolean => reports.length === 1 && (rm === 'received' || rm === 'valid')

/**
 * The events that close a case whose only report moved to another project. Nothing is left for a person to decide, and
 * nobody needs to be told.
 */
function emptied(state: CaseState, into: CaseId): readonly CaseEvent[] {
  const because = `the report is for another project, and is now ${into}`
  const judged: readonly CaseEvent[] =
    state.rm === 'received'
      ? [{ type: 'DispositionSet', disposition: 'out-of-scope', reason: because }]
      : [{ type: 'CaseDeferred' }]
  return [...judged, ...endingEmbargo(state.em, 'closed'), { type: 'CaseClosed', reason: because }]
}
