import { z } from 'zod'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './shared/roles.ts'

const SAID = {
  release: 'It ends in a release with its advisory.',
  advisory: 'It ends in an advisory: there is nothing to release.',
  none: 'Nothing is published. Close the case when it is done.',
} as const

export const publication = defineCommand({
  verb: 'advisory.as',
  summary: 'Say how the case ends in public',
  about: 'case',
  allowed: TEAM,
  form: { title: 'How it ends in public', submit: 'Save' },
  options: {
    publication: z.enum(['release', 'advisory', 'none']).register(about, {
      label: 'Publication',
      labels: { release: 'A release', advisory: 'An advisory, nothing to release', none: 'Nothing' },
    }),
    reason: z.string().max(2000).exactOptional().register(about, { label: 'Reason', takes: 'rest' }),
  },
  run: async (call) =>
    send(call, { verb: 'advisory.as', case: call.case.id, ...call.values }, SAID[call.values.publication]),
})
