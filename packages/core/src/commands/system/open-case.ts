import type { Decision } from '../../vocabulary/decision.ts'
import type { SystemRequest } from '../../vocabulary/command.ts'
import { MAX_EARLIER_CASES } from '../../events/case/intake.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import { isSamePerson } from '../../state/people/same-person.ts'
import { teamRole } from '../../policy/roles.ts'
import { after } from '../../policy/calendar.ts'
import type { Policy } from '../../policy/schema.ts'
import { ReportId } from '../../shared/ids.ts'
import type { PersonId } from '../../shared/ids.ts'
import { keySeen } from './reporter-key.ts'

type OpenCase = Extract<SystemRequest, { verb: 'open-case' }>

/**
 * Opens a case for a mail that belongs to no case. The published default terms are a standing proposal, which the
 * reporter accepts by sending the report. So the embargo is in force from receipt, unless the report names other terms.
 */
export function openCase(policy: Policy, request: OpenCase): Decision {
  const end = after(policy.calendar, request.receivedAt, policy.embargo.standing)
  const sender = barred(policy, request)
  const { project, letInBy, practice } = request
  const letIn = letInBy === undefined ? {} : { letInBy }
  const marked = practice === undefined ? {} : { practice }
  const opened: readonly CaseEvent[] = [
    { type: 'CaseOpened', project, source: 'mail', publication: 'release', ...letIn, ...marked },
    { type: 'VendorAware' },
    ...teamOf(policy, sender),
    { type: 'EmbargoProposed', proposal: 'standing', by: 'standing', end },
    { type: 'EmbargoAccepted', proposal: 'standing', by: 'reporter', end },
    ...report(request, sender),
    // A report that was made in a private advisory uses this advisory for the case, so no second one is opened.
    ...advisoryOf(request),
  ]
  return { ok: true, appends: [{ stream: request.case, events: opened }] }
}

function advisoryOf({ advisory: link, advisoryRevision: revision }: OpenCase): readonly CaseEvent[] {
  return link === undefined ? [] : [{ type: 'AdvisoryOpened', link, ...(revision !== undefined && { revision }) }]
}

/**
 * Invites the people whose role puts them on a new case from its beginning. A person who is barred from this case is
 * left out.
 */
export const teamOf = (policy: Policy, barredOne: PersonId | undefined): readonly CaseEvent[] =>
  policy.people
    .filter((person) => barredOne === undefined || isSamePerson(policy, barredOne, person.id) === 'no')
    .flatMap((person): readonly CaseEvent[] => {
      const role = teamRole(person)
      return role === undefined ? [] : [{ type: 'PersonInvited', person: person.id, role }]
    })

/**
 * The team member who sent the report and is therefore barred from the case. If nobody else could work on the case,
 * nobody is barred, because the From header may be forged and somebody must see the case.
 */
function barred(policy: Policy, { person }: OpenCase): PersonId | undefined {
  if (person === undefined) return undefined
  const others = policy.people.some(
    (one) => teamRole(one) !== undefined && isSamePerson(policy, person, one.id) === 'no',
  )
  return others ? person : undefined
}

function report(request: OpenCase, person: PersonId | undefined): readonly CaseEvent[] {
  const {
    message,
    identity,
    unreadable = 'unparsable',
    reporter,
    receivedAt,
    trust,
    checks,
    automatic,
    through,
    advisory,
    earlier = [],
    receipt,
    key,
    earlierKey,
  } = request
  if (identity === undefined) return [{ type: 'MessageQuarantined', message, because: unreadable }]
  const id = ReportId.parse(`${request.case}/r1`)
  return [
    {
      type: 'ReportAttached',
      report: id,
      reporter,
      identity: { $personal: reporter, value: identity },
      message,
      receivedAt,
      // We never answer an automatic mail (RFC 3834), or a mail whose sender failed the checks.
      answerable: !automatic && trust !== 'failed',
      ...(person === undefined ? {} : { person }),
      ...(through === undefined ? {} : { through }),
      ...(advisory === undefined ? {} : { advisory }),
      ...(earlier.length === 0 ? {} : { earlier: earlier.slice(0, MAX_EARLIER_CASES) }),
      ...(receipt === undefined ? {} : { receipt }),
    },
    {
      type: 'MessageTakenIn',
      message,
      from: 'reporter',
      report: id,
      trust,
      automatic,
      ...(checks === undefined ? {} : { checks }),
    },
    ...keySeen({ id, reporter }, { key, earlierKey }),
  ]
}
