import { clocksCard } from '../cards/clocks.ts'
import { defineCommand } from '../define-command.ts'
import { ON_THE_CASE } from './shared/roles.ts'

export const clocks = defineCommand({
  verb: 'status.clocks',
  summary: 'List the clocks that run in a case',
  about: 'case',
  allowed: ON_THE_CASE,
  options: {},
  run: async (call) => ({ audience: 'caller', card: clocksCard(call) }),
})
