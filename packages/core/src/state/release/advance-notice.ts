import type { Policy, PrenotificationList } from '../../policy/schema.ts'
import type { CaseState } from '../state.ts'
import { policyFor } from '../policy-for.ts'
import { projectOf } from '../project.ts'
import { suspectedRecipients } from '../world/signals.ts'

/**
 * The lists that a release concerns, each with the cases that the list is told about. A list of one project is not told
 * about other projects.
 */
export function listsToldOf(
  whole: Policy,
  cases: readonly CaseState[],
): readonly { readonly list: PrenotificationList; readonly cases: readonly CaseState[] }[] {
  return whole.prenotification.lists.flatMap((list) => {
    const listCases = cases.filter((one) =>
      policyFor(whole, one).prenotification.lists.some(({ id }) => id === list.id),
    )
    return listCases.length === 0 ? [] : [{ list, cases: listCases }]
  })
}

/** Whether a recipient may have leaked details of one of the cases. */
export const isSuspected = (cases: readonly CaseState[], list: string, recipient: string): boolean =>
  cases.some((one) =>
    suspectedRecipients(one).some((suspect) => suspect.list === list && suspect.recipient === recipient),
  )

/** Whether a public heads-up announces the release before its date. */
export const announcesAhead = (whole: Policy, cases: readonly CaseState[]): boolean =>
  cases.some(
    (one) =>
      projectOf(whole, one).announce !== undefined &&
      policyFor(whole, one).prenotification.headsUp.includes(one.severity ?? 'high'),
  )

/** Whether anybody is told about a case before the public. If nobody is, no date is promised and no date is needed. */
export const tellsAnybody = (whole: Policy, cases: readonly CaseState[]): boolean =>
  announcesAhead(whole, cases) ||
  listsToldOf(whole, cases).some(({ list }) => list.recipients.some(({ id }) => !isSuspected(cases, list.id, id)))
