import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { digitsOption } from './shared/digits-option.ts'
import { reportOf, reportOption } from './shared/report-option.ts'
import { TEAM } from './shared/roles.ts'

export const keyReplace = defineCommand({
  verb: 'key.replace',
  summary: 'Accept a reporter’s changed key in place of the old one, after you compared it with them',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Take the new key', submit: 'It is theirs' },
  options: { digits: digitsOption(), report: reportOption() },
  run: async (call) => {
    const { id } = call.case
    const { digits, report } = call.values
    return send(
      call,
      { verb: 'key.replace', case: id, digits, ...reportOf(id, report) },
      'The new key is theirs from now on. To send the mails that waited for it, settle them with “again”.',
    )
  },
})
