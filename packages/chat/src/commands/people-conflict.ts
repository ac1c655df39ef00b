import { z } from 'zod'
import { refusalNow, send } from '../answers.ts'
import { conflictPreviewCard } from '../cards/conflict-preview.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { policyPerson, unknownPerson } from '../people/policy-person.ts'

export const conflict = defineCommand({
  verb: 'people.conflict',
  summary: 'Declare a conflict of interest: your own or, as an admin, another person’s',
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
        label: 'Whose, if not yours',
        hint: 'With @',
        shownAs: '@person',
        suggests: 'person',
      }),
    reason: z
      .string()
      .max(2000)
      .register(about, { label: 'Reason', hint: 'Kept in the log; not shown in the channel', takes: 'rest' }),
    sure: z.enum(['yes']).exactOptional().register(about, { label: 'Sure', hidden: true, takes: 'named' }),
  },
  run: async (call) => {
    const { person: typed, reason, sure } = call.values
    const person = typed === undefined ? undefined : policyPerson(call, typed)
    if (typed !== undefined && person === undefined) return unknownPerson(call, typed)
    const target = person === undefined ? {} : { person: person.id }
    const request = { verb: 'people.conflict', case: call.case.id, reason, ...target } as const
    if (sure === undefined) {
      const refused = refusalNow(call, request)
      if (refused !== undefined) return refused
      const input = { reason, ...(typed === undefined ? {} : { person: typed }) }
      return {
        audience: 'caller',
        card: conflictPreviewCard({ state: call.case.state, name: person?.name, reason, input }),
        facts: {
          is: 'preview',
          warning: `This cannot be undone: ${person?.name ?? 'you'} can never work on this case again.`,
          sections: [],
        },
      }
    }
    return send(
      call,
      request,
      `Declared. ${person === undefined ? 'You are' : `${person.name} is`} off this case, and can no longer see it.`,
    )
  },
})
