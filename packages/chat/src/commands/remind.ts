import { z } from 'zod'
import { send } from '../answers.ts'
import { clocksCard } from '../cards/clocks.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './shared/roles.ts'

export const remind = defineCommand({
  verb: 'remind',
  summary: 'Send the reminder of a clock now',
  about: 'case',
  allowed: TEAM,
  options: {
    clock: z
      .string()
      .max(120)
      .exactOptional()
      .register(about, { label: 'Clock', hint: 'If left out, the clocks are listed', suggests: 'clock' }),
  },
  run: async (call) => {
    const { clock } = call.values
    return clock === undefined
      ? { audience: 'caller', card: clocksCard(call) }
      : send(call, { verb: 'remind', case: call.case.id, clock }, 'Reminded.')
  },
})
