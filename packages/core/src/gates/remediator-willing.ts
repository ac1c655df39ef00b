import { anyTeamMember, defineGate, refuse } from './gate.ts'
import { listAnd } from '../text/name-list.ts'

export const remediatorWilling = defineGate({
  id: 'remediator-willing',
  rule: 'The patch can be assigned to the reporter only if they agreed to write it.',
  check: ({ state, request }) => {
    if (request.verb !== 'assign-patch' || request.to !== 'reporter') return undefined
    if (state.reports.some((report) => report.willing === true)) return undefined
    if (state.reports.length === 0)
      return refuse(
        'remediator-willing',
        'Nobody reported this from outside, so there is no reporter who could write the patch.',
        anyTeamMember('names a person of the case', 'assign-patch'),
      )
    if (state.reports.every((report) => !report.answerable))
      return refuse(
        'remediator-willing',
        'No reporter can be reached, so none can be asked to write the patch.',
        anyTeamMember('names a person of the case', 'assign-patch'),
      )
    const isAsked = state.reports.some((report) => report.asked)
    return refuse(
      'remediator-willing',
      isAsked
        ? 'The reporter was asked, but no yes is logged.'
        : 'The reporter has not been asked whether they want to write the patch.',
      anyTeamMember('logs the reporter’s yes, and names the mail that contains it', 'log-answer'),
    )
  },
  passes: ({ state: { reports }, request }) => {
    const willing = reports.filter((one) => one.willing === true).map(({ id }) => id)
    if (request.verb === 'assign-patch' && request.to === 'reporter')
      return `The reporter of ${listAnd(willing)} said yes.`
    const nor = reports.length === 0 || willing.length > 0 ? '' : ', who has not agreed to write it'
    return `The patch is not assigned to the reporter${nor}.`
  },
  means:
    'The reporter is asked once whether they want to write the patch. Without a yes, the patch is assigned to somebody else.',
  instead: 'A team member logs the reporter’s yes with `log-answer`, or assigns the patch to a person of the case.',
})
