import type { CaseEvent } from '../events/case-events.ts'
import { isSamePerson } from '../state/people/same-person.ts'
import { personOf } from '../state/people/directory.ts'
import { teamRole } from '../policy/roles.ts'
import type { PersonId } from '../shared/ids.ts'
import { isExcluded } from '../state/people/access.ts'
import type { Context } from '../gates/gate.ts'
import { onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/**
 * Records that a report in a team member's name did not come from that member. Anybody can forge a From header, so a
 * From header alone must not keep a person off the case. Somebody else on the case must use this command (gate
 * `not-the-reporter`).
 */
export const peopleNotReporter = defineRequest({
  verb: 'people.not-reporter',
  gates: [],
  decide: (context) => {
    const { whole, state, request } = context
    const named = personOf(whole, request.person)
    const reports = state.reports.filter((report) => report.person === request.person)
    const name = named?.name ?? request.person
    if (reports.length === 0)
      return senseless(`No report of this case came in the name of ${name}.`, you('see who wrote the report', 'status'))
    const proven = reports.some((report) =>
      state.messages.some(
        ({ message, trust }) =>
          message === report.message && (trust === 'signed-by-sender' || trust === 'domain-vouches'),
      ),
    )
    if (proven) {
      return senseless(`The checks of the mail say that ${name} sent it.`, [
        { who: 'another team member', how: `goes on without ${name}` },
      ])
    }
    const back = whole.people.flatMap((person): readonly CaseEvent[] => {
      const role = teamRole(person)
      const isBack = role !== undefined && isSamePerson(whole, request.person, person.id) !== 'no'
      return isBack && state.people[person.id] === undefined && !isOut(context, person.id, request.person)
        ? [{ type: 'PersonInvited', person: person.id, role }]
        : []
    })
    return onCase(context, [
      ...reports.map(({ id }): CaseEvent => ({ type: 'ImpersonationLogged', report: id, person: request.person })),
      ...back,
    ])
  },
  inputs: ({ id, state }) =>
    state.reports.flatMap(({ person }) =>
      person === undefined ? [] : [{ verb: 'people.not-reporter', case: id, person }],
    ),
})

/** Whether `person` would still be barred from the case if the reports in the name of `named` did not exist. */
const isOut = ({ whole, state }: Context, person: PersonId, named: PersonId): boolean =>
  isExcluded(whole, { ...state, reports: state.reports.filter((report) => report.person !== named) }, person)
