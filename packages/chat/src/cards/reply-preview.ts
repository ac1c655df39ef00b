import type { BlobId, CaseState } from '@embargo/core'
import type { Card, Line } from '@embargo/engine'
import { chatVerbOf } from '../verbs.ts'
import { buildCard, notificationOf } from './card.ts'
import { MORE_TO_READ, SHOW_MORE } from './preview.ts'
import { line } from './spans.ts'
import { partLabel, partOf } from '../text/parts.ts'
import type { Part } from '../text/parts.ts'

const ASKED = {
  'reply.question': 'ask the reporter this?',
  reply: 'send this to the reporter?',
} as const

const LABELS = { 'reply.question': 'Your question', reply: 'Your mail' } as const

/** To the caller: the mail as it would leave. The button sends exactly this text. */
export function replyPreviewCard(
  request: Part & {
    state: CaseState
    verb: 'reply' | 'reply.question'
    text: string
    blob: BlobId
    /** Its recipient. */
    to?: Line
    input: Readonly<Record<string, string>>
  },
): Card {
  const { state, verb: asked, text, blob, to, input } = request
  const { verb } = chatVerbOf(asked)
  const carried = { case: state.id, blob, ...input }
  const shown = partOf(text, request)
  const isMore = shown.at < shown.of
  return buildCard({
    kind: 'mail',
    title: `${state.id} · ${askedOf(asked, input['to'])}`,
    lines: [line('Nothing has been sent yet.'), ...(isMore ? [MORE_TO_READ] : [])],
    ...(to === undefined ? {} : { fields: [{ label: 'To', value: to }] }),
    quote: { label: partLabel(LABELS[asked], shown), text: shown.text },
    actions: [
      ...(isMore ? [{ label: SHOW_MORE, verb, input: { ...carried, part: String(shown.at + 1) } }] : []),
      { label: 'Send', verb, input: carried, style: 'primary' },
      { label: 'Change', verb, input: { ...carried, change: 'yes' } },
    ],
    notification: notificationOf(state),
  })
}

function askedOf(verb: 'reply' | 'reply.question', to: string | undefined): string {
  if (verb === 'reply.question' || to === undefined) return ASKED[verb]
  return to.includes('@') ? 'send this to another vendor?' : 'send this to recipients?'
}
