import { z } from 'zod'
import { REFERENCE_MAX } from '@embargo/core'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './shared/roles.ts'

export const partyReference = defineCommand({
  verb: 'party.reference',
  summary: 'Record the number under which another vendor handles the report',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Number of another vendor', submit: 'Record' },
  options: {
    reference: z
      .string()
      .trim()
      .min(1)
      .max(REFERENCE_MAX)
      // The number goes into the subject of mails.
      .regex(/^[\x20-\x7E]+$/u, 'a reference number has only letters, digits and punctuation, in one line')
      .register(about, {
        label: 'Their number',
        hint: 'Exactly as the vendor wrote it; your mails to the vendor quote it',
        takes: 'rest',
        shownAs: 'number',
      }),
    to: z.string().max(320).exactOptional().register(about, {
      label: 'Their address',
      hint: 'If several vendors got the report',
      takes: 'named',
      shownAs: 'address',
    }),
  },
  run: async (call) => {
    const { reference, to } = call.values
    return send(
      call,
      { verb: 'party.reference', case: call.case.id, reference, ...(to !== undefined && { to }) },
      'Recorded. Your mails to them name this number from now on.',
    )
  },
})
