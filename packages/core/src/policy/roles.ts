import type { PersonVerb } from '../vocabulary/command.ts'
import type { RoleName } from '../shared/role-name.ts'

/** The sets of commands whose roles the policy settles. */
export const POLICY_SETS = ['coordinate', 'contribute', 'publish'] as const
export type PolicySet = (typeof POLICY_SETS)[number]

/** `participate` is for all who act on a case; `answer` is a person's own answer, which is also asked of an observer. */
type FixedSet = 'participate' | 'answer'

const FIXED: Readonly<Record<FixedSet, readonly RoleName[]>> = {
  participate: ['admin', 'team', 'maintainer', 'releaser'],
  answer: ['admin', 'team', 'maintainer', 'releaser', 'observer'],
}

/** The roles of every profile. */
export const USUAL_ROLES = {
  coordinate: ['admin', 'team'],
  contribute: ['admin', 'team', 'maintainer'],
  publish: ['admin', 'team', 'releaser'],
  adminOnly: [],
} satisfies Record<PolicySet, RoleName[]> & { adminOnly: string[] }

/** Who runs each command. Reading is governed by need to know, not here. */
const ROLE_SETS: Readonly<Record<PersonVerb, PolicySet | FixedSet>> = {
  ack: 'coordinate',
  triage: 'coordinate',
  'triage.affects': 'coordinate',
  'assign-patch': 'coordinate',
  patch: 'contribute',
  confirm: 'coordinate',
  'log-answer': 'coordinate',
  'people.not-reporter': 'coordinate',
  'log-answer.address': 'coordinate',
  advisory: 'contribute',
  'done.advisory-opened': 'contribute',
  'done.advisory-published': 'contribute',
  'log-answer.credit': 'coordinate',
  'release.plan': 'publish',
  'release.add': 'publish',
  'release.drop': 'publish',
  'release.cancel': 'publish',
  'release.move': 'publish',
  prenotify: 'publish',
  'prenotify.update': 'publish',
  'log-answer.has-it': 'publish',
  disclose: 'publish',
  'disclose.interim': 'publish',
  'signal.public': 'coordinate',
  'signal.exploit': 'coordinate',
  'signal.attack': 'coordinate',
  'signal.leak': 'coordinate',
  'signal.wrong': 'coordinate',
  'embargo.keep': 'coordinate',
  'done.deployed': 'participate',
  'embargo.until': 'coordinate',
  'embargo.accept': 'coordinate',
  'embargo.reject': 'coordinate',
  'embargo.extend': 'coordinate',
  'embargo.open': 'coordinate',
  'embargo.end': 'coordinate',
  approve: 'coordinate',
  'approve.no': 'coordinate',
  'settle.channel.ok': 'coordinate',
  'settle.channel.open': 'coordinate',
  close: 'coordinate',
  'reply.question': 'coordinate',
  'triage.not-now': 'coordinate',
  reopen: 'coordinate',
  'reply.progress': 'coordinate',
  'party.wait': 'coordinate',
  'advisory.as': 'coordinate',
  open: 'coordinate',
  'triage.duplicate': 'coordinate',
  'open.report': 'coordinate',
  retro: 'coordinate',
  'cve.request': 'coordinate',
  'cve.set': 'coordinate',
  'cve.published': 'coordinate',
  'cve.reject': 'coordinate',
  reply: 'coordinate',
  'party.forward': 'coordinate',
  settle: 'publish',
  'remind.later': 'coordinate',
  remind: 'coordinate',
  'done.duty': 'coordinate',
  waive: 'coordinate',
  'people.invite': 'coordinate',
  'people.consent': 'answer',
  away: 'participate',
  'people.handoff': 'coordinate',
  take: 'coordinate',
  'people.remove': 'participate',
  'people.conflict': 'participate',
}

/** The role with which a person of the policy is on every case from its beginning, if any. */
export const teamRole = ({ roles }: { readonly roles: readonly RoleName[] }): 'admin' | 'team' | undefined =>
  roles.includes('admin') ? 'admin' : roles.includes('team') ? 'team' : undefined

export const isPersonVerb = (text: string): text is PersonVerb => Object.hasOwn(ROLE_SETS, text)

/** Every command of people. */
export const PERSON_VERBS: readonly PersonVerb[] = Object.keys(ROLE_SETS).filter(isPersonVerb)

/** Every verb, alone and with its sub-words: `embargo`, `embargo.end`. */
export const VERBS: readonly string[] = [
  ...new Set(PERSON_VERBS.flatMap((verb) => [verb.split('.', 1).join(), verb])),
].toSorted()

/** The commands whose roles a set settles. */
export const commandsOf = (set: PolicySet): readonly PersonVerb[] =>
  PERSON_VERBS.filter((verb) => ROLE_SETS[verb] === set)

/** The roles that a policy gives the sets, and the verbs that only an admin may run, with their sub-words. */
export type RolesPolicy = Readonly<Record<PolicySet, readonly RoleName[]>> & { readonly adminOnly: readonly string[] }

export const isAdminOnly = ({ adminOnly }: Pick<RolesPolicy, 'adminOnly'>, verb: PersonVerb): boolean =>
  adminOnly.some((one) => verb === one || verb.startsWith(`${one}.`))

/** Which roles may run a command under this policy. */
export function rolesFor({ roles }: { readonly roles: RolesPolicy }, verb: PersonVerb): readonly RoleName[] {
  if (isAdminOnly(roles, verb)) return ['admin']
  const set = ROLE_SETS[verb]
  return set === 'participate' || set === 'answer' ? FIXED[set] : roles[set]
}
