import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { reportOf, reportOption } from './shared/report-option.ts'
import { TEAM } from './shared/roles.ts'

export const keyPlain = defineCommand({
  verb: 'key.plain',
  summary: 'Allow unencrypted answers to an encrypted report, if its reporter’s key is not known',
  about: 'case',
  allowed: TEAM,
  options: { report: reportOption() },
  run: async (call) =>
    send(
      call,
      { verb: 'key.plain', case: call.case.id, ...reportOf(call.case.id, call.values.report) },
      'Answers to this reporter leave unencrypted: every mail server on their way can read them. To send the mails that waited, settle them with “again”.',
    ),
})
