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
import type { CaseState } from '../state/state.ts'
import { teamOf } from './system/open-case.ts'
import { accepted, nothingToDo, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

type Open = Extract<PersonRequest, { verb: 'open' }>

/**
 * The state of a case that is about to be opened. The project's team is on the case, so that the gates can be checked
 * before the case exists.
 */
export function aboutToOpen(whole: Policy, { case: id, project }: Open, at: Instant): CaseState {
  const { people } = policyFor(whole, { project })
  const team = people.flatMap((person) => {
    const role = teamRole(person)
    return role === undefined ? [] : [[person.id, role] as const]
  })
  return { ...initialCase(id, at), project, people: Object.fromEntries(team) }
}

/**
 * Opens a case without a reporter, for a vulnerability that the team found or that somebody read about in public. If it
 * is public, P is set at once. If the new case follows a public case, for example because of a problem with its fix,
 * each of the two links to the other.
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
          'There is no such case among those that you work on.',
          you('name the case that it follows', 'open'),
        )
      if (followed.cs.public === undefined)
        return senseless(
          `${followed.id} is not public, so a problem with its fix belongs in that case.`,
          you('go on there'),
        )
    }
    const linked: readonly Append[] =
      request.follows === undefined
        ? []
        : [{ stream: request.follows, events: [{ type: 'CaseLinked', case: request.case, as: 'followed-by' }] }]
    return accepted([
      { stream: request.case, events: opened(context, followed?.kind === 'case' ? followed : undefined) },
      ...linked,
    ])
  },
  inputs: ({ id, nextId, project }) => [{ verb: 'open', case: nextId, project: project.id, follows: id }],
})

function opened({ policy, request, person, at }: Context<Open>, followed: CaseState | undefined): readonly CaseEvent[] {
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
      : withoutExcluded(policy, teamOf(policy, undefined), followed)),
    { type: 'CaseAcknowledged', ...(note === undefined ? {} : { note }) },
    ...(person === undefined ? [] : [{ type: 'CoordinatorSet', person: person.id } as const]),
    ...secrecy,
    ...(follows === undefined ? [] : [{ type: 'CaseLinked', case: follows, as: 'follows' } as const]),
  ]
}
