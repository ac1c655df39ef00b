import { ApprovalId } from '../../shared/ids.ts'
import { after } from '../../policy/calendar.ts'
import type { Context } from '../../policy/gates/gate.ts'
import type { PersonRequest } from '../command.ts'
import type { Decision } from '../decision.ts'
import { onCase, senseless, you } from './handler.ts'

/** The request as it waits: without what was shown, which the approval holds itself. */
export const asText = (request: PersonRequest): string => {
  const { shown: _shown, ...rest } = 'shown' in request ? request : { ...request, shown: undefined }
  return JSON.stringify(rest)
}

/** Asks a second person (or, in the solo profile, the same one an hour later) about exactly what was shown. */
export function askForApproval(
  context: Context,
  request: Extract<PersonRequest, { verb: 'prenotify' | 'disclose' }>,
  kind: 'prenotify' | 'disclose',
): Decision {
  const { state, policy, person, at } = context
  if (request.shown === undefined || person === undefined) {
    return senseless('Nothing was shown yet.', you('look at the preview first', kind))
  }
  const { digest, now = digest } = request.shown
  if (now !== digest)
    return senseless('What would leave has changed since it was shown.', you('look at it as it is now', kind))
  const asked = asText(request)
  if (
    state.approvals.some((one) => one.status === 'open' && one.asked === asked && one.digest === request.shown?.digest)
  ) {
    return onCase(context, [], 'This waits for approval already.')
  }
  const mode = policy.approvals[kind]
  const superseded = state.approvals
    .filter((one) => one.status === 'open')
    .map((one) => ({ type: 'ApprovalVoided', approval: one.id, because: 'a newer question took its place' }) as const)
  return onCase(context, [
    ...superseded,
    {
      type: 'ApprovalRequested',
      approval: ApprovalId.parse(`${state.id}/a${state.approvals.length + 1}`),
      mode,
      asked,
      notBefore: mode === 'second-look' ? after(policy.calendar, at, policy.approvals.secondLookAfter) : at,
      digest: request.shown.digest,
      shown: request.shown.blob,
      by: person.id,
    },
  ])
}
