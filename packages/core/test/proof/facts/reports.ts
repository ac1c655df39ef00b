import { cases, eventsOf } from './fact.ts'
import type { Fact } from './fact.ts'
import type { CaseId, Report, ReportId } from '../../../src/index.ts'
import type { Place } from '../../../src/policy/check/place.ts'
import type { Ran } from '../../../src/policy/check/run.ts'

/** What a reporter said, which goes where their report goes. */
const saidIn = (place: Place, id: CaseId, report: ReportId): string => {
  const state = place.states.get(id)
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

/** What waits for a second person in a case. */
const openBefore = ({ before }: Ran, id: CaseId): ReadonlySet<string> => {
  const state = before.states.get(id)
  const open = state?.kind === 'case' ? state.approvals.filter(({ status }) => status === 'open') : []
  return new Set(open.map(({ asked }) => (JSON.parse(asked) as { readonly verb: string }).verb))
}

export const REPORTS: readonly Fact[] = [
  {
    name: 'a credit, or another answer of a reporter, lost on the way to another case',
    broken: (ran) =>
      ran.trail.some(({ recorded: { event }, after }) => {
        if (event.type !== 'ReportJoined' || after.kind !== 'case') return false
        return saidIn(ran.before, event.from, event.was) !== saidIn(ran.after, after.id, event.report)
      }),
  },
  {
    name: 'a signal that waits for an answer ends with the case that is merged',
    broken: (ran) =>
      cases(ran).some(
        ({ one: { recorded }, before }) =>
          recorded.event.type === 'CasesMerged' &&
          recorded.event.as === 'into' &&
          before.signals.some(({ is, what }) => is === 'raised' && openBefore(ran, before.id).has(`signal-${what}`)),
      ),
  },
  {
    name: 'a report that left its case and arrived in none',
    broken: (ran) => eventsOf(ran, 'ReportMoved').some(({ to, as }) => saidIn(ran.after, to, as) === 'no report'),
  },
]
