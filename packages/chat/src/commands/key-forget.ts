import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { reportOf, reportOption } from './shared/report-option.ts'
import { TEAM } from './shared/roles.ts'

export const keyForget = defineCommand({
  verb: 'key.forget',
  summary: 'Drop a reporter’s key; the next key that they send counts as their first',
  about: 'case',
  allowed: TEAM,
  options: { report: reportOption() },
  run: async (call) =>
    send(
      call,
      { verb: 'key.forget', case: call.case.id, ...reportOf(call.case.id, call.values.report) },
      'The key is dropped.',
    ),
})
