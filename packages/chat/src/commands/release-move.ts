import { z } from 'zod'
import { DAY, isoInstant, policyFor } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { line } from '../cards/spans.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { readInstant } from '../text/read-instant.ts'
import { dateExample, releaseZones } from '../text/zones.ts'
import { time } from '../text/times.ts'
import type { Reply } from '../types.ts'
import { requestApproval } from './shared/approval-request.ts'
import { previewOptions } from './shared/preview-options.ts'
import type { PreviewValues } from './shared/preview-options.ts'
import { RELEASER } from './shared/roles.ts'

export const move = defineCommand({
  verb: 'release.move',
  summary: 'Move the release to another date',
  about: 'case',
  allowed: RELEASER,
  form: { title: 'Move the release', submit: 'Show who is notified' },
  options: {
    to: z.string().max(40).register(about, {
      label: 'New date',
      hint: '2026-07-21 or 2026-07-21 14:00, in UTC',
      takes: 'time',
      kind: 'date-time',
      shownAs: 'date',
    }),
    reason: z.string().max(2000).exactOptional().register(about, {
      label: 'Reason',
      hint: 'Everyone who was notified reads it',
      takes: 'rest',
      kind: 'long-text',
    }),
    ...previewOptions(),
  },
  run: async (call) => {
    const { to, reason } = call.values
    const { from } = policyFor(call.engine.policy.policy, call.case.state).releaseWindow
    const at = readInstant(to, from, [call.case.world.release?.at], releaseZones(call))
    return at === undefined
      ? wrongInput({
          command: call.command,
          setting: call,
          because: `A release date looks like ${dateExample(call, '2026-07-21')}.`,
        })
      : moved(call, at, reason)
  },
})

async function moved(call: CaseCall<PreviewValues>, at: Instant, reason: string | undefined): Promise<Reply> {
  const { release, case: state } = call.case.world
  const reasonField = reason === undefined || reason === '' ? {} : { reason }
  const request = { verb: 'release.move', case: call.case.id, at, ...reasonField } as const
  const sameDay = release?.at !== undefined && Math.floor(release.at / DAY) === Math.floor(at / DAY)
  if (sameDay) return send(call, request, 'Recorded. The day is the same, so nobody outside is mailed.')
  const policy = policyFor(call.engine.policy.policy, state ?? call.case.state)
  return requestApproval(call, {
    request,
    seat: policy.approvals.by,
    title: 'another date',
    fields: [{ label: 'New date', value: line(time(at, call.invocation.at)) }],
    notes: ['Nothing has been sent yet.'],
    style: 'primary',
    input: { to: isoInstant(at), ...reasonField },
  })
}
