import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { reportOf, reportOption } from './report-option.ts'
import { TEAM } from './who.ts'
import { writtenOptions, writtenText } from './written-text.ts'

/** A mail that a person writes by hand. */
const REPLY_MOST = 20_000

export const reply = defineCommand({
  verb: 'reply',
  summary: 'Mail the reporter: the only text of this channel that leaves',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Write to the reporter', submit: 'Show it' },
  options: {
    report: reportOption(),
    ...writtenOptions({ most: REPLY_MOST, label: 'Text', hint: 'This goes out by mail, as it stands' }),
  },
  run: async (call) => {
    const written = await writtenText(call, { verb: 'reply', title: 'Mail to the reporter' })
    if ('reply' in written) return written.reply
    const target = reportOf(call.case.id, call.values.report)
    return send(call, { verb: 'reply', case: call.case.id, ...target, ...written }, 'It goes out by mail now.')
  },
})
