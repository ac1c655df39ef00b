import { z } from 'zod'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { personNamed, unknownPerson } from '../people/person-named.ts'

export const conflict = defineCommand({
  verb: 'conflict',
  summary: 'Declare a conflict of interest: your own, or as an admin another’s',
  about: 'case',
  allowed: { who: 'everybody for themselves, an admin for others' },
  form: { title: 'Conflict of interest', submit: 'Declare' },
  options: {
    person: z
      .string()
      .regex(/^(?:@|<@)/, 'a person is written with @')
      .max(128)
      .exactOptional()
      .register(about, {
        label: 'Whose, when it is not yours',
        hint: 'With @',
        shownAs: '@person',
        suggests: 'person',
      }),
    reason: z
      .string()
      .max(2000)
      .register(about, { label: 'Reason', hint: 'Kept in the log; not shown in the channel', takes: 'rest' }),
  },
  run: async (call) => {
    const { person: typed, reason } = call.values
    const person = typed === undefined ? undefined : personNamed(call, typed)
    if (typed !== undefined && person === undefined) return unknownPerson(call, typed)
    return send(
      call,
      { verb: 'conflict', case: call.case.id, reason, ...(person === undefined ? {} : { person: person.id }) },
      `Declared. ${person === undefined ? 'You hold' : `${person.name} holds`} no seat in this case, and cannot see it any more.`,
    )
  },
})
