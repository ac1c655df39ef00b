import type { CaseEvent } from '../events/case-events.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { severityRatedToReopen } from '../gates/severity-rated.ts'
import { fixIsReady, reportsAreIn } from '../state/stage.ts'
import { VOID_CAUSES, voidedBy } from './approvals/void-causes.ts'
import { fixPutAside } from './triage-not-now.ts'
import { nothingToDo, onCase, senseless } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { foreseen } from './readiness.ts'
import type { Context } from '../gates/gate.ts'
import type { RequestOf } from '../vocabulary/command.ts'

/**
 * Reopens a closed case. It is valid again if it was found valid before; otherwise it must be judged again. A deferred
 * case continues where it stopped. A case that we published cannot be reopened. A case that was merged into another is
 * reopened by splitting its report off there.
 */
export const reopen = defineRequest({
  verb: 'reopen',
  gates: [publicationNotBegun, severityRatedToReopen],
  decide: (context) => {
    const { state, release, request } = context
    if (state.rm === 'deferred') return onCase(context, takenUp(context))
    if (state.rm !== 'closed') return nothingToDo('It is open already.')
    const away = reportsAreIn(state)
    if (away !== undefined) {
      return senseless(`It is part of ${away} now, and its reports are there.`, [
        {
          who: 'you',
          how: `split the report off from ${away}; the report then comes back here and reopens this case`,
          verb: 'open.report',
          of: away,
        },
      ])
    }
    const departure: readonly CaseEvent[] =
      release?.is === 'cancelled' ? [{ type: 'ReleaseLeft', release: release.id }] : []
    return onCase(context, [
      ...departure,
      ...voidedBy(VOID_CAUSES.reopening, state, {}),
      ...fixPutAside(state, 'reopened'),
      { type: 'CaseReopened', as: state.onceValid === true ? 'valid' : 'received', reason: request.reason },
    ])
  },
  inputs: ({ id }) => [{ verb: 'reopen', case: id, reason: 'because' }],
})

/**
 * The events when a deferred case continues. If its patches were verified before, the fix is ready again, because
 * nobody has changed them.
 */
function takenUp(context: Context<RequestOf<'reopen'>>): readonly CaseEvent[] {
  const accepted: CaseEvent = { type: 'CaseAccepted', reason: context.request.reason }
  return fixIsReady(foreseen(context, [accepted])) ? [accepted, { type: 'FixReady' }] : [accepted]
}
