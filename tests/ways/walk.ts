import { CaseId, CommandId, DAY, HOUR, MessageId, outlook, PERSON_VERBS, sampleInputs } from '@embargo/core'
import type { PersonId, PersonRequest, PersonVerb, Policy } from '@embargo/core'
import { viewOf } from '@embargo/policy-check'
import { SmallHouse } from '../../packages/chat/test/fixtures/small-house.ts'
import { actorOf, deliverMails, currentRefusal, worldAt } from './situation.ts'
import type { Situation } from './situation.ts'

/** The case on which people work in a walk. A walk has no other case. */
export const CASE = CaseId.parse('SEC-2026-0001')

/**
 * Numbers that look random and are the same for the same seed:
 * https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type Walk = { readonly policy: Policy; readonly seed: number; readonly steps: number }

/** A state that was reached on the walk. */
export type Visit = Omit<Situation, 'request' | 'by'>

/**
 * Lets random people work on one case, mostly by taking the next step. Calls `visit` for every state on the way, with
 * the commands that are refused in it, at most one for each verb.
 */
export async function walk(
  { policy, seed, steps }: Walk,
  visit: (state: Visit, refused: readonly Situation[]) => void,
): Promise<void> {
  const random = randomFrom(seed)
  const pick = <T>(some: readonly T[]): T | undefined => some[Math.floor(random() * some.length)]
  const house = new SmallHouse({ policy }).opens(CASE)
  const people = policy.people.map(({ id }) => id)
  let count = 0

  function requestOf(verb: PersonVerb): PersonRequest | undefined {
    const { case: state } = worldAt(house, { case: CASE })
    if (state === undefined) return undefined
    const scenario = { policy, reporter: 'reachable', people, start: house.now } as const
    const message = state.messages.at(-1)?.message
    const request = pick(sampleInputs(verb, viewOf(scenario, house.now, worldAt(house, { case: CASE }), state)))
    return request !== undefined && 'message' in request && message !== undefined ? { ...request, message } : request
  }

  async function act(by: PersonId, request: PersonRequest): Promise<void> {
    count += 1
    const from = house.recorded.length
    const commandId = CommandId.parse(`walk:${count}`)
    await house.engine.commands.handle({ commandId, actor: actorOf(house, by), at: house.now, request })
    deliverMails(house, from)
  }

  function mail(): void {
    const report = worldAt(house, { case: CASE }).case?.reports[0]?.id
    if (report === undefined) return
    count += 1
    const from = house.recorded.length
    const trust = random() < 0.8 ? 'nothing-proven' : 'failed'
    const mailed = { message: MessageId.parse(`mail-${count}`), from: 'reporter', report, trust } as const
    house.comes({ verb: 'take-in-message', case: CASE, ...mailed, automatic: random() < 0.1 })
    deliverMails(house, from)
  }

  for (let step = 0; step < steps; step += 1) {
    const dice = random()
    const by = pick(people)
    if (by === undefined) return
    const next = outlook(policy, worldAt(house, { case: CASE }), house.now)?.next
    const verb = dice < 0.7 ? (next?.verb ?? pick(PERSON_VERBS)) : pick(PERSON_VERBS)
    if (dice > 0.95) mail()
    else if (dice > 0.88) house.wait(pick([HOUR, DAY, 8 * DAY]) ?? HOUR)
    else if (verb !== undefined) {
      const request = requestOf(verb)
      if (request !== undefined) await act(by, request)
    }
    const state = { policy, states: house.states, now: house.now }
    const refused = PERSON_VERBS.flatMap((one): readonly Situation[] => {
      const request = requestOf(one)
      const who = pick(people)
      if (request === undefined || who === undefined) return []
      const situation = { ...state, request, by: who }
      return currentRefusal(house, situation) === undefined ? [] : [situation]
    })
    visit(state, refused)
  }
}
