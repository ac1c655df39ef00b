import type { BlobId, CaseState } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line } from './spans.ts'

/** To the caller: the mail as it would leave. Sending carries this text and no other. */
export function replyPreviewCard(request: {
  state: CaseState
  text: string
  blob: BlobId
  input: Readonly<Record<string, string>>
}): Card {
  const { state, text, blob, input } = request
  const carried = { case: state.id, blob, ...input }
  return buildCard({
    kind: 'mail',
    title: `${state.id} · send this to the reporter?`,
    lines: [line('Nothing has been sent yet.')],
    quote: { label: 'Your mail', text },
    actions: [
      { label: 'Send', verb: 'reply', input: carried, style: 'primary' },
      { label: 'Change', verb: 'reply', input: { ...carried, change: 'yes' } },
    ],
    notification: notificationOf(state),
  })
}
