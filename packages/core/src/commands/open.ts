import type { PersonRequest } from '../vocabulary/command.ts'
import type { Append } from '../vocabulary/decision.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { initialCase } from '../state/initial.ts'
import { withoutExcluded } from './people/exclusions.ts'
import { maySee } from '../state/people/need-to-know.ts'
import { teamRole } from '../policy/roles.ts'
import { after } from '../policy/calendar.ts'
import type { Context } from '../gates/gate.ts'
import { policyFor } from '../state/policy-for.ts'
import type { Policy } from '../policy/schema.ts'
import type { Instant } from '../shared/instant.ts'
import { reportOfMail } from '../state/report/mail-encryption.ts'
import { ReportId } from '../shared/ids.ts'
import type { CaseId } from '../shared/ids.ts'
import type { CaseState, Report, TakenIn } from '../state/state.ts'
import { teamOf } from './system/open-case.ts'
import { nothingToDo, onStreams, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

type OpenRequest = Extract<PersonRequest, { verb: 'open' }>

/** The state of a case that is about to be opened. The project's team is on it, so the gates can be checked. */
export function aboutToOpen(whole: Policy, { case: id, project }: OpenRequest, at: Instant): CaseState {
  const { people } = policyFor(whole, { project })
  const team = people.flatMap((person) => {
    const role = teamRole(person)
    return role === undefined ? [] : [[person.id, role] as const]
  })
  return { ...initialCase(id, at), project, people: Object.fromEntries(team) }
}

/**
 * Opens a case for a vulnerability without a report of its own: the team found the vulnerability, somebody read about
 * it in public, or a reporter of a public case wrote about it in a mail to that case. If the vulnerability is already
 * public, the case records this at once. The new case may follow a public case, for example because the fix of that
 * case is incomplete. The two cases are then linked. If the request names a mail of the public case's reporter, that
 * mail becomes the report of the new case, and the reporter's wish about credit applies to the new case too.
 */
export const open = defineRequest({
  verb: 'open',
  gates: [],
  decide: (context) => {
    const { policy, request, others, person, state } = context
    if (state.version > 0) return nothingToDo(`${state.id} is open already.`)
    if (!policy.projects.some(({ id }) => id === request.project)) {
      const known = policy.projects.map(({ id }) => id).join(', ')
      return senseless(
        `The policy has no project "${request.project}".`,
        you(`name a project of the policy: ${known}`, 'open'),
      )
    }
    const followed = request.follows === undefined ? undefined : others.get(request.follows)
    if (request.follows !== undefined) {
      if (followed?.kind !== 'case' || !maySee(followed, person?.id))
        return senseless(
          'There is no such case, or you do not work on it.',
          you('name the case that the new one follows', 'open'),
        )
      if (followed.cs.public === undefined)
        return senseless(
          `${followed.id} is not public, so a problem with its fix belongs in that case.`,
          you('go on there'),
        )
    }
    const finder = followed?.kind === 'case' ? finderOf(followed, request) : undefined
    if (request.mail !== undefined && finder === undefined)
      return senseless('That mail is not from a reporter of the case that the new one follows.', [
        ...you('name a mail of a reporter of that case, or leave out the mail', 'open'),
        {
          who: 'anybody else who found it',
          how: 'reports it to the project’s address, which opens a case; a team member then triages that case as valid with --follows',
        },
      ])
    const { follows, mail } = request
    const before =
      followed?.kind === 'case' && mail !== undefined ? followed.links.find((one) => one.mail === mail) : undefined
    if (before !== undefined) return nothingToDo(`This mail opened ${before.case} already.`)
    const ofMail = mail === undefined ? {} : { mail }
    const linked: readonly Append[] =
      follows === undefined
        ? []
        : [{ stream: follows, events: [{ type: 'CaseLinked', case: request.case, as: 'followed-by', ...ofMail }] }]
    return onStreams([
      { stream: request.case, events: opened(context, followed?.kind === 'case' ? followed : undefined, finder) },
      ...linked,
    ])
  },
  inputs: ({ id, nextId, project }) => [{ verb: 'open', case: nextId, project: project.id, follows: id }],
})

/** A reporter of the public case, and the mail in which they say that its fix is incomplete. */
type Finder = { readonly report: Report; readonly mail: TakenIn }

function finderOf(followed: CaseState, { mail: message }: OpenRequest): Finder | undefined {
  const mail = followed.messages.find((one) => one.message === message)
  const report = mail && reportOfMail(followed.reports, mail)
  return mail === undefined || report === undefined ? undefined : { report, mail }
}

/**
 * The events that make the finder's mail the report of the new case. What the finder said about credit applies to the
 * new case too. Their agreement to the embargo of the public case does not.
 */
function found(id: CaseId, from: CaseId, { report, mail }: Finder): readonly CaseEvent[] {
  const { reporter, identity, answerable, asked, person, through, advisory, key, plain, credit } = report
  const { message, trust, checks, at } = mail
  const as = ReportId.parse(`${id}/r1`)
  return [
    {
      type: 'ReportJoined',
      report: as,
      by: 'follow-up',
      from,
      was: report.id,
      reporter,
      identity,
      message,
      receivedAt: at,
      answerable,
      asked,
      ...(person !== undefined && { person }),
      ...(through !== undefined && { through }),
      ...(advisory !== undefined && { advisory }),
      ...(key !== undefined && { key }),
      ...(plain !== undefined && { plain }),
      ...(credit !== undefined && { credit }),
    },
    {
      type: 'MessageMoved',
      message,
      case: from,
      from: 'reporter',
      report: as,
      trust,
      takenAt: at,
      ...(checks !== undefined && { checks }),
    },
  ]
}

function opened(
  { policy, request, person, at }: Context<OpenRequest>,
  followed: CaseState | undefined,
  finder: Finder | undefined,
): readonly CaseEvent[] {
  const { project, follows, note, public: link } = request
  const end = after(policy.calendar, at, policy.embargo.standing)
  const secrecy: readonly CaseEvent[] =
    link === undefined
      ? [
          { type: 'EmbargoProposed', proposal: 'standing', by: 'standing', end },
          { type: 'EmbargoAccepted', proposal: 'standing', by: 'team', end },
        ]
      : [{ type: 'VulnerabilityPublic', because: 'signal', link }]
  return [
    { type: 'CaseOpened', project, source: 'person', publication: 'release' },
    { type: 'VendorAware' },
    ...(followed === undefined
      ? teamOf(policy, undefined)
      : withoutExcluded(policy, teamOf(policy, finder?.report.person), followed)),
    // Another letter tells the finder the number of the new case, so the acknowledgment sends no mail.
    { type: 'CaseAcknowledged', ...(note === undefined ? {} : { note }), ...(finder && { quiet: true as const }) },
    ...(person === undefined ? [] : [{ type: 'CoordinatorSet', person: person.id } as const]),
    ...secrecy,
    ...(finder === undefined || followed === undefined ? [] : found(request.case, followed.id, finder)),
    ...(follows === undefined ? [] : [{ type: 'CaseLinked', case: follows, as: 'follows' } as const]),
  ]
}
