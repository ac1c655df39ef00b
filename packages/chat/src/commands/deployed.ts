import { z } from 'zod'
import { BranchName } from '@embargo/core'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM_OR_MAINTAINER } from './shared/roles.ts'

export const deployed = defineCommand({
  verb: 'deployed',
  summary: 'Record that the fix of a branch runs where people use it',
  about: 'case',
  allowed: TEAM_OR_MAINTAINER,
  form: { title: 'Deployed', submit: 'Record' },
  options: {
    branch: BranchName.register(about, { label: 'Branch', branch: true, suggests: 'branch' }),
    link: z
      .string()
      .regex(/^https?:\/\/\S{3,1990}$/iu, 'a link looks like https://…')
      .exactOptional()
      .register(about, { label: 'Link, as evidence' }),
  },
  run: async (call) => {
    const { branch, link } = call.values
    const evidence = link === undefined ? {} : { link }
    return send(
      call,
      { verb: 'done.deployed', case: call.case.id, branch, ...evidence },
      `Recorded: ${branch} is deployed.`,
    )
  },
})
