import type { CaseEvent } from '../events/case-events.ts'
import type { Context } from '../gates/gate.ts'
import { caseOpen } from '../gates/case-open.ts'
import { isoInstant } from '../shared/instant.ts'
import { nothingToDo, onCase } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/**
 * Records that a person has seen the report and owns the case. Each reporter is asked once about credit, about writing
 * the patch, and about the use of AI.
 */
export const ack = defineRequest({
  verb: 'ack',
  gates: [caseOpen],
  decide: (context) => {
    const { state, request, policy } = context
    if (state.acknowledgedAt !== undefined) {
      const name = policy.people.find((person) => person.id === state.acknowledgedBy)?.name ?? 'Somebody'
      return nothingToDo(`${name} acknowledged this on ${isoInstant(state.acknowledgedAt)}.`)
    }
    return onCase(context, acknowledgment(context, request.note))
  },
  inputs: ({ id }) => [{ verb: 'ack', case: id }],
})

/** The events of an acknowledgment. `/triage` also appends them if nobody has acknowledged the report yet. */
export function acknowledgment(context: Context, note?: string): readonly CaseEvent[] {
  const { state, person } = context
  if (state.acknowledgedAt !== undefined || person === undefined) return []
  const creditQuestions = state.reports
    .filter((report) => report.answerable && !report.asked)
    .map((report): CaseEvent => ({
      type: 'ReporterAsked',
      report: report.id,
      about: ['credit', 'patch-offer', 'ai-use'],
    }))
  return [
    { type: 'CaseAcknowledged', ...(note === undefined ? {} : { note }) },
    { type: 'CoordinatorSet', person: person.id },
    ...creditQuestions,
  ]
}
