import { z } from 'zod'
import { homeOf, NO_NUMBER, ReportId } from '@embargo/core'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { reasonOption } from './reason-option.ts'
import { TEAM } from './who.ts'

export const split = defineCommand({
  verb: 'split',
  summary: 'Give a report a case of its own again: after a merge, for a second problem, or for another project',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Split a report off', submit: 'Split' },
  options: {
    report: z
      .string()
      .regex(/^(?:[A-Z0-9-]{1,40}\/)?r\d{1,4}$/, 'a report looks like r2')
      .register(about, { label: 'Report', shownAs: 'r2', suggests: 'report' }),
    project: z.string().max(60).exactOptional().register(about, {
      label: 'Another project',
      hint: 'The report leaves this case',
      takes: 'named',
      suggests: 'project',
    }),
    reason: reasonOption('For the team; not mailed'),
  },
  run: async (call) => {
    const { report: typed, project = call.case.state.project, reason } = call.values
    const report = ReportId.parse(typed.includes('/') ? typed : `${call.case.id}/${typed}`)
    const from = call.case.state.reports.find(({ id }) => id === report)?.joined?.case
    const there = from === undefined ? undefined : await call.engine.world(from)
    // What was merged goes home while it can; everything else needs a number of its own.
    const home = there && homeOf(call.case.state, report, there.others)
    const into = home === undefined ? { into: NO_NUMBER } : {}
    const said = home === undefined ? 'The report has a case of its own.' : `The report is in ${home.state.id} again.`
    return send(call, { verb: 'split', case: call.case.id, report, project, reason, ...into }, said)
  },
})
