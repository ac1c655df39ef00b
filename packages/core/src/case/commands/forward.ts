import type { PersonRequest } from '../command.ts'
import { anotherVendors, reporterAgrees } from '../../policy/gates/reporter-agrees.ts'
import { onCase } from './handler.ts'
import type { Handler } from './handler.ts'
import { isNone, reportMeant } from './report-meant.ts'

/** A report goes to the vendor whose software it is about, with its reporter's yes, in the words that were shown. */
export const forward: Handler<Extract<PersonRequest, { verb: 'forward' }>> = {
  gates: [anotherVendors, reporterAgrees],
  decide: (context) => {
    const { state, request } = context
    const { to, text, sha256, files } = request
    const none = 'Nobody reported this by mail.'
    const report = reportMeant(state.reports, { named: request.report, verb: 'forward', none })
    if (isNone(report)) return report
    if (report.forwarded?.some((one) => one.to === to && one.sha256 === sha256) === true)
      return onCase(context, [], 'This was forwarded to them already.')
    const named = report.forwarding === 'named'
    return onCase(context, [
      {
        type: 'ReportForwarded',
        report: report.id,
        to,
        named,
        text,
        sha256,
        ...(files === undefined ? {} : { files }),
      },
    ])
  },
}
