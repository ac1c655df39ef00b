import { z } from 'zod'
import { refusalNow, send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './shared/roles.ts'

export const ack = defineCommand({
  verb: 'ack',
  summary: 'Acknowledge a report and coordinate its case, or take over a case that is offered or has no coordinator',
  short: true,
  about: 'case',
  allowed: TEAM,
  form: { title: 'Acknowledge', submit: 'Acknowledge' },
  options: {
    note: z
      .string()
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Note', hint: 'For the team; not mailed', takes: 'rest' }),
  },
  run: async (call) => {
    const { id, state } = call.case
    const take = { verb: 'take', case: id } as const
    return state.acknowledgedAt !== undefined && refusalNow(call, take) === undefined
      ? send(call, take, 'You coordinate this case now.')
      : send(
          call,
          { verb: 'ack', case: id, ...call.values },
          {
            said: 'Acknowledged.',
            mailed: 'The reporter is told that a person handles the report, and what happens next.',
            toReporter: true,
          },
        )
  },
})
