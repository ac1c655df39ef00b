import type { CaseEvent } from '../events/case-events.ts'
import { fallingProposal } from '../state/embargo/ending.ts'
import { caseOpen } from '../gates/case-open.ts'
import { frozen } from '../gates/frozen.ts'
import { noPrenotificationOut } from '../gates/no-prenotification-out.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { leaveRelease } from './publication/leave-release.ts'
import { answerableReports } from '../state/report/reachability.ts'
import { mergeAppends } from '../vocabulary/merge-appends.ts'
import { nothingToDo, onStreams, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import type { CaseState } from '../state/state.ts'

/** Defers the case. The reporters are told why. Only a person can take up the case again. */
export const triageNotNow = defineRequest({
  verb: 'triage.not-now',
  gates: [caseOpen, publicationNotBegun, noPrenotificationOut, frozen],
  decide: (context) => {
    const { state, request } = context
    const { reason } = request
    if (state.rm === 'deferred') return nothingToDo('It is deferred already.')
    if (state.rm !== 'valid' && state.rm !== 'accepted')
      return senseless('Only a valid case can be deferred.', you('first decide what the report is', 'triage'))
    const updates = answerableReports(state).map(({ id }): CaseEvent => ({
      type: 'ReporterUpdated',
      report: id,
      reason,
    }))
    const deferred: readonly CaseEvent[] = [
      ...fallingProposal(state.em),
      ...fixPutAside(state, 'deferred'),
      { type: 'CaseDeferred', reason },
      ...updates,
    ]
    const departure = leaveRelease(context, 'the case is deferred')
    return onStreams(mergeAppends([...departure, { stream: state.id, events: deferred }]))
  },
  inputs: ({ id }) => [{ verb: 'triage.not-now', case: id, reason: 'because' }],
})

/** Withdraws a fix that was ready, because only an accepted case can have a ready fix. The patches remain. */
export function fixPutAside({ cs, branches }: CaseState, because: 'deferred' | 'reopened'): readonly CaseEvent[] {
  if (cs.fixReady === undefined) return []
  const [branch] = branches.filter(({ fix, waived }) => fix !== undefined || waived !== undefined)
  return [{ type: 'FixWithdrawn', branch: branch?.name ?? 'main', because }]
}
