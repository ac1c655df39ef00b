import { missingYes } from '@embargo/core'
import { z } from 'zod'
import { refuse, send, wrongInput } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { reportOf, reportOption } from './report-option.ts'
import { TEAM } from './who.ts'
import { writtenOptions, writtenText } from './written-text.ts'

/** A report and what we say before it. */
const FORWARD_MOST = 40_000

export const forward = defineCommand({
  verb: 'forward',
  summary: 'Forward a report to the vendor whose software it is about, with its reporter’s yes',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Forward the report', submit: 'Show it' },
  options: {
    to: z.email('an address looks like security@vendor.example').max(320).register(about, {
      label: 'Their security contact',
      hint: 'From their security.txt or website; never a public tracker',
      shownAs: 'address',
    }),
    report: reportOption(),
    ...writtenOptions({ most: FORWARD_MOST, label: 'Text', hint: 'Left out: the report, with a few words before it' }),
  },
  run: async (call) => {
    const { to, report, blob, change, text: typed } = call.values
    const target = reportOf(call.case.id, report)
    const missing = missingYes(call.case.state, target.report)
    if (missing !== undefined) return refuse(call, missing)
    const written =
      typed ?? (blob === undefined ? await call.engine.forwardText(call.case.id, target.report) : undefined)
    if (written === undefined && blob === undefined)
      return wrongInput({ command: call.command, setting: call, because: 'The report of this case cannot be read.' })
    const values = {
      ...(written === undefined ? {} : { text: written }),
      ...(blob === undefined ? {} : { blob }),
      ...(change === undefined ? {} : { change }),
      ...(report === undefined ? {} : { report }),
    }
    const shown = await writtenText(
      { ...call, values },
      { verb: 'forward', title: 'Report to another vendor', carries: { to } },
    )
    if ('reply' in shown) return shown.reply
    return send(call, { verb: 'forward', case: call.case.id, to, ...target, ...shown }, 'It goes out by mail now.')
  },
})
