import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { TEAM } from './shared/roles.ts'

export const take = defineCommand({
  verb: 'take',
  summary: 'Look after a case that is offered to you, or that nobody looks after',
  about: 'case',
  allowed: TEAM,
  options: {},
  run: async (call) => send(call, { verb: 'take', case: call.case.id }, 'You look after this case now.'),
})
