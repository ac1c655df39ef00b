import type { PersonVerb } from '../vocabulary/command.ts'
import type { RoleName } from '../shared/role-name.ts'

const TEAM: readonly RoleName[] = ['admin', 'team']
const RELEASERS: readonly RoleName[] = ['admin', 'team', 'releaser']
/** Roles that may act on a case; an observer only reads. */
const ANY_SEAT: readonly RoleName[] = ['admin', 'team', 'maintainer', 'releaser']

/** An answer of one's own: an observer is asked for it too. */
const ANYBODY: readonly RoleName[] = [...ANY_SEAT, 'observer']

/** What each role may run. Reading is settled by need to know, not here. */
export const ROLES_FOR: Readonly<Record<PersonVerb, readonly RoleName[]>> = {
  ack: TEAM,
  triage: TEAM,
  affects: TEAM,
  'assign-patch': TEAM,
  'patch-submit': ['admin', 'team', 'maintainer'],
  confirm: TEAM,
  'log-answer': TEAM,
  'not-from': TEAM,
  'reporter-address': TEAM,
  advisory: ['admin', 'team', 'maintainer'],
  'advisory-opened': ['admin', 'team', 'maintainer'],
  'advisory-published': ['admin', 'team', 'maintainer'],
  credit: TEAM,
  'release-plan': RELEASERS,
  'release-add': RELEASERS,
  'release-drop': RELEASERS,
  'release-cancel': RELEASERS,
  reschedule: RELEASERS,
  prenotify: RELEASERS,
  'prenotify-update': RELEASERS,
  'prenotify-acknowledged': RELEASERS,
  disclose: RELEASERS,
  interim: RELEASERS,
  'signal-public': TEAM,
  'signal-exploit': TEAM,
  'signal-attack': TEAM,
  'signal-leak': TEAM,
  'signal-correct': TEAM,
  'leak-outlive': TEAM,
  deployed: ['admin', 'team', 'maintainer', 'releaser'],
  'embargo-propose': TEAM,
  'embargo-accept': TEAM,
  'embargo-reject': TEAM,
  'embargo-extend': TEAM,
  'embargo-open': TEAM,
  'embargo-terminate': TEAM,
  approve: TEAM,
  refuse: TEAM,
  'channel-ok': TEAM,
  'channel-open': TEAM,
  close: TEAM,
  ask: TEAM,
  defer: TEAM,
  reopen: TEAM,
  update: TEAM,
  wait: TEAM,
  publication: TEAM,
  open: TEAM,
  duplicate: TEAM,
  split: TEAM,
  retro: TEAM,
  'cve-request': TEAM,
  'cve-set': TEAM,
  'cve-publish': TEAM,
  'cve-reject': TEAM,
  reply: TEAM,
  forward: TEAM,
  settle: ['admin', 'team', 'releaser'],
  snooze: TEAM,
  remind: TEAM,
  duty: TEAM,
  waive: TEAM,
  invite: TEAM,
  consent: ANYBODY,
  away: ANY_SEAT,
  handoff: TEAM,
  take: TEAM,
  remove: ANY_SEAT,
  conflict: ANY_SEAT,
}

/** The role with which a person of the policy is on every case from its beginning, if any. */
export const teamRole = ({ roles }: { readonly roles: readonly RoleName[] }): 'admin' | 'team' | undefined =>
  roles.includes('admin') ? 'admin' : roles.includes('team') ? 'team' : undefined

export const isPersonVerb = (text: string): text is PersonVerb => Object.hasOwn(ROLES_FOR, text)

/** Every command of people. */
export const PERSON_VERBS: readonly PersonVerb[] = Object.keys(ROLES_FOR).filter(isPersonVerb)

/** Which roles may run a command under this policy. */
export const rolesFor = (
  policy: { readonly roles: Readonly<Partial<Record<PersonVerb, readonly RoleName[] | undefined>>> },
  verb: PersonVerb,
): readonly RoleName[] => policy.roles[verb] ?? ROLES_FOR[verb]
