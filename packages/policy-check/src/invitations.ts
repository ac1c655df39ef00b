import { teamRole } from '@embargo/core'
import type { PersonId } from '@embargo/core'
import type { Scenario } from './scenario.ts'
import { CASE } from './scenario.ts'
import type { Model } from './model.ts'
import type { Step } from './transitions.ts'
import { worldAt } from './state.ts'

/**
 * Extends the model: as soon as the case exists, the team invites all other people, and they accept. Otherwise a role
 * that nobody on the team has could never run a command.
 */
export function withInvitations({ policy, people }: Scenario, model: Model): Model {
  const teamOf = (id: PersonId) => policy.people.some((one) => one.id === id && teamRole(one) !== undefined)
  const [inviting] = people.filter(teamOf)
  const invited = people.filter((id) => !teamOf(id))
  if (inviting === undefined || invited.length === 0) return model
  const joining = invited.flatMap((person): readonly Step[] => [
    { actor: acting(inviting), request: { verb: 'people.invite', case: CASE, person } },
    { actor: acting(person), request: { verb: 'people.consent', case: CASE, agreed: true } },
  ])
  return {
    ...model,
    transitions: (current) => {
      const transitions = model.transitions(current)
      return worldAt(current).case === undefined
        ? transitions.map((transition) => [...transition, ...joining])
        : transitions
    },
  }
}

const acting = (person: PersonId) => ({ kind: 'person', person, platform: 'terminal', account: person }) as const
