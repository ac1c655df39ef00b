import type { Approval, CaseState } from '../case/state.ts'
import { hearersOf, offeredTo } from '../policy/clocks/index.ts'
import type { Hears } from '../policy/clocks/index.ts'
import { isAtWork, isUrgent } from '../policy/clocks/working-hours.ts'
import { policyFor } from '../policy/policy-for.ts'
import type { Person, Policy } from '../policy/schema.ts'
import type { PersonId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import { isAway, nextInLine, standIn } from './seats.ts'

/** A platform shows who is called; more than these are a crowd in which nobody feels asked. */
const CALLED_MAX = 10

/**
 * Who of these a message may call by their account: they are on the case, and there. In their own working hours, counted
 * where they are, unless it is urgent.
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

type Told = {
  readonly clock: string
  readonly fraction: number
  readonly hears?: Hears | undefined
  readonly named?: PersonId | undefined
}

/** Who is called by a reminder or an escalation: whoever it is for, as its words say. */
export function calledByReminder(whole: Policy, state: CaseState, told: Told, at: Instant): readonly PersonId[] {
  const policy = policyFor(whole, state)
  return called(policy, state, askedBy(policy, state, told, at), { at, urgent: isUrgent(state) })
}

function askedBy(policy: Policy, state: CaseState, told: Told, at: Instant): readonly Person[] {
  const { clock, fraction, hears = 'owner', named } = told
  if (hears !== 'owner') return hearersOf(policy, state, { hears, at, named })
  const one =
    clock === 'offer-owner'
      ? offeredTo({ policy, state }, { turn: fraction, at })
      : (policy.people.find(({ id }) => id === named) ?? standIn(policy, state, at))
  return one === undefined ? hearersOf(policy, state, { hears, at, named }) : [one]
}

/** Who is called by a question to a second person: the first who is at work; everybody who may answer where silence counts. */
export function calledByQuestion(
  whole: Policy,
  state: CaseState,
  approval: Approval,
  at: Instant,
): readonly PersonId[] {
  const policy = policyFor(whole, state)
  const { by, mode, yesFrom, aloneFrom } = approval
  if (mode === 'second-look') return []
  const presses = yesFrom !== undefined || aloneFrom !== undefined
  const may = nextInLine(policy, state, at).filter(
    ({ id, roles }) => id !== by && (mode !== 'second-admin' || roles.includes('admin')),
  )
  const found = called(policy, state, may, { at, urgent: presses || isUrgent(state) })
  return presses ? found : found.slice(0, 1)
}

/** Whether the person to whom a case is offered is called at this time. */
export const calledByOffer = (whole: Policy, state: CaseState, to: PersonId, at: Instant): readonly PersonId[] =>
  called(
    policyFor(whole, state),
    state,
    whole.people.filter(({ id }) => id === to),
    { at, urgent: isUrgent(state) },
  )

/** A question or an offer whose person could not be called when it was made, and can be now. */
export type LateCall = {
  /** The same for as long as it waits. */
  readonly key: string
  readonly about: { readonly approval: Approval } | 'offer'
  readonly people: readonly PersonId[]
}

/** What waited for somebody's working hours to begin. */
export function lateCalls(policy: Policy, state: CaseState, at: Instant): readonly LateCall[] {
  const questions = state.approvals
    .filter(({ status }) => status === 'open')
    .filter((approval) => calledByQuestion(policy, state, approval, approval.askedAt).length === 0)
    .map((approval): LateCall => ({
      key: approval.id,
      about: { approval },
      people: calledByQuestion(policy, state, approval, at),
    }))
  const { offer } = state
  const asleep = offer !== undefined && calledByOffer(policy, state, offer.to, offer.at).length === 0
  const offers: readonly LateCall[] = asleep
    ? [{ key: `offer-${offer.at}`, about: 'offer', people: calledByOffer(policy, state, offer.to, at) }]
    : []
  return [...questions, ...offers].filter(({ people }) => people.length > 0)
}
