import type { CaseState } from '@embargo/core'
import type { Card } from '@embargo/engine'
import type { Place } from '../types.ts'
import { typedAt } from '../usage.ts'
import { buildCard, notificationOf } from './card.ts'
import { code, line, sentence } from './spans.ts'

/** To the caller, who wrote what can be read as a yes and as a no: both ways, as buttons and as they are written. */
export function confirmMeantCard(meant: {
  state: CaseState
  branch: string | undefined
  note: string
  reason: string
  place: Place
  /** What both buttons carry of the case, and of the patches that are there. */
  carried: Readonly<Record<string, string>>
}): Card {
  const { state, branch, note, reason, place, carried } = meant
  const common = { ...carried, ...(branch === undefined ? {} : { branch }), sure: 'yes' }
  const named = branch === undefined ? '' : ` ${branch}`
  return buildCard({
    kind: 'notice',
    title: `${state.id} · does the patch fix it?`,
    lines: [
      line('You wrote “', sentence(note), '”, which can be a note beside a yes, or a no. Nothing is recorded yet.'),
      line('Yes is written ', code(typedAt(place, `confirm yes${named} <note>`)), '.'),
      line('No is written ', code(typedAt(place, `confirm${named} no <reason>`)), ', in small letters.'),
    ],
    actions: [
      { label: 'Yes, it is fixed', verb: 'confirm', input: { ...common, fixed: 'yes', note } },
      {
        label: 'No, changes are needed',
        verb: 'confirm',
        style: 'danger',
        input: { ...common, fixed: 'no', note: reason },
      },
    ],
    notification: notificationOf(state),
  })
}
