import { z } from 'zod'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { policyPerson, unknownPerson } from '../people/policy-person.ts'

export const remove = defineCommand({
  verb: 'people.remove',
  summary: 'Take a person off the case immediately',
  about: 'case',
  allowed: { who: 'the coordinator or an admin; people may remove themselves' },
  form: { title: 'Remove', submit: 'Remove now' },
  options: {
    person: z.string().max(128).register(about, { label: 'Who', shownAs: '@person', suggests: 'member' }),
    reason: z
      .string()
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Reason', hint: 'Kept in the log; not shown in the channel', takes: 'rest' }),
  },
  run: async (call) => {
    const { person: typed, reason } = call.values
    const person = policyPerson(call, typed)
    if (person === undefined) return unknownPerson(call, typed)
    return send(
      call,
      { verb: 'people.remove', case: call.case.id, person: person.id, ...(reason === undefined ? {} : { reason }) },
      `${person.name} is off the case, and will be out of its channels in a moment. Their approval requests are void; their signals remain in force.`,
    )
  },
})
