import type { Policy } from '../../policy/schema.ts'
import { teamRole } from '../../policy/roles.ts'

/** The team's name in texts. A team of one person has that person's name. */
export function teamName({ people }: Pick<Policy, 'people'>): string {
  const [first, another] = people.filter((person) => teamRole(person) !== undefined)
  return first !== undefined && another === undefined ? first.name : 'the team'
}
