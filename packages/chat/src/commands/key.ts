import { keysCard } from '../cards/keys.ts'
import { defineCommand } from '../define-command.ts'
import { ON_THE_CASE } from './shared/roles.ts'

export const key = defineCommand({
  verb: 'key',
  summary: 'List the OpenPGP keys of reporters, recipients and people, and what to do about them',
  about: 'case',
  allowed: ON_THE_CASE,
  options: {},
  run: async (call) => ({ audience: 'caller', card: keysCard(call) }),
})
