import { partyCard } from '../cards/party.ts'
import { defineCommand } from '../define-command.ts'
import { ON_THE_CASE } from './shared/roles.ts'

export const party = defineCommand({
  verb: 'party',
  summary: 'List the other parties: those that the case waits for, and those that got the report',
  about: 'case',
  allowed: ON_THE_CASE,
  options: {},
  run: async (call) => ({ audience: 'caller', card: partyCard(call) }),
})
