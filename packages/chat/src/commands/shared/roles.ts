import type { Allowed } from '../../chat-command.ts'

/** Who may run a command, in the words of help and documentation. The rules themselves are in core. */
export const TEAM: Allowed = { who: 'the security team' }
export const TEAM_OR_MAINTAINER: Allowed = { who: 'the security team and invited maintainers' }
export const RELEASER: Allowed = { who: 'the security team and releasers' }
export const ON_THE_CASE: Allowed = { who: 'everybody on the case' }
export const ANYBODY: Allowed = { who: 'everybody' }
