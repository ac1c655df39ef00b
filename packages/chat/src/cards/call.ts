import type { CaseState, DelayedMention } from '@embargo/core'
import type { Action, Card } from '@embargo/engine'
import { nameOf } from '../people/names.ts'
import { approvalInWords } from './waiting-command.ts'
import { buildCard, notificationOf } from './card.ts'
import { reminderCard } from './reminder.ts'
import type { ReminderRequest } from './reminder.ts'
import { line, sentence } from './spans.ts'

/**
 * Mentions people some time after an approval request, an offer or a reminder was posted, and says what waits for them.
 */
export function callCard(
  state: CaseState,
  { about, people }: DelayedMention,
  { policy, at, where }: Pick<ReminderRequest, 'policy' | 'at' | 'where'>,
): Card {
  if (about !== 'offer' && 'reminder' in about) return reminderCard({ ...about.reminder, state, policy, at, where })
  const names = people.map((person) => nameOf(policy, person)).join(', ')
  const input = { case: state.id }
  if (about !== 'offer' && 'alone' in about)
    return calling(state, people, {
      said: `${names}: nobody answered in time, so you may now do this alone: ${approvalInWords(about.alone)}.`,
      action: {
        label: 'Go on alone',
        verb: 'approve',
        style: 'primary',
        input: { ...input, approval: about.alone.id },
      },
    })
  const subject =
    about === 'offer' ? 'the case is offered to you' : `a second person is asked to ${approvalInWords(about.approval)}`
  const action: Action =
    about === 'offer'
      ? { label: 'Take the case', verb: 'ack', style: 'primary', input }
      : {
          label: 'Look and approve',
          verb: 'approve',
          style: 'primary',
          input: { ...input, approval: about.approval.id },
        }
  return calling(state, people, { said: `${names}: ${subject}.`, action })
}

const calling = (
  state: CaseState,
  people: DelayedMention['people'],
  { said, action }: { readonly said: string; readonly action: Action },
): Card =>
  buildCard({
    kind: 'reminder',
    title: '',
    lines: [line(sentence(said))],
    actions: [action],
    mentions: people,
    notification: notificationOf(state),
  })
