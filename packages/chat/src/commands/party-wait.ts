import { z } from 'zod'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './shared/roles.ts'

export const wait = defineCommand({
  verb: 'party.wait',
  summary: 'Say which other party the case waits for',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Wait for another party', submit: 'Wait' },
  options: {
    party: z.string().max(200).register(about, {
      label: 'Party',
      hint: 'Another vendor, an upstream, a registry',
      takes: 'rest',
      shownAs: 'party',
    }),
  },
  run: async (call) => {
    const party = call.values.party.trim()
    return send(
      call,
      { verb: 'party.wait', case: call.case.id, party },
      `The case waits for ${party}. You are reminded every week.`,
    )
  },
})

export const waitOver = defineCommand({
  verb: 'party.done',
  summary: 'Say that the case no longer waits for another party',
  about: 'case',
  allowed: TEAM,
  options: {},
  run: async (call) =>
    send(call, { verb: 'party.wait', case: call.case.id }, 'The case no longer waits for another party.'),
})
