import type { PersonVerb } from '../case/command.ts'
import type { RoleName } from '../case/state.ts'

const TEAM: readonly RoleName[] = ['admin', 'team']

/** What each role may run. Reading is settled by need to know, not here. */
export const ROLES_FOR: Readonly<Record<PersonVerb, readonly RoleName[]>> = {
  ack: TEAM,
  triage: TEAM,
  affects: TEAM,
  'assign-patch': TEAM,
  'patch-submit': ['admin', 'team', 'maintainer'],
  confirm: TEAM,
  'log-answer': TEAM,
  advisory: ['admin', 'team', 'maintainer'],
  credit: TEAM,
  prenotify: ['admin', 'team', 'releaser'],
  disclose: ['admin', 'team', 'releaser'],
  approve: TEAM,
  refuse: TEAM,
  close: TEAM,
  reply: TEAM,
  settle: ['admin', 'team', 'releaser'],
  'waive-verification': TEAM,
}
