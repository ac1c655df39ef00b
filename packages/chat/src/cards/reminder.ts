import type { CaseState, Instant, Policy } from '@embargo/core'
import type { Action, Card, Line } from '@embargo/engine'
import { ownerName } from '../people/names.ts'
import { dated } from '../text/dates.ts'
import { buildCard, notificationOf } from './card.ts'
import { line, strong } from './spans.ts'

export type ReminderRequest = {
  readonly state: CaseState
  readonly clock: string
  readonly due: Instant
  /** Of the time that there was; from `FIRM` on the words are firmer, at 1 somebody else is told next. */
  readonly fraction: number
  readonly breached: boolean
  readonly policy: Policy
  readonly at: Instant
}

type Words = { readonly thing: string; readonly offer?: Omit<Action, 'input'> & { readonly input?: Readonly<Record<string, string>> } }

const FIRM = 0.8

const CLOCKS: Readonly<Record<string, Words>> = {
  acknowledge: { thing: 'acknowledge the report', offer: { label: 'Acknowledge', verb: 'ack', style: 'primary' } },
  'reporter-verification': { thing: 'hear from the reporter whether the patch fixes it', offer: { label: 'Write to reporter', verb: 'reply', form: true } },
  'update-reporter': { thing: 'write to the reporter', offer: { label: 'Write to reporter', verb: 'reply', form: true } },
  'embargo-end': { thing: 'publish before the embargo ends', offer: { label: 'Status', verb: 'status' } },
  release: { thing: 'publish', offer: { label: 'Disclose', verb: 'disclose', style: 'primary' } },
}

/** Names the person, the thing, the time left, and offers the action. */
export function reminderCard(request: ReminderRequest): Card {
  const { state, clock } = request
  const words = CLOCKS[clock] ?? { thing: clock.replaceAll('-', ' ') }
  return buildCard({
    kind: 'reminder',
    title: `${state.id} · ${request.breached ? 'overdue' : 'reminder'}`,
    lines: reminderLines(request, words.thing),
    actions: words.offer === undefined ? [] : [{ ...words.offer, input: { case: state.id, ...words.offer.input } }],
    notification: notificationOf(state),
  })
}

function reminderLines(request: ReminderRequest, thing: string): readonly Line[] {
  const { state, policy, due, at, fraction, breached } = request
  const who = state.coordinator === undefined ? 'Security team' : ownerName(policy, state.coordinator)
  if (breached) return [line(strong(`${who}: ${thing}. It was due ${dated(due, at)}.`)), line('The admins of this case are told as well.')]
  const time = due >= at ? `Due ${dated(due, at)}.` : `It was due ${dated(due, at)}.`
  if (fraction < FIRM) return [line(`${who}: ${thing}. ${time}`)]
  if (fraction < 1) return [line(strong(`${who}: please ${thing} now. ${time}`))]
  return [line(strong(`${who}: ${thing}. ${time}`)), line('If nobody does, the admins of this case are told next.')]
}
