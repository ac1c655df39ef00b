import { z } from 'zod'
import { DAY, isoInstant, policyFor } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { line } from '../cards/spans.ts'
import { defineCommand } from '../define-command.ts'
import type { CaseCall } from '../chat-command.ts'
import { about } from '../option.ts'
import { readDateAndRest } from '../text/read-date-and-rest.ts'
import { dateExample, releaseZones } from '../text/zones.ts'
import { time } from '../text/times.ts'
import { unquoted } from '../text/words.ts'
import type { Reply } from '../types.ts'
import { requestApproval } from './shared/approval-request.ts'
import { previewOptions } from './shared/preview-options.ts'
import type { PreviewValues } from './shared/preview-options.ts'
import { RELEASER } from './shared/roles.ts'

const CANCEL = /^cancel(?:\s+(.*))?$/isu

export const reschedule = defineCommand({
  verb: 'reschedule',
  summary: 'Move the release to another date, or cancel it',
  about: 'case',
  allowed: RELEASER,
  form: { title: 'Reschedule', submit: 'Show who would be told' },
  options: {
    reason: z.string().max(2000).exactOptional().register(about, { label: 'Reason', takes: 'named', hidden: true }),
    to: z.string().max(2100).register(about, {
      label: 'New date, or cancel; then the reason',
      hint: '2026-07-21 14:00 the fix for 4.2 is late; in UTC',
      takes: 'rest',
      shownAs: 'date|cancel [reason]',
    }),
    ...previewOptions(),
  },
  run: async (call) => {
    const { to } = call.values
    const cancel = CANCEL.exec(to.trim())
    if (cancel !== null) return cancelled(call, call.values.reason ?? unquoted(cancel[1] ?? ''))
    const policy = policyFor(call.engine.policy.policy, call.case.state)
    const read = readDateAndRest(to, policy.releaseWindow.from, [call.case.world.release?.at], releaseZones(call))
    if (read === undefined)
      return wrongInput({
        command: call.command,
        setting: call,
        because: `A release date looks like ${dateExample(call, '2026-07-21')}. Or write: cancel.`,
      })
    return moved(call, read.at, call.values.reason ?? read.rest)
  },
})

async function moved(call: CaseCall<PreviewValues>, at: Instant, reason: string | undefined): Promise<Reply> {
  const { release, case: state } = call.case.world
  const why = reason === undefined || reason === '' ? {} : { reason }
  const request = { verb: 'release.move', case: call.case.id, at, ...why } as const
  const sameDay = release?.at !== undefined && Math.floor(release.at / DAY) === Math.floor(at / DAY)
  if (sameDay) return send(call, request, 'Noted. The day stays, so nobody outside is mailed.')
  const policy = policyFor(call.engine.policy.policy, state ?? call.case.state)
  return requestApproval(call, {
    request,
    seat: policy.approvals.by,
    title: 'another date',
    fields: [{ label: 'New date', value: line(time(at, call.invocation.at)) }],
    notes: ['Nothing has been sent yet.'],
    style: 'primary',
    input: { to: isoInstant(at), ...why },
  })
}

async function cancelled(call: CaseCall<PreviewValues>, reason: string | undefined): Promise<Reply> {
  const why = reason === undefined || reason === '' ? {} : { reason }
  return requestApproval(call, {
    request: { verb: 'release.cancel', case: call.case.id, ...why },
    seat: policyFor(call.engine.policy.policy, call.case.state).approvals.by,
    title: 'cancel the release',
    notes: ['Nothing has been sent yet.'],
    style: 'danger',
    input: { to: 'cancel', ...why },
  })
}
