import { nothingToDo, onCase } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { GATES_TO_RECIPIENTS, toRecipients } from './reply-to-recipients.ts'
import { isVendor, toVendor } from './reply-to-vendor.ts'
import { isUnresolved, resolveReport } from './resolve/report.ts'

/** Mails a text from the channel to one reporter, to recipients of a pre-notification, or to another vendor. */
export const reply = defineRequest({
  verb: 'reply',
  gates: GATES_TO_RECIPIENTS,
  decide: (context) => {
    const { state, request } = context
    if (isVendor(request.to)) return toVendor(context, request.to)
    if (request.to !== undefined) return toRecipients(context, request.to)
    const reachable = state.reports.filter((report) => report.answerable || report.advisory !== undefined)
    const report = resolveReport(reachable, {
      named: request.report,
      verb: 'reply',
      none: 'No reporter can be reached.',
    })
    if (isUnresolved(report)) return report
    const { lastReply } = state
    if (lastReply?.report === report.id && lastReply.sha256 === request.sha256)
      return nothingToDo('The same text was sent to them already, and they have not answered since.')
    const { text, sha256 } = request
    const byHand = report.answerable || report.advisory === undefined ? {} : { pasteAt: report.advisory }
    return onCase(context, [{ type: 'MessageSentOut', report: report.id, text, sha256, ...byHand }])
  },
  inputs: ({ id, text }) => {
    const bare = { verb: 'reply', case: id, ...text } as const
    return [bare, { ...bare, to: 'recipients' }]
  },
})
