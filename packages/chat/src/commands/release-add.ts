import { z } from 'zod'
import { ReleaseId } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { RELEASER } from './shared/roles.ts'

export const add = defineCommand({
  verb: 'release.add',
  summary: 'Add this case to a planned release',
  about: 'case',
  allowed: RELEASER,
  form: { title: 'Join a release', submit: 'Add this case' },
  options: {
    release: z
      .string()
      .max(200)
      .register(about, { label: 'Release', hint: 'Named like REL-SEC-2026-07-14', takes: 'rest', suggests: 'release' }),
  },
  run: async (call) => {
    const named = ReleaseId.safeParse(call.values.release.trim().toUpperCase())
    return named.success
      ? send(
          call,
          { verb: 'release.add', case: call.case.id, release: named.data },
          'This case is now in that release.',
        )
      : wrongInput({
          command: call.command,
          setting: call,
          because: 'A release has a name like REL-SEC-2026-07-14. The channel of each of its cases shows this name.',
        })
  },
})
