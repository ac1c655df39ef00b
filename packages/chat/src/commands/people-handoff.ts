import { z } from 'zod'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { policyPerson, unknownPerson } from '../people/policy-person.ts'

export const handoff = defineCommand({
  verb: 'people.handoff',
  summary: 'Offer the case to another member of the team',
  about: 'case',
  allowed: { who: 'the coordinator, or an admin' },
  form: { title: 'Hand over', submit: 'Offer' },
  options: {
    person: z.string().max(128).register(about, { label: 'To whom', shownAs: '@person', suggests: 'member' }),
    note: z
      .string()
      .max(2000)
      .exactOptional()
      .register(about, { label: 'Note', hint: 'What they should know; not mailed', takes: 'rest' }),
  },
  run: async (call) => {
    const { person: typed, note } = call.values
    const person = policyPerson(call, typed)
    if (person === undefined) return unknownPerson(call, typed)
    return send(
      call,
      { verb: 'people.handoff', case: call.case.id, to: person.id, ...(note === undefined ? {} : { note }) },
      `Offered to ${person.name}. You stay its coordinator until they take it.`,
    )
  },
})
