import type { Decision } from '../../vocabulary/decision.ts'
import { refused, senseless } from '../decisions.ts'
import type { RoleName } from '../../shared/role-name.ts'
import type { DirectoryRequest } from '../../events/people-events.ts'
import type { PeopleEvent } from '../../events/people-events.ts'
import { refuse } from '../../gates/gate.ts'
import type { Policy } from '../../policy/schema.ts'
import type { Actor } from '../../shared/actor.ts'
import { keyOf } from '../../state/people/account.ts'
import { groupOf } from '../../state/people/current-people.ts'
import { groupKey } from '../../state/people/people-state.ts'
import { onPeople } from './directory-decision.ts'
import type { PeopleState } from '../../state/people/people-state.ts'

/**
 * The largest group that gives its members a role. A larger group is probably the group of all users, named in the
 * policy by mistake.
 */
export const MAX_MEMBERS = 100

/** Longer names are cut, because they appear in every line that names the person. */
const LONGEST_NAME = 60

type MembersContext = { readonly policy: Policy; readonly state: PeopleState | undefined; readonly actor: Actor }
type MembersNotice = Extract<DirectoryRequest, { verb: 'notice-members' }>
type MemberNotice = Extract<DirectoryRequest, { verb: 'notice-member' }>

/** Updates the members of a platform group: new members get the role, former members lose it. */
export function noticeMembers({ policy, state, actor }: MembersContext, noticed: MembersNotice): Decision {
  if (actor.kind !== 'system') return notSaidByPeople
  const { platform, role, members } = noticed
  if (groupOf(policy, { platform }, role) === undefined)
    return senseless(`The policy maps no group of ${platform} to ${role}.`, [])
  if (members.length > MAX_MEMBERS) {
    const leavers = leaving(state, noticed, new Set())
    if (leavers.length > 0) return onPeople(leavers)
    return senseless(
      `The ${platform} group for ${role} has ${members.length} members. More than ${MAX_MEMBERS} are considered a mistake, so the group gives nobody that role.`,
      [{ who: 'an admin', how: 'maps a smaller group in the policy' }],
    )
  }
  const there = new Map(members.map((member) => [keyOf({ platform, account: member.account }), member]))
  const came = [...there.values()].flatMap(({ account, name }) => {
    const before = state?.members[keyOf({ platform, account })]
    return changed(before?.roles ?? [], withRole(before?.roles ?? [], role), {
      platform,
      account,
      name: before?.name ?? plainName(name),
    })
  })
  return onPeople([...came, ...leaving(state, noticed, new Set(there.keys())), ...besides(state, noticed)])
}

/** People who had the role through this group and are no longer in it. */
const leaving = (
  state: PeopleState | undefined,
  { platform, role }: MembersNotice,
  there: ReadonlySet<string>,
): readonly PeopleEvent[] =>
  Object.values(state?.members ?? {})
    .filter((member) => member.platform === platform && !there.has(keyOf(member)))
    .flatMap(({ account, name, roles }) =>
      changed(
        roles,
        roles.filter((one) => one !== role),
        { platform, account, name },
      ),
    )

/**
 * Records the members of the group who get no role, such as guests. If nothing has changed, nothing is recorded, so
 * people are notified only once.
 */
function besides(
  state: PeopleState | undefined,
  { platform, role, outsiders = [] }: MembersNotice,
): readonly PeopleEvent[] {
  const now = outsiders.slice(0, MAX_MEMBERS).map(({ account, name, is }) => ({ account, name: plainName(name), is }))
  const known = state?.outsiders?.[groupKey({ platform, role })] ?? []
  const same =
    known.length === now.length &&
    now.every((one) => known.some(({ account, is }) => account === one.account && is === one.is))
  return same ? [] : [{ type: 'OutsidersNoticed', platform, role, outsiders: now }]
}

/** Records that one account joined a platform group or left it. */
export function noticeMember({ policy, state, actor }: MembersContext, noticed: MemberNotice): Decision {
  if (actor.kind !== 'system') return notSaidByPeople
  const { platform, account, name } = noticed
  const roles = noticed.roles.filter((role) => groupOf(policy, { platform }, role) !== undefined)
  const before = state?.members[keyOf(noticed)]
  const known = before?.roles ?? []
  const same = known.length === roles.length && known.every((role) => roles.includes(role))
  if (same) return onPeople([])
  const others = Object.values(state?.members ?? {}).filter((one) => one.platform === platform)
  if (before === undefined && others.length >= MAX_MEMBERS)
    return senseless(`The groups of ${platform} have more than ${MAX_MEMBERS} members already.`, [
      { who: 'an admin', how: 'maps smaller groups in the policy' },
    ])
  return onPeople([{ type: 'MembershipChanged', platform, account, name: before?.name ?? plainName(name), roles }])
}

const notSaidByPeople = refused(refuse('role', 'Only the platform of a group can say who is in it.', []))

const withRole = (roles: readonly RoleName[], role: RoleName): readonly RoleName[] =>
  roles.includes(role) ? roles : [...roles, role]

type AccountOwner = Pick<Extract<PeopleEvent, { type: 'MembershipChanged' }>, 'platform' | 'account' | 'name'>

const changed = (
  before: readonly RoleName[],
  after: readonly RoleName[],
  owner: AccountOwner,
): readonly PeopleEvent[] =>
  before.length === after.length ? [] : [{ type: 'MembershipChanged', ...owner, roles: [...after] }]

/**
 * Users choose their own names. Only letters, digits and a few signs such as spaces and hyphens are kept, so a name
 * cannot mention anybody.
 */
export const plainName = (name: string): string =>
  name
    .replaceAll(/[^\p{L}\p{M}\p{N} .'’-]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_NAME)
    .trim()
