import { underEmbargo } from '@embargo/core'
import type { CaseState } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { unsentReporterMail } from '../text/mail-backlog.ts'
import { buildCard, notificationOf } from './card.ts'
import { line, sentence } from './spans.ts'
import type { LineParts } from './spans.ts'

/** Shown to the caller: what ends when the case closes. An embargo that has ended cannot be put in force again. */
export function closePreviewCard(closing: {
  state: CaseState
  /** The values as the caller gave them. */
  values: Readonly<Partial<Record<'reason' | 'rootCause' | 'change', string>>>
  /** How many recipients have the patches of the case. */
  holders: number
  /** Whether the reporter is told that the case closes. */
  tellsReporter: boolean
  /** The mails that nobody has answered. */
  unanswered: LineParts
  /** The command that answers these mails, as it is typed where the card is read. */
  reply: string
  /** The missing setting without which no mail can leave. */
  relayMissing: string | undefined
}): Card {
  const { state, values, holders, tellsReporter, unanswered, reply, relayMissing } = closing
  const { reason } = values
  return buildCard({
    kind: 'notice',
    title: `${state.id} · close it?`,
    lines: [
      ...(underEmbargo(state)
        ? [line('The embargo ends when the case closes. From then on, the reporter may say what they know.')]
        : []),
      ...(holders === 0 ? [] : [line(...toldOf(holders, reason))]),
      ...(tellsReporter
        ? [
            line(
              'The reporter is told that we publish nothing about it',
              ...(reason === undefined ? ['.'] : [', with this reason: ', sentence(reason)]),
            ),
            ...unsentReporterMail(relayMissing).map((kept) => line(kept)),
          ]
        : []),
      ...(unanswered.length === 0
        ? []
        : [
            line(
              'Closing sets these unanswered mails aside, with your reason: ',
              ...unanswered,
              `. To answer first: ${reply}`,
            ),
          ]),
      line('This cannot be undone. Nothing has happened yet.'),
    ],
    actions: [
      {
        label: 'Close the case',
        verb: 'close',
        style: 'danger',
        input: { case: state.id, sure: 'yes', ...values },
      },
    ],
    notification: notificationOf(state),
  })
}

function toldOf(holders: number, reason: string | undefined): LineParts {
  const name =
    holders === 1
      ? 'One recipient has the patches of this case and is'
      : `${holders} recipients have the patches of this case and are`
  return reason === undefined
    ? [`${name} told that the case closes without a release. They read why, so give a reason.`]
    : [`${name} told that the case closes without a release, with this reason: `, sentence(reason)]
}
