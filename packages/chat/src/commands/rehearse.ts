import { rehearsalCard } from '../cards/rehearsal.ts'
import { defineCommand } from '../define-command.ts'
import { ON_THE_CASE } from './shared/roles.ts'

const NOTHING = { steps: [], mails: [], findings: [] } as const

/** Plays a publication at test targets, as it would happen now, and shows the results. */
export const rehearse = defineCommand({
  verb: 'rehearse',
  summary: 'Rehearse the publication at test targets, without sending any mail',
  about: 'case',
  allowed: { ...ON_THE_CASE, platforms: ['terminal'] },
  options: {},
  run: async ({ engine, case: { id, state } }) => {
    const rehearsal = (await engine.commands.rehearse(id)) ?? NOTHING
    return { audience: 'caller', card: rehearsalCard(state, rehearsal) }
  },
})
