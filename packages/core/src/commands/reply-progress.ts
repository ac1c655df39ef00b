import type { CaseEvent } from '../events/case-events.ts'
import { answerableReports } from '../state/report/reachability.ts'
import { isoInstant, DAY } from '../shared/instant.ts'
import { nothingToDo, onCase } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { isUnresolved, resolveReport } from './resolve/report.ts'

/**
 * Within this time a second request sends nothing. Otherwise the reporter would get two mails if two people press the
 * button.
 */
const TOLD_FOR = DAY

/** Tells every reporter who can be reached about the progress of the case, and when they will get the next news. */
export const replyProgress = defineRequest({
  verb: 'reply.progress',
  gates: [],
  decide: (context) => {
    const { state, request, at } = context
    const reachable = state.reports.filter((report) => report.answerable)
    const reportId = request.report ?? reachable[0]?.id
    const one = resolveReport(reachable, {
      named: reportId,
      verb: 'reply.progress',
      none: 'No reporter can be reached.',
    })
    if (isUnresolved(one)) return one
    const reports = request.report === undefined ? answerableReports(state) : [one]
    const toTell = reports.filter(({ id }) => at - (state.upToDate?.[id] ?? 0) >= TOLD_FOR)
    if (toTell.length === 0)
      return nothingToDo(
        `The reporter was told on ${isoInstant(state.upToDate?.[one.id] ?? at)}, and nothing has changed since.`,
      )
    return onCase(
      context,
      toTell.map(({ id }): CaseEvent => ({ type: 'ReporterUpdated', report: id })),
    )
  },
  inputs: ({ id }) => [{ verb: 'reply.progress', case: id }],
})
