import { z } from 'zod'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './shared/roles.ts'

const SAID = {
  release: 'The case will end with a release and its advisory.',
  advisory: 'The case will end with an advisory, because there is nothing to release.',
  none: 'Nothing will be published. Close the case when the work is done.',
} as const

export const publication = defineCommand({
  verb: 'advisory.as',
  summary: 'Choose what is published at the end of the case: a release, only an advisory, or nothing',
  about: 'case',
  allowed: TEAM,
  form: { title: 'How it ends in public', submit: 'Save' },
  options: {
    publication: z.enum(['release', 'advisory', 'none']).register(about, {
      label: 'Publication',
      labels: { release: 'A release', advisory: 'Only an advisory: there is nothing to release', none: 'Nothing' },
    }),
    reason: z.string().max(2000).exactOptional().register(about, { label: 'Reason', takes: 'rest' }),
  },
  run: async (call) =>
    send(call, { verb: 'advisory.as', case: call.case.id, ...call.values }, SAID[call.values.publication]),
})
