import type { CaseState, MessageId, QuarantineReason } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { code, line, plain } from './spans.ts'

const BECAUSE: Readonly<Record<QuarantineReason, string>> = {
  unparsable: 'it is not a readable mail',
  'too-large': 'it is too large, or has too many parts',
  'parser-died': 'three attempts to read it took too much time or memory',
  'program-died': 'the program crashed four times while it read this mail',
}

/** Announces a mail that could not be read. The mail is stored unchanged. */
export function quarantineCard(request: { state: CaseState; message: MessageId; because: QuarantineReason }): Card {
  const { state, message, because } = request
  return buildCard({
    kind: 'notice',
    title: `${state.id} · a mail is in quarantine`,
    lines: [
      line(`It was stored without being opened, because ${BECAUSE[because]}.`),
      line(plain('Its original bytes are stored under '), code(message), plain('.')),
    ],
    notification: notificationOf(state),
  })
}
