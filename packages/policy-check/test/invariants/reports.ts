import { cases, eventsOf } from './invariant.ts'
import type { Invariant } from './invariant.ts'
import type { CaseId, CaseState, Event, Report, ReportId } from '@embargo/core'
import type { ModelState } from '../../src/state.ts'
import type { Execution } from '../../src/execute.ts'

/** A reporter's answers about a report. If the report moves to another case, the answers must move with it. */
const saidIn = (current: ModelState, id: CaseId, report: ReportId): string => {
  const state = current.states.get(id)
  const found = state?.kind === 'case' ? state.reports.find((one) => one.id === report) : undefined
  return found === undefined ? 'no report' : JSON.stringify(answersOf(found))
}

const answersOf = ({ reporter, credit, willing, aiUse, consent, openly, forwarding }: Report) => ({
  reporter,
  credit: [credit?.kind, credit?.name?.value],
  willing,
  aiUse: [aiUse?.used, aiUse?.checkedByPerson],
  consent,
  openly,
  forwarding,
})

/**
 * The verbs of the commands that were waiting for a second person's approval in the case when the execution began.
 */
const openBefore = ({ before }: Execution, id: CaseId): ReadonlySet<string> => {
  const state = before.states.get(id)
  const open = state?.kind === 'case' ? state.approvals.filter(({ status }) => status === 'open') : []
  return new Set(open.map(({ asked }) => (JSON.parse(asked) as { readonly verb: string }).verb))
}

const SAID_BY_TWO = [
  'VulnerabilityPublic',
  'ExploitPublic',
  'AttacksObserved',
  'LeakSuspected',
  'EmbargoExited',
] as const

/** The signals that count in a case. Each leak is listed with its suspect. */
const countingIn = ({ cs, signals }: CaseState): readonly string[] => [
  ...(['public', 'exploit', 'attacks'] as const).filter((letter) => cs[letter] !== undefined),
  ...signals.flatMap(({ is, what, suspect }) =>
    is === 'counted' && what === 'leak' ? [JSON.stringify(suspect ?? 'nobody')] : [],
  ),
]

/** Each case that this command merges, with the case into which it is merged. */
const merges = (execution: Execution): readonly { readonly from: CaseState; readonly into: CaseId }[] =>
  cases(execution).flatMap(({ one: { recorded }, before }) =>
    recorded.event.type === 'CasesMerged' && recorded.event.as === 'into'
      ? [{ from: before, into: recorded.event.with }]
      : [],
  )

/**
 * Whether this event must end all pending signals of the case. Closing a published case does not, because it can still
 * get signals.
 */
const endsIt = (event: Event, { publishedAt }: CaseState): boolean =>
  (event.type === 'CasesMerged' && event.as === 'into') || (event.type === 'CaseClosed' && publishedAt === undefined)

export const REPORTS: readonly Invariant[] = [
  {
    name: 'a credit, or another answer of a reporter, lost on the way to another case',
    broken: (execution) =>
      execution.trail.some(({ recorded: { event }, after }) => {
        if (event.type !== 'ReportJoined' || after.kind !== 'case') return false
        return saidIn(execution.before, event.from, event.was) !== saidIn(execution.after, after.id, event.report)
      }),
  },
  {
    name: 'a signal that waits for an answer ends with its case',
    broken: (execution) =>
      cases(execution).some(
        ({ one: { recorded }, before }) =>
          endsIt(recorded.event, before) &&
          before.signals.some(
            ({ is, what }) => is === 'raised' && openBefore(execution, before.id).has(`signal.${what}`),
          ),
      ),
  },
  {
    name: 'what counts of a case is unknown in the one that it is merged into',
    broken: (execution) =>
      merges(execution).some(({ from, into }) => {
        const state = execution.after.states.get(into)
        return state?.kind !== 'case' || !countingIn(from).every((one) => countingIn(state).includes(one))
      }),
  },
  {
    name: 'a merge, which is the word of one, ended the embargo of the case that goes on or said what its world knows',
    broken: (execution) =>
      merges(execution).some(({ into }) => {
        const events = execution.trail.flatMap(({ recorded, after }) =>
          after.id === into ? [recorded.event.type] : [],
        )
        return SAID_BY_TWO.some((type) => events.includes(type))
      }),
  },
  {
    name: 'a report that left its case and arrived in none',
    broken: (execution) =>
      eventsOf(execution, 'ReportMoved').some(({ to, as }) => saidIn(execution.after, to, as) === 'no report'),
  },
]
