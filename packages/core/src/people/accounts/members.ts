import type { Decision } from '../../case/decision.ts'
import { refused, senseless } from '../../case/commands/handler.ts'
import type { RoleName } from '../../case/state.ts'
import type { StandingRequest } from '../../case/requests/standing.ts'
import type { PeopleEvent } from '../../events/people-events.ts'
import { refuse } from '../../policy/gates/gate.ts'
import type { Policy } from '../../policy/schema.ts'
import type { Actor } from '../../shared/actor.ts'
import { keyOf } from './account.ts'
import { groupOf } from './people-now.ts'
import { onPeople } from '../standing-decision.ts'
import type { PeopleState } from '../standing.ts'

/** A group of everybody, mapped by mistake, would make everybody a person who may see cases. */
export const MOST_MEMBERS = 100

/** Longer names are cut: they stand in every line that names somebody. */
const LONGEST_NAME = 60

type Noticing = { readonly policy: Policy; readonly state: PeopleState | undefined; readonly actor: Actor }
type Noticed = Extract<StandingRequest, { verb: 'notice-members' }>

/** What a group's platform says of its members now: who came has the role, who left has it no more. */
export function noticeMembers({ policy, state, actor }: Noticing, noticed: Noticed): Decision {
  if (actor.kind !== 'system') return refused(refuse('role', 'Who is in a group is said by its platform.', []))
  const { platform, role, members } = noticed
  if (groupOf(policy, { platform }, role) === undefined)
    return senseless(`The policy maps no group of ${platform} to ${role}.`, [])
  if (members.length > MOST_MEMBERS)
    return senseless(
      `The ${platform} group for ${role} has ${members.length} members; more than ${MOST_MEMBERS} are taken for a mistake, and nothing was changed.`,
      [{ who: 'an admin', how: 'maps a smaller group in the policy' }],
    )
  const there = new Map(members.map((member) => [keyOf({ platform, account: member.account }), member]))
  const came = [...there.values()].flatMap(({ account, name }) => {
    const before = state?.members[keyOf({ platform, account })]
    return changed(before?.roles ?? [], withRole(before?.roles ?? [], role), {
      platform,
      account,
      name: before?.name ?? plainName(name),
    })
  })
  const left = Object.values(state?.members ?? {})
    .filter((member) => member.platform === platform && !there.has(keyOf(member)))
    .flatMap(({ account, name, roles }) =>
      changed(
        roles,
        roles.filter((one) => one !== role),
        { platform, account, name },
      ),
    )
  return onPeople([...came, ...left])
}

const withRole = (roles: readonly RoleName[], role: RoleName): readonly RoleName[] =>
  roles.includes(role) ? roles : [...roles, role]

type Whose = Pick<Extract<PeopleEvent, { type: 'MembershipChanged' }>, 'platform' | 'account' | 'name'>

const changed = (before: readonly RoleName[], after: readonly RoleName[], whose: Whose): readonly PeopleEvent[] =>
  before.length === after.length ? [] : [{ type: 'MembershipChanged', ...whose, roles: [...after] }]

/** Anybody may call themself anything: only letters, digits and what joins them stay, so that a name mentions nobody. */
export const plainName = (name: string): string =>
  name
    .replaceAll(/[^\p{L}\p{M}\p{N} .'’-]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_NAME)
    .trim()
