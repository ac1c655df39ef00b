import { z } from 'zod'
import { BranchName } from '@embargo/core'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './shared/roles.ts'

const branch = BranchName.clone().register(about, { label: 'Branch', branch: true, suggests: 'branch' })

export const affects = defineCommand({
  verb: 'triage.affects',
  summary: 'Say which branches are affected',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Affected branch', submit: 'Set' },
  options: {
    branch,
    affected: z
      .enum(['yes', 'no'])
      .exactOptional()
      .register(about, { label: 'Affected', labels: { yes: 'Affected', no: 'Not affected' }, shownAs: 'yes|no' }),
    range: z
      .string()
      .max(200)
      .exactOptional()
      .register(about, { label: 'Affected versions', hint: 'For example >= 4.0, < 4.2.7', takes: 'rest' }),
    fixedVersion: z
      .string()
      .max(60)
      .exactOptional()
      .register(about, { label: 'Fixed in version', takes: 'named', shownAs: 'version' }),
  },
  run: async (call) => {
    const { affected, ...rest } = call.values
    const is = affected !== 'no'
    return send(
      call,
      { verb: 'triage.affects', case: call.case.id, affected: is, ...rest },
      `${rest.branch} is ${is ? 'affected' : 'not affected'}.`,
    )
  },
})
