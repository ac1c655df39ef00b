import { CommandId, decide, worldOf } from '@embargo/core'
import type { Instant, PersonId, PersonRequest, Policy, Refusal, State, StreamId, World } from '@embargo/core'
import type { PersonActor, Place } from '../../packages/chat/src/index.ts'
import { MAIL, SmallHouse } from '../../packages/chat/test/fixtures/small-house.ts'

/** A state of the streams, and a command that is refused in this state. */
export type Situation = {
  readonly policy: Policy
  readonly states: ReadonlyMap<StreamId, State>
  readonly now: Instant
  readonly request: PersonRequest
  readonly by: PersonId
}

const READABLE = { ...MAIL, address: 'rafi@reporter.example' }

/** The platform on which everything is typed. */
export const PLATFORM = 'terminal' as const

export const houseOf = ({ policy, states, now }: Pick<Situation, 'policy' | 'states' | 'now'>): SmallHouse =>
  new SmallHouse({ policy, mail: READABLE, from: { states, now } })

/** A copy of the state, to try something on it. */
export const copyOf = ({ policy }: Situation, { states, now }: SmallHouse, at: Instant = now): SmallHouse =>
  houseOf({ policy, states, now: at })

export const actorOf = (house: SmallHouse, who: PersonId): PersonActor => {
  const { queries } = house.engine
  const [account = who] = queries.accountsOf(who, PLATFORM)
  return queries.actorOf(PLATFORM, account)
}

export const worldAt = (house: SmallHouse, { case: id }: Pick<PersonRequest, 'case'>): World =>
  worldOf(id, house.states)

/** The place where a command about a case is typed. If the case is not opened yet, the place has no case. */
export const placeOf = (house: SmallHouse, id: PersonRequest['case']): Place => ({
  platform: PLATFORM,
  private: true,
  ...(house.states.has(id) ? { case: id } : {}),
})

/**
 * Lets the relay accept every mail caused by the events at index `since` and later. Accepting a mail can cause new
 * events, and the relay accepts the mails of these events too.
 */
export function deliverMails(house: SmallHouse, since = 0): SmallHouse {
  for (let index = since; index < house.recorded.length; index += 1)
    for (const effect of house.effectsOf(index)) {
      if (effect.kind !== 'send-mail') continue
      const { letter, to, stream, id } = effect
      const outcome = { is: 'mail-accepted', letter, to, messageId: '<m@example.org>' } as const
      house.comes({ verb: 'record-outcome', stream, effect: id, outcome })
    }
  return house
}

const LOOK = CommandId.parse('test:look')

/** Why the command is refused now. Undefined if it is accepted. */
export function currentRefusal(house: SmallHouse, { request, by }: Situation): Refusal | undefined {
  const command = { commandId: LOOK, actor: actorOf(house, by), at: house.now, request }
  const decision = decide(house.policy, worldAt(house, request), command, house.now)
  return decision.ok ? undefined : decision.refusal
}

/** Whether two refusals come from the same gate for the same reason. */
export const isSameRefusal = (one: Refusal, other: Refusal | undefined): boolean =>
  one.gate === other?.gate && one.because === other.because && JSON.stringify(one.facts) === JSON.stringify(other.facts)
