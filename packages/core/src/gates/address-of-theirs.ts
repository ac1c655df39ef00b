import type { PersonRequest } from '../vocabulary/command.ts'
import type { CaseState, Report } from '../state/state.ts'
import { personOfAddress } from '../state/people/directory.ts'
import { defineGate, nobody, refuse } from './gate.ts'

type AddressRequest = Extract<PersonRequest, { verb: 'log-answer.address' }>

/**
 * This gate can never be waived, because mail to a reporter must go to nobody else. A reporter whose data was erased
 * gets no mail.
 */
export const addressOfTheirs = defineGate({
  id: 'address-of-theirs',
  rule: 'A reporter gets mail only at an address of their own, never at one of ours.',
  check: ({ request, state, whole }) => {
    if (request.verb !== 'log-answer.address') return undefined
    const report = reportAsked(state, request)
    if (report === undefined)
      return request.report === undefined
        ? undefined
        : refuse('address-of-theirs', `${request.report} is not in this case.`, [
            { who: 'you', how: 'look at which reports it has', verb: 'status' },
          ])
    if (report.identity.value === null)
      return refuse(
        'address-of-theirs',
        'The reporter’s data was erased, address included, and cannot be restored.',
        nobody('this reporter can no longer get mail'),
      )
    const address = addressNamed(report, request)
    if (address === undefined) return undefined
    const person = personOfAddress(whole, address)
    if (person !== undefined && person.id !== report.person)
      return refuse('address-of-theirs', `That address belongs to ${person.name}.`, [
        { who: 'the reporter', how: 'writes from an address of their own' },
      ])
    const own = whole.projects.find((project) => project.address.toLowerCase() === address.toLowerCase())
    return own === undefined
      ? undefined
      : refuse('address-of-theirs', `That is the address that takes reports for ${own.name}.`, [
          { who: 'the reporter', how: 'writes from an address of their own' },
        ])
  },
  passes: () => 'No address of ours is named.',
  notAsked: ({ request }) =>
    request.verb === 'log-answer.address' && request.message === undefined
      ? 'name the mail that came from the new address'
      : undefined,
  means:
    'A letter about a case must never go to an address of the team or of the project, nor to a reporter whose data was erased.',
  instead: 'The reporter writes from an address of their own.',
})

/** The report that the request names or, if it names none, the case's only report. */
export const reportAsked = ({ reports }: Pick<CaseState, 'reports'>, { report }: AddressRequest): Report | undefined =>
  report === undefined && reports.length === 1 ? reports[0] : reports.find(({ id }) => id === report)

/** The address that the engine read in the mail, or the one stored with the waiting approval. */
export const addressNamed = ({ named }: Report, { address, message }: AddressRequest): string | undefined =>
  address ?? (named !== undefined && named.message === message ? named.identity.value?.address : undefined)
