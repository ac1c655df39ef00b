import { noPublicationApproved } from '../gates/frozen.ts'
import type { Gate } from '../gates/gate.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { isPublished } from '../state/release/text-freeze.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { isUnresolved, resolveReport } from './resolve/report.ts'

/**
 * Refuses while a publication runs. After the publication, a credit may change again, and the next revision of the
 * record contains it.
 */
const publicationNotRunning: Gate = {
  id: 'publication-not-begun',
  check: (context) => (isPublished(context.release) ? undefined : publicationNotBegun.check(context)),
}

/**
 * Records how a reporter wants to be credited, if they said so in another way than by mail. An answer in a mail is
 * logged with `log-answer`.
 */
export const logAnswerCredit = defineRequest({
  verb: 'log-answer.credit',
  gates: [publicationNotRunning, noPublicationApproved],
  decide: (context) => {
    const { state, request } = context
    const none = 'Nobody reported this case, so there is nobody to credit.'
    const report = resolveReport(state.reports, { named: request.report, verb: 'log-answer.credit', none })
    if (isUnresolved(report)) return report
    if (request.credit !== 'anonymous' && request.name === undefined) {
      return senseless('A credit needs a name, unless it is anonymous.', you('give the name', 'log-answer.credit'))
    }
    if (report.credit?.kind === request.credit && report.credit.name?.value === request.name)
      return nothingToDo('The reporter is credited like that already.')
    const name = request.name === undefined ? {} : { name: { $personal: report.reporter, value: request.name } }
    return onCase(context, [
      {
        type: 'ReporterAnswered',
        report: report.id,
        answer: { about: 'credit', credit: request.credit, ...name },
        ...(isPublished(context.release) ? { late: true } : {}),
      },
    ])
  },
  inputs: ({ id, state }) => {
    const named = state.reports.some((report) => report.credit?.kind === 'named')
    return [
      named
        ? { verb: 'log-answer.credit', case: id, credit: 'anonymous' }
        : { verb: 'log-answer.credit', case: id, credit: 'named', name: 'Somebody' },
      { verb: 'log-answer.credit', case: id, credit: 'named' },
    ]
  },
})
