import type { Report } from '../state/state.ts'
import { listAnd } from '../text/name-list.ts'
import { anyTeamMember, defineGate, refuse } from './gate.ts'

/** Reporters who can be reached, were not asked how to be credited, and did not say it themselves. */
export const reportsWithoutCreditQuestion = (reports: readonly Report[]): readonly Report[] =>
  reports.filter(({ answerable, asked, credit }) => answerable && !asked && credit === undefined)

/** Silence means anonymous, but only if the reporter was asked. */
export const credit = defineGate({
  id: 'credit',
  rule: 'Each reporter who can be reached must be asked how to be credited.',
  check: ({ state }) => {
    const unasked = reportsWithoutCreditQuestion(state.reports).map(({ id }) => id)
    return unasked.length === 0
      ? undefined
      : refuse('credit', `Nobody has asked the reporter of ${listAnd(unasked)} how to be credited.`, [
          ...anyTeamMember('asks them by mail, and logs what they answer', 'log-answer'),
          ...anyTeamMember('records what they want', 'log-answer.credit'),
        ])
  },
  passes: ({ state: { reports } }) =>
    reports.length === 0
      ? 'Nobody reported this case, so there is nobody to credit.'
      : reports.map(creditFact).join(' '),
  waiverSubject: ({ state }) => {
    const unasked = reportsWithoutCreditQuestion(state.reports).map(({ id }) => id)
    return unasked.length === 0
      ? undefined
      : { key: unasked.join(), about: `publishing with no name for ${listAnd(unasked)}, whom nobody asked` }
  },
  means: 'The reporter was asked how they want to be named. No answer means that they are not.',
  instead:
    'Ask them with `reply` and log what they answer with `log-answer`, or record what they want with `log-answer elsewhere`; or waive it with `waive`.',
})

function creditFact({ id, credit, asked, answerable }: Report): string {
  if (credit !== undefined) return `The reporter of ${id} is credited as ${credit.kind}.`
  if (asked) return `The reporter of ${id} was asked and has not answered: anonymous.`
  return answerable ? `The reporter of ${id} was not asked.` : `The reporter of ${id} cannot be asked.`
}
