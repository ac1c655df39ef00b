import type { CaseState } from '@embargo/core'
import type { Card } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { line, sentence } from './spans.ts'

/** To the caller: somebody who leaves a case this way cannot come back. */
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
        own ? 'You hold' : sentence(`${name} holds`),
        ' no seat in this case from then on, for good: to acknowledge, to check a fix, to ask for a yes or to give one.',
      ),
      line(
        `${own ? 'You' : 'They'} do not see it any more, and what ${own ? 'you' : 'they'} asked a second person is void; a signal stands.`,
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
