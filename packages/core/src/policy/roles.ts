import type { PersonVerb } from '../vocabulary/command.ts'
import type { RoleName } from '../shared/role-name.ts'

const TEAM: readonly RoleName[] = ['admin', 'team']
const RELEASERS: readonly RoleName[] = ['admin', 'team', 'releaser']
/** Roles that may act on a case; an observer only reads. */
const ANY_SEAT: readonly RoleName[] = ['admin', 'team', 'maintainer', 'releaser']

/** A person's own answer is also asked of an observer. */
const ANYBODY: readonly RoleName[] = [...ANY_SEAT, 'observer']

/** The roles that may run each command. Reading is governed by need to know, not here. */
export const ROLES_FOR: Readonly<Record<PersonVerb, readonly RoleName[]>> = {
  ack: TEAM,
  triage: TEAM,
  'triage.affects': TEAM,
  'assign-patch': TEAM,
  patch: ['admin', 'team', 'maintainer'],
  confirm: TEAM,
  'log-answer': TEAM,
  'people.not-reporter': TEAM,
  'log-answer.address': TEAM,
  advisory: ['admin', 'team', 'maintainer'],
  'done.advisory-opened': ['admin', 'team', 'maintainer'],
  'done.advisory-published': ['admin', 'team', 'maintainer'],
  'log-answer.credit': TEAM,
  'release.plan': RELEASERS,
  'release.add': RELEASERS,
  'release.drop': RELEASERS,
  'release.cancel': RELEASERS,
  'release.move': RELEASERS,
  prenotify: RELEASERS,
  'prenotify.update': RELEASERS,
  'log-answer.has-it': RELEASERS,
  disclose: RELEASERS,
  'disclose.interim': RELEASERS,
  'signal.public': TEAM,
  'signal.exploit': TEAM,
  'signal.attack': TEAM,
  'signal.leak': TEAM,
  'signal.wrong': TEAM,
  'embargo.keep': TEAM,
  'done.deployed': ['admin', 'team', 'maintainer', 'releaser'],
  'embargo.until': TEAM,
  'embargo.accept': TEAM,
  'embargo.reject': TEAM,
  'embargo.extend': TEAM,
  'embargo.open': TEAM,
  'embargo.end': TEAM,
  approve: TEAM,
  'approve.no': TEAM,
  'settle.channel.ok': TEAM,
  'settle.channel.open': TEAM,
  close: TEAM,
  'reply.question': TEAM,
  'triage.not-now': TEAM,
  reopen: TEAM,
  'reply.progress': TEAM,
  'party.wait': TEAM,
  'advisory.as': TEAM,
  open: TEAM,
  'triage.duplicate': TEAM,
  'open.report': TEAM,
  retro: TEAM,
  'cve.request': TEAM,
  'cve.set': TEAM,
  'cve.published': TEAM,
  'cve.reject': TEAM,
  reply: TEAM,
  'party.forward': TEAM,
  settle: ['admin', 'team', 'releaser'],
  'remind.later': TEAM,
  remind: TEAM,
  'done.duty': TEAM,
  waive: TEAM,
  'people.invite': TEAM,
  'people.consent': ANYBODY,
  away: ANY_SEAT,
  'people.handoff': TEAM,
  take: TEAM,
  'people.remove': ANY_SEAT,
  'people.conflict': ANY_SEAT,
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
