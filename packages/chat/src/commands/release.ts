import { releaseCard } from '../cards/release.ts'
import { defineCommand } from '../define-command.ts'
import { RELEASER } from './shared/roles.ts'

export const release = defineCommand({
  verb: 'release',
  summary: 'Show the release of this case: its date, its cases, and who was notified',
  about: 'case',
  allowed: RELEASER,
  options: {},
  run: async (call) => ({ audience: 'caller', card: releaseCard(call) }),
})
