import type { PersonRequest } from '../command.ts'
import { onCase } from './handler.ts'
import type { Handler } from './handler.ts'
import { isNone, reportMeant } from './report-meant.ts'

/** The only text of the channel that leaves: to one reporter, by mail. */
export const reply: Handler<Extract<PersonRequest, { verb: 'reply' }>> = {
  gates: [],
  decide: (context) => {
    const { state, request } = context
    const reachable = state.reports.filter((report) => report.answerable)
    const report = reportMeant(reachable, { named: request.report, verb: 'reply', none: 'No reporter can be reached.' })
    if (isNone(report)) return report
    const { lastReply } = state
    if (lastReply?.report === report.id && lastReply.sha256 === request.sha256)
      return onCase(context, [], 'This was written to them already, and they have not answered since.')
    return onCase(context, [{ type: 'MessageSentOut', report: report.id, text: request.text, sha256: request.sha256 }])
  },
}
