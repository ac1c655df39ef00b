import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { reasonOption } from './shared/reason-option.ts'
import { TEAM } from './shared/roles.ts'

export const reopen = defineCommand({
  verb: 'reopen',
  summary: 'Reopen a closed case, or resume a deferred one',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Open the case again', submit: 'Reopen' },
  options: { reason: reasonOption('For the team; not mailed') },
  run: async (call) => {
    const text =
      call.case.state.rm === 'deferred'
        ? 'Work on the case resumes.'
        : 'The case is open again, in a new round: earlier patches do not count, and an embargo must be agreed on again.'
    return send(call, { verb: 'reopen', case: call.case.id, reason: call.values.reason }, text)
  },
})
