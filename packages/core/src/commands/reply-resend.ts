import { reportOfMail, staysClosed } from '../state/report/mail-encryption.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/**
 * Asks a reporter to send another copy of a mail that nobody here can open. The letter contains no text from any mail.
 */
export const replyResend = defineRequest({
  verb: 'reply.resend',
  gates: [],
  decide: (context) => {
    const { state, request } = context
    const closed = state.messages.filter(({ checks }) => staysClosed(checks?.encryption))
    const mail = closed.findLast(({ message }) => request.message === undefined || request.message === message)
    if (mail === undefined)
      return senseless('Only a mail that could not be opened can be asked for again.', you('answer in your own words'))
    const report = reportOfMail(state.reports, mail)
    if (report?.answerable !== true)
      return senseless(
        'This mail is not from a reporter who can be answered.',
        you('find another way to reach its sender'),
      )
    return mail.resend === true
      ? nothingToDo('The reporter was already asked to send it again.')
      : onCase(context, [{ type: 'ResendRequested', report: report.id, message: mail.message }])
  },
  inputs: () => [],
})
