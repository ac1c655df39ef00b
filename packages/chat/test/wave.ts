import { z } from 'zod'
import { about, defineCommand } from '../src/index.ts'

/** One definition: nothing else anywhere knows of it. */
export const wave = defineCommand({
  verb: 'wave',
  summary: 'Greet somebody of the case',
  short: true,
  about: 'case',
  allowed: { who: 'everybody on the case' },
  form: { title: 'Greet', submit: 'Wave' },
  options: {
    tone: z.enum(['warm', 'cool']).register(about, { label: 'Tone', labels: { warm: 'Warm', cool: 'Cool' } }),
    whom: z.string().max(40).register(about, { label: 'Whom', shownAs: '@person', suggests: 'member' }),
    fromBranch: z
      .string()
      .max(60)
      .exactOptional()
      .register(about, { label: 'From which branch', takes: 'named', shownAs: 'branch' }),
    letter: z
      .string()
      .max(500)
      .exactOptional()
      .register(about, {
        label: 'Letter',
        takes: 'rest',
        kind: 'long-text',
        orFile: { label: 'Or as a file', most: 900 },
      }),
  },
  run: async ({ values, case: seen }) => ({
    audience: 'caller',
    card: {
      kind: 'notice',
      title: `${seen.id} · ${values.tone}`,
      lines: [[{ text: `${values.whom}: ${values.letter ?? 'hello'}`, hostile: true }]],
      fields: [],
      attachments: [],
      actions: [{ label: 'Again', verb: 'wave', input: { case: seen.id }, form: true }],
      fallback: 'hello',
      notification: seen.id,
    },
  }),
})
