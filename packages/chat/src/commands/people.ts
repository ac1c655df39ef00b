import { peopleCard } from '../cards/people.ts'
import { defineCommand } from '../define-command.ts'
import { ON_THE_CASE } from './shared/roles.ts'

export const people = defineCommand({
  verb: 'people',
  summary: 'List the people on the case, with the commands that change who is on it',
  about: 'case',
  allowed: ON_THE_CASE,
  options: {},
  run: async (call) => ({ audience: 'caller', card: peopleCard(call) }),
})
