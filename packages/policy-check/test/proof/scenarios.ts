import { PersonId } from '@embargo/core'
import type { Person, Policy, ProfileName } from '@embargo/core'
import { REPORTERS } from '../../src/scenario.ts'
import type { Scenario, ReporterKind } from '../../src/scenario.ts'
import { ana, ben, policyOf, START } from '../sample-policy.ts'

export type ScenarioName = { readonly profile: ProfileName; readonly reporter: ReporterKind | 'one of the team' }

export const scenarioInWords = ({ profile, reporter }: ScenarioName): string => `${profile}, reporter ${reporter}`

export const PROFILE_NAMES = ['solo', 'team', 'organisation'] as const

/** Every kind of reporter in every profile and, if the profile has a team, also a reporter from the team. */
export const SCENARIOS: readonly ScenarioName[] = PROFILE_NAMES.flatMap((profile): readonly ScenarioName[] => [
  ...REPORTERS.map((reporter) => ({ profile, reporter })),
  ...(profile === 'solo' ? [] : [{ profile, reporter: 'one of the team' as const }]),
])

/**
 * A policy for one case, with one or two branches. One recipient of each list is enough, because no rule tells two
 * recipients apart. A team member who reported the case is barred from it, so a third person joins and two people
 * remain.
 */
export function scenarioOf({ profile, reporter }: ScenarioName, branches: 1 | 2, idle = false): Scenario {
  const base = policyOf(profile)
  const policy: Policy = {
    ...base,
    projects: base.projects.map((project) => ({ ...project, branches: project.branches.slice(0, branches) })),
    prenotification: {
      ...base.prenotification,
      lists: base.prenotification.lists.map((list) => ({ ...list, recipients: list.recipients.slice(0, 1) })),
    },
  }
  const people: readonly PersonId[] = policy.people.map((person) => person.id)
  if (reporter !== 'one of the team') {
    // Where people can leave the case, somebody must be able to replace them.
    const late = profile === 'organisation' || (profile === 'team' && idle) ? joined(policy, THIRD) : { policy }
    return { ...late, reporter, people, start: START }
  }
  const three = joined(policy, THIRD).policy
  return {
    ...(idle ? joined(three, FOURTH) : { policy: three }),
    reporter: 'reachable',
    people: [ana, ben, THIRD.id],
    reportedBy: ben,
    start: START,
  }
}

type Newcomer = Pick<Person, 'id' | 'name' | 'mail' | 'osUser'>

const named = (id: string, name: string): Newcomer => ({
  id: PersonId.parse(id),
  name,
  mail: `${id}@quillmark.example`,
  osUser: id,
})

const THIRD = named('cyd', 'Cyd')
const FOURTH = named('dee', 'Dee')

/** The policy with one more team member. */
function joined(policy: Policy, who: Newcomer): { readonly policy: Policy; readonly late: PersonId } {
  const [first] = policy.people
  const more = first === undefined ? [] : [{ ...first, ...who }]
  return { policy: { ...policy, people: [...policy.people, ...more] }, late: who.id }
}
