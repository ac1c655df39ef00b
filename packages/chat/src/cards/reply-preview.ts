import type { BlobId, CaseState } from '@embargo/core'
import type { Card, Line } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { MORE_TO_READ, SHOW_MORE } from './preview.ts'
import { line } from './spans.ts'
import { partLabel, partOf } from '../text/parts.ts'
import type { Part } from '../text/parts.ts'

/** The warning before an unencrypted mail that could give away what somebody else sent encrypted. */
export const READABLE =
  '⚠ Another report of this case came encrypted, and this mail could be read on its way. Send it only if it repeats nothing from that report.'

/** Shown to the caller: the mail as it would be sent. The button sends exactly this text. */
export function replyPreviewCard(
  request: Part & {
    state: CaseState
    kind?: 'question'
    /** The question that the card asks the caller, if it is not the usual question for this recipient. */
    asks?: string
    text: string
    blob: BlobId
    /**
     * Whether this mail will be sent unencrypted although a reporter other than its addressee sent an encrypted mail.
     */
    isReadable: boolean
    to?: Line
    notes?: readonly string[]
    input: Readonly<Record<string, string>>
  },
): Card {
  const { state, kind, text, blob, isReadable, to, input } = request
  const carried = { case: state.id, blob, ...input }
  const shown = partOf(text, request)
  const isMore = shown.at < shown.of
  return buildCard({
    kind: 'mail',
    title: `${state.id} · ${request.asks ?? askedOf(state, kind, input['to'])}`,
    lines: [
      line('Nothing has been sent yet.'),
      ...(isReadable ? [line(READABLE)] : []),
      ...(request.notes ?? []).map((note) => line(note)),
      ...(isMore ? [MORE_TO_READ] : []),
    ],
    ...(to === undefined ? {} : { fields: [{ label: 'To', value: to }] }),
    quote: { label: partLabel(kind === 'question' ? 'Your question' : 'Your mail', shown), text: shown.text },
    actions: [
      ...(isMore ? [{ label: SHOW_MORE, verb: 'reply', input: { ...carried, part: String(shown.at + 1) } }] : []),
      { label: 'Send', verb: 'reply', input: carried, style: 'primary' },
      { label: 'Change', verb: 'reply', input: { ...carried, change: 'yes' } },
    ],
    notification: notificationOf(state),
  })
}

function askedOf({ cna }: CaseState, kind: 'question' | undefined, to: string | undefined): string {
  if (kind === 'question') return 'ask the reporter this?'
  if (to === undefined) return 'send this to the reporter?'
  if (to === cna) return 'send this to the CNA?'
  return to.includes('@') ? 'send this to another vendor?' : 'send this to recipients?'
}
