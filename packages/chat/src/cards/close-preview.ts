import type { CaseState } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line } from './spans.ts'

/** To the caller: what ends with the case. An embargo that is over cannot be put in force again. */
export function closePreviewCard(state: CaseState, reason: string | undefined): Card {
  return buildCard({
    kind: 'notice',
    title: `${state.id} · close it?`,
    lines: [
      line('The embargo ends with the case: from then on the reporter may say what they know.'),
      line('This cannot be undone. Nothing has happened yet.'),
    ],
    actions: [
      {
        label: 'Close the case',
        verb: 'close',
        style: 'danger',
        input: { case: state.id, sure: 'yes', ...(reason === undefined ? {} : { reason }) },
      },
    ],
    notification: notificationOf(state),
  })
}
