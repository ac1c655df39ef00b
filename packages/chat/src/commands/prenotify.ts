import { z } from 'zod'
import { isoInstant, policyFor, proposedRelease } from '@embargo/core'
import type { Instant } from '@embargo/core'
import type { Line } from '@embargo/engine'
import { wrongInput } from '../answers.ts'
import { line } from '../cards/spans.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { readInstant } from '../text/read-instant.ts'
import { time } from '../text/times.ts'
import { askTwo } from './ask-two.ts'
import { shownOptions } from './shown-options.ts'
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
    const policy = policyFor(call.engine.policy.policy, call.case.state)
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
    return askTwo(call, {
      request: { verb: 'prenotify', case: call.case.id, ...(at === undefined ? {} : { at }) },
      seat: policy.approvals.prenotify,
      title: 'pre-notification',
      fields: at === undefined ? [] : [{ label: 'Release', value: releaseLine(at, call.invocation.at, named) }],
      notes: ['Nothing has been sent yet.'],
      style: 'primary',
      input: at === undefined ? {} : { at: isoInstant(at) },
    })
  },
})

/** The date is what everybody is told, so it is never only in the button. */
const releaseLine = (at: Instant, now: Instant, named: Instant | undefined): Line =>
  line(time(at, now), ...(named === undefined ? [' · proposed, because you named no date'] : []))
