import type { BlobId, CaseState } from '@embargo/core'
import type { Card, Line, MailForReading } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { MORE_TO_READ, SHOW_MORE } from './preview.ts'
import { line, outside } from './spans.ts'
import { partLabel, partOf } from '../text/parts.ts'
import type { Part } from '../text/parts.ts'

const ASKED = {
  ask: 'ask the reporter this?',
  reply: 'send this to the reporter?',
  forward: 'send this to the other vendor?',
} as const

const LABELS = { ask: 'Your question', reply: 'Your mail', forward: 'The mail' } as const

/** To the caller: the mail as it would leave. Sending carries this text and no other. */
export function replyPreviewCard(
  request: Part & {
    state: CaseState
    verb: 'reply' | 'ask' | 'forward'
    text: string
    blob: BlobId
    /** Who reads it. */
    to?: Line
    input: Readonly<Record<string, string>>
    attachments?: MailForReading['attachments']
    /** Files that came with what is sent, and stay here. */
    leftOut?: MailForReading['attachments']
  },
): Card {
  const { state, verb, text, blob, to, input, attachments = [], leftOut = [] } = request
  const carried = { case: state.id, blob, ...input }
  const shown = partOf(text, request)
  const isMore = shown.at < shown.of
  return buildCard({
    kind: 'mail',
    title: `${state.id} · ${verb === 'reply' && input['to'] !== undefined ? 'send this to recipients?' : ASKED[verb]}`,
    lines: [line('Nothing has been sent yet.'), ...stays(leftOut), ...(isMore ? [MORE_TO_READ] : [])],
    ...(to === undefined ? {} : { fields: [{ label: 'To', value: to }] }),
    quote: { label: partLabel(LABELS[verb], shown), text: shown.text },
    attachments,
    actions: [
      ...(isMore ? [{ label: SHOW_MORE, verb, input: { ...carried, part: String(shown.at + 1) } }] : []),
      { label: 'Send', verb, input: carried, style: 'primary' },
      { label: 'Change', verb, input: { ...carried, change: 'yes' } },
    ],
    notification: notificationOf(state),
  })
}

/** What does not go is said by name: whoever sends it must not believe that all of it went. */
function stays(files: MailForReading['attachments']): readonly Line[] {
  if (files.length === 0) return []
  const names = files.flatMap(({ name }, index) => [index === 0 ? '' : ', ', outside(name, 'a file')])
  return [line('Not sent with it: ', ...names, '. A file may name who made it; with "--files with" they go too.')]
}
