import type { CaseState } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line, sentence } from './spans.ts'

/** Shown to the caller before they declare a conflict: a person who leaves a case this way cannot come back. */
export function conflictPreviewCard(declared: {
  state: CaseState
  /** The person's name; absent if it is the caller. */
  name: string | undefined
  reason: string
  input: Readonly<Record<string, string>>
}): Card {
  const { state, name, reason, input } = declared
  const own = name === undefined
  return buildCard({
    kind: 'notice',
    title: `${state.id} · a conflict of interest?`,
    lines: [
      line(
        own ? 'You' : sentence(name),
        ' can never work on this case again: no acknowledging, no checking of fixes, no requests and no approvals.',
      ),
      line(
        `${own ? 'You' : 'They'} can no longer see it, and ${own ? 'your' : 'their'} approval requests are void; ${own ? 'your' : 'their'} signals remain in force.`,
      ),
      line('Reason: ', sentence(reason)),
      line('This cannot be undone. Nothing has happened yet.'),
    ],
    actions: [
      {
        label: 'Declare it',
        verb: 'people.conflict',
        style: 'danger',
        input: { case: state.id, sure: 'yes', ...input },
      },
    ],
    notification: notificationOf(state),
  })
}
