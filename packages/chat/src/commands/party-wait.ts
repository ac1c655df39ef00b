import { z } from 'zod'
import { send } from '../answers.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { TEAM } from './shared/roles.ts'

/** Typed instead of a party: the case no longer waits for anybody. */
const OVER = 'done'

export const wait = defineCommand({
  verb: 'wait',
  summary: 'Say which other party the case waits for, or that it no longer waits',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Wait for another party', submit: 'Wait' },
  options: {
    party: z.string().max(200).register(about, {
      label: 'Party',
      hint: 'Another vendor, an upstream, a registry; or: done',
      takes: 'rest',
      shownAs: 'party|done',
    }),
  },
  run: async (call) => {
    const party = call.values.party.trim()
    if (party.toLowerCase() === OVER)
      return send(call, { verb: 'party.wait', case: call.case.id }, 'The case waits for nobody any more.')
    return send(
      call,
      { verb: 'party.wait', case: call.case.id, party },
      `The case waits for ${party}. You are asked weekly.`,
    )
  },
})
