import type { CaseState, MessageId } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { code, line, plain } from './spans.ts'

const BECAUSE = {
  unparsable: 'it is not a mail that can be read',
  'too-large': 'it is larger than a mail may be',
  'parser-died': 'reading it ended the reader, three times',
} as const

/** A mail that could not be read: kept as it came, and said. */
export function quarantineCard(request: { state: CaseState; message: MessageId; because: keyof typeof BECAUSE }): Card {
  const { state, message, because } = request
  return buildCard({
    kind: 'notice',
    title: `${state.id} · a mail is in quarantine`,
    lines: [
      line(`It was kept and not opened, because ${BECAUSE[because]}.`),
      line(plain('Its bytes are kept as they came, under '), code(message), plain('.')),
    ],
    notification: notificationOf(state),
  })
}
