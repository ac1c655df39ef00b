import type { Report } from '../state/state.ts'
import { inARow } from '../text/in-a-row.ts'
import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Whom nobody asked how to be credited, though they can be reached, and who has not said it of their own accord. */
export const unaskedOfCredit = (reports: readonly Report[]): readonly Report[] =>
  reports.filter(({ answerable, asked, credit }) => answerable && !asked && credit === undefined)

/** Silence means anonymous, but only of somebody who was asked. */
export const creditDecided: Gate = ({ state }) => {
  const unasked = unaskedOfCredit(state.reports).map(({ id }) => id)
  return unasked.length === 0
    ? undefined
    : refuse('credit-decided', `Nobody has asked the reporter of ${inARow(unasked)} how to be credited.`, [
        ...anyTeamMember('asks them by mail, and logs what they answer', 'log-answer'),
        ...anyTeamMember('records what they want', 'credit'),
      ])
}
