import type { PersonRequest } from '../command.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import { isoInstant, DAY } from '../../shared/instant.ts'
import { onCase, senseless, you } from './handler.ts'
import type { Handler } from './handler.ts'

/** Two people who press at once, or one who presses twice, must not write to a reporter twice. */
const TOLD_FOR = DAY

/** Every reporter who can be reached hears how far it is, and when they hear again. */
export const update: Handler<Extract<PersonRequest, { verb: 'update' }>> = {
  gates: [],
  decide: (context) => {
    const { state, request, at } = context
    const reports = state.reports.filter(
      (report) => report.answerable && (request.report === undefined || report.id === request.report),
    )
    if (reports.length === 0) return senseless('No reporter can be reached.', you('look at who reported it', 'status'))
    const { updatedAt } = state
    if (updatedAt !== undefined && at - updatedAt < TOLD_FOR && updatedAt >= (state.movedAt ?? updatedAt))
      return onCase(context, [], `They were told on ${isoInstant(updatedAt)}, and nothing has changed since.`)
    return onCase(
      context,
      reports.map(({ id }): CaseEvent => ({ type: 'ReporterUpdated', report: id })),
    )
  },
}
