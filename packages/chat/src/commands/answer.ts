import { CANNED_ANSWERS } from '@embargo/core'
import { z } from 'zod'
import { send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { answerable, reportOf, reportOption } from './shared/report-option.ts'
import { TEAM } from './shared/roles.ts'
import { confirmMailText } from './shared/mail-text.ts'

/** What everybody is answered in the same words, whatever their report turns out to be. It decides nothing about the case. */
export const answer = defineCommand({
  verb: 'answer',
  summary: 'Mail the reporter an answer that is always the same: to a demand for money',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Answer the reporter', submit: 'Show it' },
  options: {
    what: z.enum(CANNED_ANSWERS).register(about, {
      label: 'What they ask for',
      labels: { money: 'Money for the report, or for keeping quiet' },
      shownAs: 'money',
    }),
    report: reportOption(),
  },
  run: async (call) => {
    const { what, report } = call.values
    const text = await call.engine.texts.cannedAnswer(call.case.id, what)
    if (text === undefined)
      return wrongInput({ command: call.command, setting: call, because: 'This case has no reporter to answer.' })
    // From here on it is a reply like any other: exactly what was shown is sent, and it may be edited before.
    const values = { text, ...(report === undefined ? {} : { report }) }
    const target = reportOf(call.case.id, report)
    const written = await confirmMailText(
      { ...call, values },
      {
        verb: 'reply',
        title: 'Mail to the reporter',
        among: answerable(call.case.state),
        request: (leaves) => ({ verb: 'reply', case: call.case.id, ...target, ...leaves }),
      },
    )
    if ('reply' in written) return written.reply
    return send(
      call,
      { verb: 'reply', case: call.case.id, ...target, ...written },
      { mailed: 'It goes out by mail now.' },
    )
  },
})
