import { advisoryLinkRoles } from '../events/case/advisory-link.ts'
import { channelsRoles } from '../events/case/channels.ts'
import { clockRoles } from '../events/case/clocks.ts'
import { correctionRoles } from '../events/case/correction.ts'
import { courseRoles } from '../events/case/course.ts'
import { cveRoles } from '../events/case/cve.ts'
import { embargoRoles } from '../events/case/embargo.ts'
import { fixRoles } from '../events/case/fix.ts'
import { intakeRoles } from '../events/case/intake.ts'
import { keysRoles } from '../events/case/keys.ts'
import { mergingRoles } from '../events/case/merging.ts'
import { peopleRoles } from '../events/case/people.ts'
import { publicationStepRoles } from '../events/case/publication-steps.ts'
import { releaseRoles } from '../events/case/release.ts'
import { reportManagementRoles } from '../events/case/report-management.ts'
import { retroRoles } from '../events/case/retro.ts'
import { twoPeopleRoles } from '../events/case/two-people.ts'
import { worldRoles } from '../events/case/world.ts'
import type { PersonVerb } from '../vocabulary/command.ts'
import type { RoleName } from '../shared/role-name.ts'
import type { FixedSet, PolicySet, RoleSet } from '../shared/role-set.ts'

const FIXED: Readonly<Record<FixedSet, readonly RoleName[]>> = {
  participate: ['admin', 'team', 'maintainer', 'releaser'],
  answer: ['admin', 'team', 'maintainer', 'releaser', 'observer'],
}

/** The roles of each set of requests, the same in every profile. */
export const USUAL_ROLES = {
  coordinate: ['admin', 'team'],
  contribute: ['admin', 'team', 'maintainer'],
  publish: ['admin', 'team', 'releaser'],
  adminOnly: [],
} satisfies Record<PolicySet, RoleName[]> & { adminOnly: string[] }

/** The role set of each request, which decides who may make the request. */
const ROLE_SETS: Readonly<Record<PersonVerb, RoleSet>> = {
  ...reportManagementRoles,
  ...fixRoles,
  ...intakeRoles,
  ...keysRoles,
  ...advisoryLinkRoles,
  ...publicationStepRoles,
  ...releaseRoles,
  ...worldRoles,
  ...embargoRoles,
  ...twoPeopleRoles,
  ...channelsRoles,
  ...correctionRoles,
  ...courseRoles,
  ...mergingRoles,
  ...retroRoles,
  ...cveRoles,
  ...clockRoles,
  ...peopleRoles,
}

/** The role that a person of the policy has on every case from its beginning, if any. */
export const teamRole = ({ roles }: { readonly roles: readonly RoleName[] }): 'admin' | 'team' | undefined =>
  roles.includes('admin') ? 'admin' : roles.includes('team') ? 'team' : undefined

export const isPersonVerb = (text: string): text is PersonVerb => Object.hasOwn(ROLE_SETS, text)

/** Every verb that people can use. */
export const PERSON_VERBS: readonly PersonVerb[] = Object.keys(ROLE_SETS).filter(isPersonVerb)

/** Every verb, alone and with its sub-words: `embargo`, `embargo.end`. */
export const VERBS: readonly string[] = [
  ...new Set(PERSON_VERBS.flatMap((verb) => [verb.split('.', 1).join(), verb])),
].toSorted()

/** The verbs in one role set. */
export const commandsOf = (set: PolicySet): readonly PersonVerb[] =>
  PERSON_VERBS.filter((verb) => ROLE_SETS[verb] === set)

/**
 * For each set of requests, the roles that may make them under a policy. `adminOnly`: verbs that only an admin may run.
 */
export type RolesPolicy = Readonly<Record<PolicySet, readonly RoleName[]>> & { readonly adminOnly: readonly string[] }

export const isAdminOnly = ({ adminOnly }: Pick<RolesPolicy, 'adminOnly'>, verb: PersonVerb): boolean =>
  adminOnly.some((one) => verb === one || verb.startsWith(`${one}.`))

/** Which roles may run a command under this policy. */
export function rolesFor({ roles }: { readonly roles: RolesPolicy }, verb: PersonVerb): readonly RoleName[] {
  if (isAdminOnly(roles, verb)) return ['admin']
  const set = ROLE_SETS[verb]
  return set === 'participate' || set === 'answer' ? FIXED[set] : roles[set]
}
