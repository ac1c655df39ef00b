import { after } from '../policy/calendar.ts'
import { caseOpen } from '../gates/case-open.ts'
import { nothingToDo, onCase } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { isUnresolved, resolveReport } from './resolve/report.ts'

/** Asks a reporter one question, with the time that they have for the answer. */
export const replyQuestion = defineRequest({
  verb: 'reply.question',
  gates: [caseOpen],
  decide: (context) => {
    const { policy, state, request, at } = context
    const { text, sha256 } = request
    const reachable = state.reports.filter((report) => report.answerable)
    const report = resolveReport(reachable, {
      named: request.report,
      verb: 'reply.question',
      none: 'No reporter can be reached.',
    })
    if (isUnresolved(report)) return report
    if (state.needsInfo?.report === report.id && state.needsInfo.sha256 === sha256)
      return nothingToDo('This was asked already, so no mail was sent.')
    const dueAt = after(policy.calendar, at, policy.clocks.needsInfo)
    return onCase(context, [{ type: 'InfoRequested', report: report.id, text, sha256, dueAt }])
  },
  inputs: ({ id, text }) => [{ verb: 'reply.question', case: id, ...text }],
})
