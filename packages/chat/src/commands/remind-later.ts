import { z } from 'zod'
import { policyFor } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { readUntil } from '../text/read-until.ts'
import { time, timeInWords } from '../text/times.ts'
import { TEAM } from './shared/roles.ts'

/** This part of core's note is left out, because the answer already says until when the reminders are paused. */
const STILL_COMES = /But if nobody acts, .+/u

export const snooze = defineCommand({
  verb: 'remind.later',
  summary: 'Pause the reminders of a clock, with a reason',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Pause reminders', submit: 'Pause' },
  options: {
    clock: z
      .string()
      .min(1)
      .max(120)
      .register(about, { label: 'Clock', hint: 'A name from the list that "remind" shows', suggests: 'clock' }),
    until: z.string().min(1).max(40).register(about, {
      label: 'Until',
      takes: 'time',
      hint: 'A date, or a time such as "3 days" or "2 working days"',
    }),
    reason: z.string().min(1).max(2000).register(about, { label: 'Reason', takes: 'rest' }),
  },
  run: async (call) => {
    const { clock, until, reason } = call.values
    const { at } = call.invocation
    const instant = readUntil(until, policyFor(call.engine.policy.policy, call.case.state), at)
    if (instant === undefined)
      return wrongInput({
        command: call.command,
        setting: call,
        because: `"${until}" is neither a date nor a time such as "3 days".`,
      })
    const text = `The reminders of ${clock} are paused until ${timeInWords(time(instant, at))}.`
    return send(call, { verb: 'remind.later', case: call.case.id, clock, until: instant, reason }, (_, note = '') =>
      [text, ...(STILL_COMES.exec(note) ?? [])].join(' '),
    )
  },
})
