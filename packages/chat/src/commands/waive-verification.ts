import { z } from 'zod'
import { BranchName } from '@embargo/core'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'

export const waiveVerification = defineCommand({
  verb: 'waive-verification',
  summary: 'Go on without anybody having checked the patch',
  about: 'case',
  allowed: { who: 'the maintainer who works alone', profiles: ['solo'] },
  form: { title: 'Waive verification', submit: 'Waive' },
  options: {
    branch: BranchName.exactOptional().register(about, {
      label: 'Branch',
      branch: true,
      hint: 'May be left out when one waits',
    }),
    reason: z.string().max(2000).register(about, { label: 'Reason', hint: 'Kept in the log', takes: 'rest' }),
  },
  run: async (call) =>
    send(
      call,
      { verb: 'waive-verification', case: call.case.id, ...call.values },
      'Recorded as waived, not as verified.',
    ),
})
