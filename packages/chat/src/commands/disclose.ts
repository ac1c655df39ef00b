import { refuse, send } from '../answers.ts'
import { CANNOT_BE_UNDONE } from '../cards/irreversible.ts'
import { previewCard, previewFacts } from '../cards/preview.ts'
import { defineCommand } from '../define-command.ts'
import { previewOf } from './preview-of.ts'
import { goOnLabel, whatFollows } from './second-seat.ts'
import { howMuch, shownBy, shownOptions } from './shown-options.ts'
import { RELEASER } from './who.ts'

export const disclose = defineCommand({
  verb: 'disclose',
  summary: 'Publish: announcement, lists, thanks, end of the embargo',
  short: true,
  about: 'case',
  allowed: RELEASER,
  form: { title: 'Disclose', submit: 'Show what would go out' },
  options: shownOptions(),
  run: async (call) => {
    const request = { verb: 'disclose', case: call.case.id } as const
    const shown = shownBy(call.values)
    const second = call.engine.policy.policy.approvals.disclose
    if (shown !== undefined) return send(call, { ...request, shown }, whatFollows(second))
    const preview = await previewOf(call, request)
    if ('gate' in preview) return refuse(call, preview)
    const card = previewCard({
      state: call.case.state,
      title: 'publication',
      preview,
      ...howMuch(call.values, call.invocation.place),
      warning: CANNOT_BE_UNDONE.disclose,
      notes: ['Nothing has been published yet.'],
      action: { label: goOnLabel(second), verb: 'disclose', style: 'danger' },
    })
    return { audience: 'caller', card, facts: previewFacts(preview, CANNOT_BE_UNDONE.disclose) }
  },
})
