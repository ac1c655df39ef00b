import { z } from 'zod'
import {
  bindsRecipients,
  holdersOf,
  closingAudience,
  underEmbargo,
  unreadMails,
  unreadOfRecipients,
  unreadOfVendors,
} from '@embargo/core'
import { refusalNow, send } from '../answers.ts'
import { closePreviewCard } from '../cards/close-preview.ts'
import { unansweredLine } from '../cards/status-lines.ts'
import { defineCommand } from '../define-command.ts'
import { about } from '../option.ts'
import { typedAt } from '../usage.ts'
import { TEAM } from './shared/roles.ts'

/**
 * The maximum length of each text for the retrospective. The preview's button carries these texts and has no room for
 * more. The command `retro` takes longer texts.
 */
const MAX_RETROSPECTIVE = 1000

export const close = defineCommand({
  verb: 'close',
  summary: 'Close the case, and end its embargo if there is one',
  about: 'case',
  allowed: TEAM,
  form: { title: 'Close the case', submit: 'Close' },
  options: {
    rootCause: z
      .string()
      .max(MAX_RETROSPECTIVE)
      .exactOptional()
      .register(about, { label: 'Root cause', takes: 'named', kind: 'long-text', shownAs: 'root cause' }),
    change: z
      .string()
      .max(MAX_RETROSPECTIVE)
      .exactOptional()
      .register(about, { label: 'What changes', takes: 'named', kind: 'long-text', shownAs: 'what changes' }),
    reason: z.string().max(2000).exactOptional().register(about, { label: 'Reason', takes: 'rest' }),
    sure: z.enum(['yes']).exactOptional().register(about, { label: 'Sure', hidden: true, takes: 'named' }),
  },
  run: async (call) => {
    const { sure, ...values } = call.values
    const { reason } = values
    const request = { verb: 'close', case: call.case.id, ...values } as const
    const { state, world } = call.case
    const holders = bindsRecipients(state, world) ? holdersOf(state, world).length : 0
    // A preview is shown first if closing ends an embargo or somebody is notified, because neither can be undone.
    const tellsReporter = closingAudience(state, world).length > 0
    const unanswered =
      unreadMails(state).length + unreadOfRecipients(state, world.release).length + unreadOfVendors(state).length
    const ends = holders > 0 || tellsReporter || (unanswered > 0 && state.rm !== 'closed')
    const shown = underEmbargo(state) || (ends && reason !== undefined)
    if (shown && sure === undefined) {
      const refused = refusalNow(call, request)
      if (refused !== undefined) return refused
      const warning = underEmbargo(state)
        ? 'This cannot be undone: the embargo ends when the case closes.'
        : holders > 0 || tellsReporter
          ? `${holders > 0 ? 'The recipients who have patches of this case are' : 'The reporter is'} told by mail, and mail cannot be called back.`
          : 'When the case closes, unanswered mail is set aside.'
      return {
        audience: 'caller',
        card: closePreviewCard({
          state,
          values,
          holders,
          tellsReporter,
          unanswered: unansweredLine(state, world.release),
          reply: typedAt({ ...call.invocation.place, case: state.id }, 'reply'),
          relayMissing: call.engine.relayMissing,
        }),
        facts: { is: 'preview', warning, sections: [] },
      }
    }
    return send(call, request, state.rm === 'closed' ? 'The mail is set aside. The case stays closed.' : 'Closed.')
  },
})
