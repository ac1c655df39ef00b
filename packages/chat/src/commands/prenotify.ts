import { z } from 'zod'
import { isoInstant, proposedRelease } from '@embargo/core'
import { refuse, send, wrongInput } from '../answers.ts'
import { previewCard, previewFacts } from '../cards/preview.ts'
import { CANNOT_BE_UNDONE } from '../cards/irreversible.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { readInstant } from '../text/read-instant.ts'
import { previewOf } from './preview-of.ts'
import { goOnLabel, whatFollows } from './second-seat.ts'
import { howMuch, shownBy, shownOptions } from './shown-options.ts'
import { RELEASER } from './who.ts'

export const prenotify = defineCommand({
  verb: 'prenotify',
  summary: 'Tell the pre-notification lists, and post the heads-up',
  short: true,
  about: 'case',
  allowed: RELEASER,
  form: { title: 'Pre-notify', submit: 'Show what would go out' },
  options: {
    at: z.string().max(40).exactOptional().register(about, {
      label: 'Release',
      hint: '2026-07-14 or 2026-07-14 14:00, in UTC',
      takes: 'rest',
      kind: 'date-time',
      shownAs: 'date',
    }),
    ...shownOptions(),
  },
  run: async (call) => {
    const { policy } = call.engine.policy
    const named = call.values.at === undefined ? undefined : readInstant(call.values.at, policy.releaseWindow.from)
    if (named === undefined && call.values.at !== undefined) {
      return wrongInput({
        command: call.command,
        setting: call,
        because: 'A release date looks like 2026-07-14 or 2026-07-14 14:00; it is read as UTC.',
      })
    }
    // Without a date the rules propose one; the button carries it, so that what is asked for is what was shown.
    const at = named ?? proposedRelease(policy, call.case.state, call.invocation.at)
    const request = { verb: 'prenotify', case: call.case.id, ...(at === undefined ? {} : { at }) } as const
    const shown = shownBy(call.values)
    const second = policy.approvals.prenotify
    if (shown !== undefined) return send(call, { ...request, shown }, whatFollows(second))
    const preview = await previewOf(call, request)
    if ('gate' in preview) return refuse(call, preview)
    const card = previewCard({
      state: call.case.state,
      title: 'pre-notification',
      preview,
      ...howMuch(call.values, call.invocation.place),
      warning: CANNOT_BE_UNDONE.prenotify,
      notes: ['Nothing has been sent yet.'],
      action: {
        label: goOnLabel(second),
        verb: 'prenotify',
        style: 'primary',
        input: at === undefined ? {} : { at: isoInstant(at) },
      },
    })
    return { audience: 'caller', card, facts: previewFacts(preview, CANNOT_BE_UNDONE.prenotify) }
  },
})
