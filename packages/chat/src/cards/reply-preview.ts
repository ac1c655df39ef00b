import type { BlobId, CaseState } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line, sentence } from './spans.ts'

const ASKED = {
  ask: 'ask the reporter this?',
  reply: 'send this to the reporter?',
  forward: 'send this to the other vendor?',
} as const

const LABELS = { ask: 'Your question', reply: 'Your mail', forward: 'The mail' } as const

/** To the caller: the mail as it would leave. Sending carries this text and no other. */
export function replyPreviewCard(request: {
  state: CaseState
  verb: 'reply' | 'ask' | 'forward'
  text: string
  blob: BlobId
  input: Readonly<Record<string, string>>
}): Card {
  const { state, verb, text, blob, input } = request
  const carried = { case: state.id, blob, ...input }
  return buildCard({
    kind: 'mail',
    title: `${state.id} · ${ASKED[verb]}`,
    lines: [line('Nothing has been sent yet.')],
    ...(input['to'] === undefined ? {} : { fields: [{ label: 'To', value: line(sentence(input['to'])) }] }),
    quote: { label: LABELS[verb], text },
    actions: [
      { label: 'Send', verb, input: carried, style: 'primary' },
      { label: 'Change', verb, input: { ...carried, change: 'yes' } },
    ],
    notification: notificationOf(state),
  })
}
