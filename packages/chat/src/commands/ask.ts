import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { answerable, reportOf, reportOption } from './shared/report-option.ts'
import { TEAM } from './shared/roles.ts'
import { mailTextOptions, confirmMailText } from './shared/mail-text.ts'

/** One question. A text that needs a page is several questions, and gets no answer. */
const QUESTION_MOST = 4000

export const ask = defineCommand({
  verb: 'ask',
  summary: 'Ask the reporter one question that the case waits for',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Ask the reporter', submit: 'Show it' },
  options: {
    report: reportOption(),
    ...mailTextOptions({
      most: QUESTION_MOST,
      label: 'Question',
      hint: 'One question; it goes out by mail as it stands',
    }),
  },
  run: async (call) => {
    const target = reportOf(call.case.id, call.values.report)
    const written = await confirmMailText(call, {
      verb: 'reply.question',
      title: 'Question to the reporter',
      among: answerable(call.case.state),
      request: (leaves) => ({ verb: 'reply.question', case: call.case.id, ...target, ...leaves }),
    })
    if ('reply' in written) return written.reply
    return send(
      call,
      { verb: 'reply.question', case: call.case.id, ...target, ...written },
      { mailed: 'The question goes out by mail now.', then: 'The case needs info until it is answered.' },
    )
  },
})
