import { z } from 'zod'
import { BranchName } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { findPerson } from '../people/find-person.ts'
import { TEAM } from './shared/roles.ts'

const branches = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((name) => name !== ''))
  .pipe(z.array(BranchName))
  .exactOptional()
  .register(about, {
    label: 'Branches',
    hint: 'If left out: every affected branch',
    takes: 'words',
    shownAs: 'branch',
    suggests: 'branch',
  })

export const assignPatch = defineCommand({
  verb: 'assign-patch',
  summary: 'Accept the case and say who writes the patch',
  short: true,
  about: 'case',
  allowed: TEAM,
  form: { title: 'Assign the patch', submit: 'Assign' },
  options: {
    to: z.string().max(128).register(about, {
      label: 'Who writes it',
      hint: 'A person of this case, or: reporter',
      shownAs: '@person|reporter',
      suggests: 'remediator',
    }),
    branches,
  },
  run: async (call) => {
    const { to, branches: named = [] } = call.values
    const scope = named.length === 0 ? '' : ` for ${named.join(', ')}`
    if (to.toLowerCase() === 'reporter') {
      return send(
        call,
        { verb: 'assign-patch', case: call.case.id, to: 'reporter', branches: named },
        `The reporter writes the patch${scope}.`,
      )
    }
    const person = findPerson(call.engine.policy.policy, call.invocation.place.platform, to)
    if (person === undefined)
      return wrongInput({ command: call.command, setting: call, because: `Nobody in the policy is called “${to}”.` })
    return send(
      call,
      { verb: 'assign-patch', case: call.case.id, to: person.id, branches: named },
      `${person.name} writes the patch${scope}.`,
    )
  },
})
