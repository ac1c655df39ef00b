import { z } from 'zod'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM_OR_MAINTAINER } from './shared/roles.ts'

/** The request that each word makes. */
const VERBS = { opened: 'done.advisory-opened', published: 'done.advisory-published' } as const

const SAID = {
  opened: 'Recorded: the advisory is drafted there.',
  published: 'Recorded: the advisory is public.',
} as const

export const advisoryLink = defineCommand({
  verb: 'advisory-link',
  summary: 'Record what you did about the advisory outside, with its link',
  about: 'case',
  allowed: TEAM_OR_MAINTAINER,
  form: { title: 'Advisory outside', submit: 'Record' },
  options: {
    what: z.enum(['opened', 'published']).register(about, {
      label: 'What',
      shownAs: 'opened|published',
      labels: { opened: 'A draft is open there', published: 'It is public there' },
    }),
    link: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .register(about, { label: 'Where it can be seen', shownAs: 'link' }),
  },
  run: async (call) => {
    const { what, link } = call.values
    return send(call, { verb: VERBS[what], case: call.case.id, link }, SAID[what])
  },
})
