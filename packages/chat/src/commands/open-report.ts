import { z } from 'zod'
import { mergeOrigin, NO_NUMBER, ReportId, splitTerms } from '@embargo/core'
import { refusalNow, send } from '../answers.ts'
import { splitPreviewCard } from '../cards/split-preview.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { reasonOption } from './shared/reason-option.ts'
import { TEAM } from './shared/roles.ts'

export const split = defineCommand({
  verb: 'open.report',
  summary: 'Split a report off into a case of its own: after a merge, for a second problem, or for another project',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Split a report off', submit: 'Show what it does' },
  options: {
    report: z
      .string()
      .regex(/^(?:[A-Z0-9-]{1,40}\/)?r\d{1,4}$/, 'a report looks like r2')
      .register(about, { label: 'Report', shownAs: 'r2', suggests: 'report' }),
    project: z.string().max(60).exactOptional().register(about, {
      label: 'Another project',
      hint: 'If given, the report leaves this case',
      takes: 'named',
      suggests: 'project',
    }),
    reason: reasonOption('For the team; not mailed'),
    sure: z.enum(['yes']).exactOptional().register(about, { label: 'Sure', hidden: true, takes: 'named' }),
  },
  run: async (call) => {
    const { state } = call.case
    const { report: typed, reason, sure } = call.values
    const report = ReportId.parse(typed.includes('/') ? typed : `${call.case.id}/${typed}`)
    const from = state.reports.find(({ id }) => id === report)?.joined?.case
    const there = from === undefined ? undefined : await call.engine.queries.world(from)
    const others = new Map([...call.case.world.others, ...(there?.others ?? [])])
    // If possible, a merged report returns to its previous case, unless another project is named. Otherwise the report
    // gets a new case, whose number begins with the prefix of its project.
    const project = call.values.project ?? mergeOrigin(state, report, others)?.state.project ?? state.project
    const terms = splitTerms(state, { report, project }, others)
    const { home } = terms
    const into = home === undefined ? { into: NO_NUMBER } : {}
    const request = { verb: 'open.report', case: call.case.id, report, project, reason, ...into } as const
    const found = state.reports.find(({ id }) => id === report)
    if (sure === undefined && found !== undefined) {
      const seen = { ...call.case, world: { ...call.case.world, others } }
      const refused = refusalNow({ ...call, case: seen }, request)
      if (refused !== undefined) return refused
      const { projects } = call.engine.policy.policy
      return {
        audience: 'caller',
        card: splitPreviewCard({
          state,
          report: found,
          terms,
          project: projects.find(({ id }) => id === terms.project)?.name ?? terms.project,
          input: { report: typed, project, reason },
          relayMissing: call.engine.relayMissing,
        }),
        facts: { is: 'preview', warning: 'Its reporter is mailed, and mail cannot be called back.', sections: [] },
      }
    }
    const text = home === undefined ? 'The report now has a case of its own.' : `The report is in ${home} again.`
    return send(call, request, text)
  },
})
