import { accountOn } from '../../../people/directory.ts'
import { teamRole } from '../../../people/roles.ts'
import { policyFor } from '../../policy-for.ts'
import type { PolicyLook } from './finding.ts'
import { hasTeamGroup } from './roles.ts'

/** Clocks are told in the case's channel and, when they escalate, by mail: somebody must be there to hear them. */
export const hearers: PolicyLook = (whole) =>
  whole.projects.flatMap((project) => {
    const policy = policyFor(whole, { project: project.id })
    const team = policy.people.filter((person) => teamRole(person) !== undefined)
    const heard = team.filter(
      (person) =>
        person.mail !== undefined || policy.platforms.some((platform) => accountOn(person, platform) !== undefined),
    )
    if (heard.length > 0 || hasTeamGroup(policy)) return []
    return [
      {
        rule: 'unheard-clock' as const,
        what: `Nobody hears the clocks of ${project.name}.`,
        why:
          team.length === 0
            ? 'No person has the role admin or team, so nobody is on a case when it opens.'
            : `${team.map(({ name }) => name).join(', ')} ${team.length === 1 ? 'has' : 'have'} no mail address and no account on ${policy.platforms.join(' or ')}.`,
        instead: 'Give somebody of the team an account on a platform that is in use, or a mail address.',
      },
    ]
  })
