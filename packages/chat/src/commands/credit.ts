import { z } from 'zod'
import { CreditKind } from '@embargo/core'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { reportOption, reportOf } from './shared/report-option.ts'
import { TEAM } from './shared/roles.ts'

export const credit = defineCommand({
  verb: 'credit',
  summary: 'Record how the reporter is credited',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Credit', submit: 'Save' },
  options: {
    credit: z.enum(CreditKind.options).register(about, {
      label: 'Credit',
      labels: { named: 'By name', pseudonym: 'By pseudonym', anonymous: 'Not at all' },
    }),
    name: z.string().max(200).exactOptional().register(about, { label: 'Name as it is printed', takes: 'rest' }),
    report: reportOption(),
  },
  run: async (call) => {
    const { report, ...rest } = call.values
    return send(
      call,
      { verb: 'log-answer.credit', case: call.case.id, ...rest, ...reportOf(call.case.id, report) },
      'Saved.',
    )
  },
})
