import type { PersonRequest } from '../vocabulary/command.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { severityRatedToReopen } from '../gates/severity-rated.ts'
import { fixIsReady, reportsAreIn } from '../state/stage.ts'
import { fixPutAside } from './triage-not-now.ts'
import { onCase, senseless } from './handler.ts'
import type { Handler } from './handler.ts'
import { foreseen } from './readiness.ts'

/**
 * Reopens a closed case for a new round: as valid if it was once found valid, otherwise as received. A deferred case
 * continues where it stopped. A case that we published is not reopened: a wrong fix is a new, linked case. A merged
 * case comes back with its report, by a split; one that nobody mailed has no report, so it comes back by this command.
 */
export const reopen: Handler<Extract<PersonRequest, { verb: 'reopen' }>> = {
  gates: [publicationNotBegun, severityRatedToReopen],
  decide: (context) => {
    const { state, release, request } = context
    if (state.rm === 'deferred') return onCase(context, takenUp(context))
    if (state.rm !== 'closed') return onCase(context, [], 'It is open already.')
    const away = reportsAreIn(state)
    if (away !== undefined) {
      return senseless(`It is part of ${away} now, and its reports are there.`, [
        {
          who: 'you',
          how: `split the report off in ${away}; it comes home and opens this case again`,
          verb: 'open.report',
          of: away,
        },
      ])
    }
    const left: readonly CaseEvent[] = release?.is === 'cancelled' ? [{ type: 'ReleaseLeft', release: release.id }] : []
    return onCase(context, [
      ...left,
      ...voidedApprovals(state, 'the case was reopened'),
      ...fixPutAside(state, 'reopened'),
      { type: 'CaseReopened', as: state.onceValid === true ? 'valid' : 'received', reason: request.reason },
    ])
  },
}

/** In the new round the patches count again: they were verified, and nobody changed them. */
function takenUp(context: Parameters<typeof reopen.decide>[0]): readonly CaseEvent[] {
  const accepted: CaseEvent = { type: 'CaseAccepted', reason: context.request.reason }
  return fixIsReady(foreseen(context, [accepted])) ? [accepted, { type: 'FixReady' }] : [accepted]
}

/**
 * An approval that was asked for in an earlier round must not run in this one. A signal reports a fact, so it holds in
 * every round.
 */
export const voidedApprovals = (
  { approvals }: Parameters<typeof reopen.decide>[0]['state'],
  because: string,
): readonly CaseEvent[] =>
  approvals
    .filter(({ status, yesFrom }) => status === 'open' && yesFrom === undefined)
    .map(({ id }) => ({ type: 'ApprovalVoided', approval: id, because }))
