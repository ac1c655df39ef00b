import type { CaseState, Instant, Policy } from '@embargo/core'
import type { Action, Card, Line, Span } from '@embargo/engine'
import { nameOf } from '../people/names.ts'
import { time } from '../text/times.ts'
import { buildCard, notificationOf } from './card.ts'
import { line, plain, strong } from './spans.ts'

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

type Words = { readonly thing: string; readonly offer: Omit<Action, 'input'> }

const FIRM = 0.8

/** Clocks that say one more thing after they were due, to somebody else. */
const ESCALATES: ReadonlySet<string> = new Set(['acknowledge'])

/** By the clock's name up to its first slash; the rest says of what (`reporter-verification/main`). */
const CLOCKS: Readonly<Record<string, Words>> = {
  acknowledge: { thing: 'acknowledge the report', offer: { label: 'Acknowledge', verb: 'ack', style: 'primary' } },
  'reporter-verification': {
    thing: 'the reporter has not said yet whether the patch fixes it; write to them, or have a team member confirm',
    offer: { label: 'Write to reporter', verb: 'reply', form: true },
  },
  'embargo-end': { thing: 'the embargo ends, so publish before', offer: { label: 'Status', verb: 'status' } },
  release: { thing: 'publish', offer: { label: 'Disclose', verb: 'disclose', style: 'primary' } },
}

/** Before its date a release is not published, so nobody is told to do it now. */
const RELEASE_AHEAD: Words = {
  thing: 'be ready to publish. Nothing is published before its time',
  offer: { label: 'Status', verb: 'status' },
}

const OTHER: Words = { thing: 'look at this case', offer: { label: 'Status', verb: 'status' } }

/** Names the person, the thing, the time left, and offers the action. */
export function reminderCard(request: ReminderRequest): Card {
  const { state, clock } = request
  const [name = '', of] = clock.split('/')
  const ahead = name === 'release' && request.due > request.at
  const words = ahead ? RELEASE_AHEAD : (CLOCKS[name] ?? OTHER)
  return buildCard({
    kind: 'reminder',
    title: `${state.id} · ${request.breached ? 'overdue' : 'reminder'}${of === undefined ? '' : ` · ${of}`}`,
    lines: reminderLines(request, words.thing),
    actions: [{ ...words.offer, input: { case: state.id } }],
    notification: notificationOf(state),
  })
}

function reminderLines(request: ReminderRequest, thing: string): readonly Line[] {
  const { state, policy, due, at, fraction, breached, clock } = request
  const who = state.coordinator === undefined ? 'Security team' : nameOf(policy, state.coordinator)
  const said = (span: (text: string) => Span): Line =>
    line(span(`${who}: ${thing}. ${due > at ? 'Due' : 'It was due'} `), time(due, at), span('.'))
  if (breached) return [said(strong), line('Nobody did, so the admins of this case must know.')]
  return fraction < FIRM || (clock === 'release' && due > at)
    ? [said(plain)]
    : [
        said(strong),
        line(
          fraction >= 1 && ESCALATES.has(clock) ? 'If nobody does, it goes to the admins next.' : 'Please do it now.',
        ),
      ]
}
