import { z } from 'zod'
import { BranchName } from '@embargo/core'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'

export const confirm = defineCommand({
  verb: 'confirm',
  summary: 'Say whether the patch fixes it',
  short: true,
  about: 'case',
  allowed: { who: 'the security team, but not the patch’s author' },
  form: { title: 'Confirm the fix', submit: 'Record' },
  options: {
    fixed: z
      .enum(['yes', 'no'])
      .exactOptional()
      .register(about, {
        label: 'Does it fix it',
        labels: { yes: 'Yes, it is fixed', no: 'No, changes are needed' },
        shownAs: 'no',
      }),
    branch: BranchName.exactOptional().register(about, {
      label: 'Branch',
      branch: true,
      hint: 'May be left out when one waits',
    }),
    note: z
      .string()
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Note, or what is missing', takes: 'rest', kind: 'long-text' }),
  },
  run: async (call) => {
    const { fixed, ...rest } = call.values
    if (fixed === 'no' && rest.note === undefined) {
      return { form: { ...call.command.form({ fixed, case: call.case.id, ...rest }), title: 'What is missing?' } }
    }
    const yes = fixed !== 'no'
    return send(
      call,
      { verb: 'confirm', case: call.case.id, fixed: yes, ...rest },
      yes ? 'Recorded: the fix is verified.' : 'Recorded: changes are asked for.',
    )
  },
})
