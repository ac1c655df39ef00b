import { z } from 'zod'
import { send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { findPerson } from '../people/find-person.ts'
import { TEAM } from './shared/roles.ts'

export const notFrom = defineCommand({
  verb: 'people.not-reporter',
  summary: 'Say that a report in the name of a team member was not written by them',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Not from them', submit: 'Say so' },
  options: {
    person: z.string().max(128).register(about, {
      label: 'Who did not write it',
      hint: 'First ask them, in another way than by mail',
      shownAs: '@person',
      suggests: 'sender',
    }),
  },
  run: async (call) => {
    const person = findPerson(call.engine.policy.policy, call.invocation.place.platform, call.values.person)
    if (person === undefined) {
      return wrongInput({
        command: call.command,
        setting: call,
        because: `Nobody in the policy is called “${call.values.person}”.`,
      })
    }
    return send(
      call,
      { verb: 'people.not-reporter', case: call.case.id, person: person.id },
      `${person.name} is no longer a reporter of this case.`,
    )
  },
})
