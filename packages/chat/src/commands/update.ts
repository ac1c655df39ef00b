import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { reportOf, reportOption } from './shared/report-option.ts'
import { TEAM } from './shared/roles.ts'

export const update = defineCommand({
  verb: 'update',
  summary: 'Mail the reporter how far it is, and the next date',
  about: 'case',
  allowed: TEAM,
  options: { report: reportOption() },
  run: async (call) => {
    const target = reportOf(call.case.id, call.values.report)
    return send(
      call,
      { verb: 'reply.progress', case: call.case.id, ...target },
      { mailed: 'The reporter is told the stage and the next date. Nothing else leaves.' },
    )
  },
})
