import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { digitsOption } from './shared/digits-option.ts'
import { reportOf, reportOption } from './shared/report-option.ts'
import { TEAM } from './shared/roles.ts'

export const keyPin = defineCommand({
  verb: 'key.pin',
  summary: 'Confirm that a key is the reporter’s, after you compared its fingerprint with them',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Confirm a key', submit: 'It is theirs' },
  options: { digits: digitsOption(), report: reportOption() },
  run: async (call) => {
    const { id } = call.case
    const { digits, report } = call.values
    return send(
      call,
      { verb: 'key.pin', case: id, digits, ...reportOf(id, report) },
      'The key is confirmed. What it signs counts as its owner’s from now on.',
    )
  },
})
