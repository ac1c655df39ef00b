import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { reasonOption } from './shared/reason-option.ts'
import { TEAM } from './shared/roles.ts'

export const defer = defineCommand({
  verb: 'triage.not-now',
  summary: 'Defer a valid case, with the reason',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Defer the case', submit: 'Defer' },
  options: { reason: reasonOption('Goes to the reporter') },
  run: async (call) =>
    send(
      call,
      { verb: 'triage.not-now', case: call.case.id, reason: call.values.reason },
      { said: 'Deferred.', mailed: 'The reporter is told why.', toReporter: true, then: 'To resume it, use reopen.' },
    ),
})
