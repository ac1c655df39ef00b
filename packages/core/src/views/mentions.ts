import type { World } from '../vocabulary/decision.ts'
import type { Approval, CaseState, LastReminder } from '../state/state.ts'
import { after } from '../policy/calendar.ts'
import { actingOwner } from '../deadlines/acting-owner.ts'
import { audienceOf } from '../deadlines/escalation.ts'
import type { Audience } from '../deadlines/escalation.ts'
import { clocks, roundKey } from '../deadlines/running-clocks.ts'
import { isAtWork, isUrgent, nextWorking } from '../deadlines/working-hours.ts'
import { mayGoOnAlone } from '../gates/second-person.ts'
import { policyFor } from '../state/policy-for.ts'
import type { Person, Policy } from '../policy/schema.ts'
import type { PersonId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import { isAway, nextInLine } from '../state/people/access.ts'

/** The maximum number of people that a message mentions. With more names, nobody would feel addressed. */
const CALLED_MAX = 10

/**
 * The people whom a message may mention: those on the case who are not away and, unless the message is urgent, within
 * their working hours.
 */
function called(
  policy: Policy,
  state: CaseState,
  people: readonly Person[],
  { at, urgent }: { readonly at: Instant; readonly urgent: boolean },
): readonly PersonId[] {
  return people
    .filter(
      (person) =>
        state.people[person.id] !== undefined &&
        !isAway(state, person, at) &&
        (urgent || isAtWork(policy.calendar, person.zone, at)),
    )
    .map(({ id }) => id)
    .slice(0, CALLED_MAX)
}

type Notice = {
  readonly clock: string
  readonly fraction: number
  readonly hears: Audience
  readonly named?: PersonId | undefined
}

/**
 * The people whom a reminder or an escalation mentions: those whom the message names, if they may be mentioned at this
 * time.
 */
export function reminderMentions(whole: Policy, state: CaseState, notice: Notice, at: Instant): readonly PersonId[] {
  const policy = policyFor(whole, state)
  return called(policy, state, askedBy(policy, state, notice, at), { at, urgent: isUrgent(state, at) })
}

function askedBy(policy: Policy, state: CaseState, notice: Notice, at: Instant): readonly Person[] {
  const { hears, named } = notice
  if (hears !== 'owner') return audienceOf(policy, state, { hears, at, named })
  const one = actingOwner({ policy, state }, notice, at)
  return one === undefined ? audienceOf(policy, state, { hears, at, named }) : [one]
}

/**
 * Who is told about a missed deadline: `admins` if the notice is for admins and everybody whom it reaches is an admin,
 * otherwise `team`.
 */
export function breachAudience(whole: Policy, state: CaseState, notice: Notice, at: Instant): 'team' | 'admins' {
  const { hears, named } = notice
  const audience = audienceOf(policyFor(whole, state), state, { hears, at, named })
  return hears === 'admins' && audience.every(({ roles }) => roles.includes('admin')) ? 'admins' : 'team'
}

/**
 * The people whom an approval request mentions: the first person who is at work or, if silence counts as a yes,
 * everybody who may answer.
 */
export function approvalMentions(
  whole: Policy,
  state: CaseState,
  approval: Approval,
  at: Instant,
): readonly PersonId[] {
  const { yesFrom, aloneFrom } = approval
  const presses = yesFrom !== undefined || aloneFrom !== undefined
  const may = mayAnswer(whole, state, approval, at)
  const found = called(policyFor(whole, state), state, may, { at, urgent: presses || isUrgent(state, at) })
  return presses ? found : found.slice(0, 1)
}

/** The people who may answer an approval request, in the order in which they are asked. */
function mayAnswer(whole: Policy, state: CaseState, { by, mode }: Approval, at: Instant): readonly Person[] {
  if (mode === 'second-look') return []
  return nextInLine(policyFor(whole, state), state, at).filter(
    ({ id, roles }) => id !== by && (mode !== 'second-admin' || roles.includes('admin')),
  )
}

/**
 * When everybody who may answer an approval request is mentioned again: a working day after the first working time at
 * which somebody could read the request.
 */
const repeatedAt = ({ calendar }: Policy, { askedAt }: Approval): Instant =>
  after(calendar, nextWorking(calendar, askedAt), { amount: 1, unit: 'working days' })

/** The person to whom a case is offered, if they may be mentioned at this time. Otherwise empty. */
export const offerMentions = (whole: Policy, state: CaseState, to: PersonId, at: Instant): readonly PersonId[] =>
  called(
    policyFor(whole, state),
    state,
    whole.people.filter(({ id }) => id === to),
    { at, urgent: isUrgent(state, at) },
  )

/**
 * A mention that is made only now: nobody could be mentioned when the approval request, the offer or the reminder was
 * posted.
 */
export type DelayedMention = {
  /** Identifies the mention for as long as it is delayed. */
  readonly key: string
  readonly about:
    | { readonly approval: Approval }
    | { readonly alone: Approval }
    | { readonly reminder: LastReminder }
    | 'offer'
  readonly people: readonly PersonId[]
}

/**
 * All mentions that are due now: those that waited for somebody's working hours, repeated mentions of approval
 * requests, and mentions of requesters who may now proceed alone.
 */
export function delayedMentions(policy: Policy, world: World, at: Instant): readonly DelayedMention[] {
  const { case: state } = world
  if (state === undefined) return []
  const questions = state.approvals
    .filter(({ status }) => status === 'open')
    .filter((approval) => approvalMentions(policy, state, approval, approval.askedAt).length === 0)
    .map((approval): DelayedMention => ({
      key: approval.id,
      about: { approval },
      people: approvalMentions(policy, state, approval, at),
    }))
  const again = state.approvals
    .filter((approval) => approval.status === 'open' && at >= repeatedAt(policyFor(policy, state), approval))
    .map((approval): DelayedMention => ({
      key: `${approval.id}/again`,
      about: { approval },
      people: called(policyFor(policy, state), state, mayAnswer(policy, state, approval, at), { at, urgent: false }),
    }))
  const alone = state.approvals
    .filter((approval) => approval.status === 'open' && mayGoOnAlone(approval, at))
    .map((approval): DelayedMention => {
      const asker = policy.people.filter(({ id }) => id === approval.by)
      const people = called(policyFor(policy, state), state, asker, { at, urgent: true })
      return { key: `${approval.id}/alone`, about: { alone: approval }, people }
    })
  const { offer } = state
  const asleep = offer !== undefined && offerMentions(policy, state, offer.to, offer.at).length === 0
  const offers: readonly DelayedMention[] = asleep
    ? [{ key: `offer-${offer.at}`, about: 'offer', people: offerMentions(policy, state, offer.to, at) }]
    : []
  return [...questions, ...again, ...alone, ...offers, ...remindedLate(policy, world, state, at)].filter(
    ({ people }) => people.length > 0,
  )
}

/** The last reminder of a running deadline, if it mentioned nobody and the deadline is not snoozed. */
function remindedLate(policy: Policy, world: World, state: CaseState, at: Instant): readonly DelayedMention[] {
  const unheard = Object.values(state.toldLast ?? {}).filter(
    (notice) =>
      (state.snoozed?.[roundKey(notice)] ?? at) <= at &&
      reminderMentions(policy, state, notice, notice.at).length === 0,
  )
  if (unheard.length === 0) return []
  const running = new Set(clocks(policy, world).map(roundKey))
  return unheard
    .filter((notice) => running.has(roundKey(notice)))
    .map((reminder) => ({
      key: `${roundKey(reminder)}-${reminder.at}`,
      about: { reminder },
      people: reminderMentions(policy, state, reminder, at),
    }))
}
