import type { Policy } from '../../policy/schema.ts'
import { teamRole } from '../../policy/roles.ts'

/** The team's name in texts: the person's own name if it is one person. */
export function teamName({ people }: Pick<Policy, 'people'>): string {
  const [first, another] = people.filter((person) => teamRole(person) !== undefined)
  return first !== undefined && another === undefined ? first.name : 'the team'
}
