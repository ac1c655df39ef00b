import {
  actingOwner,
  reminderMentions,
  channelWords,
  deadlineOf,
  isPossibleNow,
  policyFor,
  subjectOf,
  breachAudience,
} from '@embargo/core'
import type { Audience, CaseState, Instant, NextReminder, PersonId, PersonVerb, Policy, World } from '@embargo/core'
import type { Action, Card, Line, Span } from '@embargo/engine'
import { time } from '../text/times.ts'
import { typedAt } from '../usage.ts'
import type { TypedPlace } from '../usage.ts'
import { chatVerbOf } from '../verbs.ts'
import { buildCard, notificationOf } from './card.ts'
import { answerAction, canBeAnswered } from './mail.ts'
import { line, plain, strong } from './spans.ts'

export type ReminderRequest = {
  readonly state: CaseState
  readonly clock: string
  readonly due: Instant
  /** The task, in the words of the status; absent once the deadline has stopped. */
  readonly about?: string | undefined
  /**
   * How much of the time between the clock's start and its due time has passed, as a fraction. From `FIRM` on, the
   * words are firmer, and say who is notified next.
   */
  readonly fraction: number
  readonly breached: boolean
  /** Who is notified in the channel. Some reminders are also mailed. */
  readonly hears: Audience
  /** Who is notified next; absent once the deadline has stopped. */
  readonly next?: NextReminder | undefined
  /** The person who was assigned to the task, if they are not away. */
  readonly named?: PersonId
  /**
   * The new due time, if the deadline was extended. The reason is that the program was not running at the time of the
   * reminder, or at the time at which silence would have counted as an answer.
   */
  readonly extendedTo?: Instant | undefined
  /** Set if a person asked for this reminder before it was due. */
  readonly asked?: boolean | undefined
  readonly policy: Policy
  readonly at: Instant
  /** Where the reminder is read. */
  readonly where: TypedPlace
  /** The case with its release. If it is given, a button that would be refused to everybody now is left out. */
  readonly world?: World
}

const FIRM = 0.8

const STATUS: Omit<Action, 'input'> = { label: 'Status', verb: 'status' }

/** Names the person, the task and the time left, and offers the action and a snooze. */
export function reminderCard(request: ReminderRequest): Card {
  const { state, clock } = request
  const of = subjectOf(clock)
  const rest: Action = { label: 'Snooze', verb: 'remind.later', form: true, input: { case: state.id, clock } }
  return buildCard({
    kind: 'reminder',
    title: `${state.id} · ${request.breached ? 'overdue' : 'reminder'}${of === undefined ? '' : ` · ${of}`}`,
    lines: reminderLines(request),
    mentions: reminderMentions(request.policy, state, request, request.at),
    actions: [offerOf(request), ...(request.breached ? [] : [rest])],
    notification: notificationOf(state),
  })
}

/** The button that answers the first unanswered mail, if an answer can reach its sender. */
function answerOf({ state }: ReminderRequest): Action | undefined {
  const mail = state.messages.find(({ unread }) => unread === true)
  return canBeAnswered({ state, ...mail }) ? answerAction({ state, from: 'reporter', ...mail }) : undefined
}

/** The words before the due time, for a task that cannot be done yet. They tell nobody to act. */
const wordsAhead = ({ clock, due, at }: ReminderRequest): string | undefined =>
  due > at ? deadlineOf(clock)?.aheadWords : undefined

const isClosed = ({ policy, world, at }: ReminderRequest, verb: PersonVerb): boolean =>
  world !== undefined && !isPossibleNow(policy, world, verb, at)

/** The button of the reminder. */
function offerOf(request: ReminderRequest): Action {
  const { button } = deadlineOf(request.clock) ?? {}
  const input = { case: request.state.id }
  const answer = button?.orAnswer === true ? answerOf(request) : undefined
  if (answer !== undefined) return answer
  if (button === undefined || wordsAhead(request) !== undefined || isClosed(request, button.verb))
    return { ...STATUS, input }
  const { label, form } = button
  const { verb, input: typed } = chatVerbOf(button.verb)
  const shape = form === true ? { form } : { style: 'primary' as const }
  return { label, verb, input: { ...input, ...typed }, ...shape }
}

function reminderLines(request: ReminderRequest): readonly Line[] {
  const { due, at, fraction, breached, clock, about, asked, extendedTo, state } = request
  const ahead = wordsAhead(request)
  const thing = ahead ?? channelWords(clock, about, (usage) => typedAt({ ...request.where, case: state.id }, usage))
  const who = actingOwner({ policy: policyFor(request.policy, state), state }, request, at)?.name ?? 'Security team'
  const dueLine = (span: (text: string) => Span): Line =>
    line(span(`${who}: ${thing}. ${due > at ? 'Due' : 'It was due'} `), time(due, at), span('.'))
  const { restart } = deadlineOf(clock) ?? {}
  if (extendedTo !== undefined) return [dueLine(strong), ...(restart === undefined ? [] : [line(restart.words)])]
  if (breached) return [dueLine(strong), line(`Nobody has done it, so ${toldInWords(request)} must know.`)]
  if (asked === true || fraction < FIRM || ahead !== undefined) return [dueLine(plain)]
  return [dueLine(strong), nextLine(request)]
}

const toldInWords = (request: ReminderRequest): string =>
  breachAudience(request.policy, request.state, request, request.at) === 'team'
    ? 'the whole team'
    : 'the admins of this case'

function nextLine({ clock, hears, next, at }: ReminderRequest): Line {
  if (next === undefined) return line('Please do it now.')
  if (next === 'nobody') return line('Please do it now. This is the last reminder.')
  if (next.hears === 'admins') return line('If nobody does it, the admins are notified next.')
  if (deadlineOf(clock)?.rotation !== undefined) return line('If you do not do it, somebody else is asked next.')
  if (next.hears === 'team' && hears !== 'team') return line('Please do it now. The whole team is notified next.')
  return line('Please do it now. The next reminder is ', time(next.at, at), '.')
}
