import { defineCommand } from '../define-command.ts'
import { doubtsView } from '../views/doubts.ts'
import { ON_THE_CASE } from './shared/roles.ts'

export const parked = defineCommand({
  verb: 'status.parked',
  summary: 'List what failed or is in doubt',
  about: 'anything',
  allowed: ON_THE_CASE,
  options: {},
  run: async (call) => doubtsView(call),
})
