import type { PersonRequest } from '../command.ts'
import { onCase, senseless, you } from './handler.ts'
import type { Handler } from './handler.ts'

/** The only text of the channel that leaves: to one reporter, by mail. */
export const reply: Handler<Extract<PersonRequest, { verb: 'reply' }>> = {
  gates: [],
  decide: (context) => {
    const { state, request } = context
    const reachable = state.reports.filter((report) => report.answerable)
    const only = reachable.length === 1 ? reachable[0] : undefined
    const report = request.report === undefined ? only : reachable.find((one) => one.id === request.report)
    if (report === undefined) {
      return senseless('No reporter can be reached, or there are several.', you('name the report to answer', 'reply'))
    }
    return onCase(context, [{ type: 'MessageSentOut', report: report.id, text: request.text, sha256: request.sha256 }])
  },
}
