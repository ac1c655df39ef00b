import { z } from 'zod'
import { policyFor } from '@embargo/core'
import { send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { readUntil } from '../text/read-until.ts'
import { time, timeInWords } from '../text/times.ts'
import { TEAM } from './shared/roles.ts'

/** Left out of core's note, because the answer says with the date that reminders are snoozed. */
const STILL_COMES = /What comes of it .+/u

export const snooze = defineCommand({
  verb: 'remind.later',
  summary: 'Let the reminders of a clock rest, with a reason',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Let a clock rest', submit: 'Rest' },
  options: {
    clock: z
      .string()
      .min(1)
      .max(120)
      .register(about, { label: 'Clock', hint: 'As "remind" lists them', suggests: 'clock' }),
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
    const text = `The reminders of ${clock} rest until ${timeInWords(time(instant, at))}.`
    return send(call, { verb: 'remind.later', case: call.case.id, clock, until: instant, reason }, (_, note = '') =>
      [text, ...(STILL_COMES.exec(note) ?? [])].join(' '),
    )
  },
})
