import type { Report } from '../state/state.ts'
import { listAnd } from '../text/name-list.ts'
import { anyTeamMember, defineGate, refuse } from './gate.ts'

/** Reports whose reporter can be reached, was not asked how to be credited, and has not told us unasked either. */
export const reportsWithoutCreditQuestion = (reports: readonly Report[]): readonly Report[] =>
  reports.filter(({ answerable, asked, credit }) => answerable && !asked && credit === undefined)

/** A reporter who was asked and does not answer stays anonymous. */
export const credit = defineGate({
  id: 'credit',
  rule: 'Every reporter who can be reached must have been asked how to be credited.',
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
      : {
          key: unasked.join(),
          about: `publishing without naming the reporter of ${listAnd(unasked)}, whom nobody asked`,
        }
  },
  means: 'A reporter decides how they are credited. A reporter who was asked and does not answer is not named.',
  instead:
    'Ask the reporter with `reply` and log the answer with `log-answer`; if the reporter told you elsewhere, record the answer with `log-answer elsewhere`; or waive this rule with `waive`.',
})

function creditFact({ id, credit, asked, answerable }: Report): string {
  if (credit !== undefined) return `The reporter of ${id} is credited as ${credit.kind}.`
  if (asked) return `The reporter of ${id} was asked, has not answered, and is not named.`
  return answerable ? `The reporter of ${id} was not asked.` : `The reporter of ${id} cannot be asked.`
}
