import type { PersonRequest } from '../command.ts'
import { publicationNotBegun } from '../../policy/gates/publication-not-begun.ts'
import { onCase, senseless, you } from './handler.ts'
import type { Handler } from './handler.ts'

/** How a reporter is credited, where it was settled outside a mail. A mail's answer is logged with `log-answer`. */
export const credit: Handler<Extract<PersonRequest, { verb: 'credit' }>> = {
  gates: [publicationNotBegun],
  decide: (context) => {
    const { state, request } = context
    const only = state.reports.length === 1 ? state.reports[0] : undefined
    const report = request.report === undefined ? only : state.reports.find((one) => one.id === request.report)
    if (report === undefined) return senseless('Several reports, or none.', you('name the report', 'credit'))
    if (request.credit !== 'anonymous' && request.name === undefined) {
      return senseless('A credit that is not anonymous has a name.', you('give the name', 'credit'))
    }
    const name = request.name === undefined ? {} : { name: { $personal: report.reporter, value: request.name } }
    return onCase(context, [
      { type: 'ReporterAnswered', report: report.id, answer: { about: 'credit', credit: request.credit, ...name } },
    ])
  },
}
