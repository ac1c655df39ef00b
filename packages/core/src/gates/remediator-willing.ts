import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** The reporter writes the patch only when they said so. */
export const remediatorWilling: Gate = ({ state, request }) => {
  if (request.verb !== 'assign-patch' || request.to !== 'reporter') return undefined
  if (state.reports.some((report) => report.willing === true)) return undefined
  if (state.reports.length === 0)
    return refuse(
      'remediator-willing',
      'Nobody reported this from outside, so there is no reporter who could write the patch.',
      anyTeamMember('names a person of the case', 'assign-patch'),
    )
  const asked = state.reports.some((report) => report.asked)
  return refuse(
    'remediator-willing',
    asked
      ? 'The reporter was asked, and no yes is logged.'
      : 'The reporter has not been asked whether they write the patch.',
    anyTeamMember('logs the reporter’s yes with the message it rests on', 'log-answer'),
  )
}
