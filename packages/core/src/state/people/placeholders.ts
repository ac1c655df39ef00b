import type { Policy } from '../../policy/schema.ts'
import { PLATFORMS } from '../../shared/actor.ts'
import { instant } from '../../shared/instant.ts'
import { Role } from '../../policy/schema/person.ts'
import { keyOf } from './account.ts'
import { groupOf, currentPeople } from './current-people.ts'
import { NOBODY } from './people-state.ts'
import type { Member } from './people-state.ts'

/** Enough people for a rule that needs two. */
const IN_EACH_GROUP = 2

/**
 * The policy with invented group members, used when the policy is checked. The real members are known only while the
 * program runs, and without any members the team might seem to be empty.
 */
export function withPlaceholders(policy: Policy): Policy {
  const members = PLATFORMS.flatMap((platform) =>
    Role.options.flatMap((role) => {
      const group = policy.platforms.includes(platform) ? groupOf(policy, { platform }, role) : undefined
      return group === undefined
        ? []
        : Array.from({ length: IN_EACH_GROUP }, (_, index): Member => {
            const account = `${group}-${index + 1}`
            return { platform, account, name: `member ${index + 1} of ${group}`, roles: [role] }
          })
    }),
  )
  if (members.length === 0) return policy
  const state = { ...NOBODY, version: 1, lastEventAt: instant(0) }
  return currentPeople(policy, { ...state, members: Object.fromEntries(members.map((one) => [keyOf(one), one])) })
}
