import type { CommandAvailability } from '../../chat-command.ts'

/** Who may run a command, in the words of help and documentation. The rules themselves are in core. */
export const TEAM: CommandAvailability = { who: 'the security team' }
export const TEAM_OR_MAINTAINER: CommandAvailability = { who: 'the security team and invited maintainers' }
export const RELEASER: CommandAvailability = { who: 'the security team and releasers' }
export const ON_THE_CASE: CommandAvailability = { who: 'everybody on the case' }
export const ANYBODY: CommandAvailability = { who: 'everybody' }
