import type { PersonId, PersonRequest } from '@embargo/core'
import type { Action, Card } from '@embargo/engine'
import type { Form, Input, Reply } from '../../packages/chat/src/index.ts'
import type { SmallHouse } from '../../packages/chat/test/fixtures/small-house.ts'
import { fillings } from './fill.ts'
import type { Values } from './fill.ts'
import { actorOf, copyOf, placeOf } from './situation.ts'
import type { Situation } from './situation.ts'

/** One person who tries one way out of a refusal: what they read, and why the way failed. */
export type Attempt = {
  readonly situation: Situation
  readonly who: PersonId
  readonly case: PersonRequest['case']
  readonly read: string
  /** How many more replies the person waits for. */
  left: number
  readonly refused: Set<string>
  readonly nothingToName: () => void
}

/** A state that typing leads to. `done`: whether the case has changed. */
export type EndState = { readonly house: SmallHouse; readonly done: boolean }

/** The largest number of steps from a command to its effect: its form, a preview, the form for the rest. */
const DEEPEST = 5

/** Presses a button, fills in what is asked in each possible way, and confirms what is shown. */
export async function* press(
  attempt: Attempt,
  house: SmallHouse,
  { verb, input, form }: Action,
): AsyncGenerator<EndState> {
  const asked = form === true ? house.formOf({ verb, input }) : undefined
  if (asked === undefined) yield* send(attempt, house, { verb, input }, DEEPEST)
  else yield* fill(attempt, house, asked, DEEPEST)
}

async function* fill(attempt: Attempt, house: SmallHouse, form: Form, deep: number): AsyncGenerator<EndState> {
  const { situation, who, case: id, read, nothingToName } = attempt
  const given: Values = { ...form.hidden }
  const request = {
    house,
    verb: form.verb,
    actor: actorOf(house, who),
    place: placeOf(house, id),
    case: id,
    given,
    read,
    nothingToName,
  }
  for await (const values of fillings(form.fields, request))
    yield* send(attempt, copyOf(situation, house), { verb: form.verb, input: { ...given, ...values } }, deep - 1)
}

type SentInput = { readonly verb: string; readonly input: Input }

let deliveries = 0

export async function* send(
  attempt: Attempt,
  house: SmallHouse,
  sent: SentInput,
  deep = DEEPEST,
): AsyncGenerator<EndState> {
  if (deep === 0 || attempt.left === 0) return
  attempt.left -= 1
  const before = house.states
  deliveries += 1
  const reply: Reply = await house.router.handle({
    ...sent,
    actor: actorOf(house, attempt.who),
    place: placeOf(house, attempt.case),
    deliveryId: `way-${deliveries}`,
    at: house.now,
  })
  if ('refusal' in reply) attempt.refused.add(`${reply.reason.gate}: ${reply.reason.because}`)
  else if ('form' in reply) yield* fill(attempt, house, reply.form, deep)
  else if (house.states !== before) yield { house, done: true }
  else {
    const answers = answersIn(reply.card, sent)
    if (answers.length === 0) yield { house, done: false }
    for (const { verb, input, form } of answers) {
      // Another value is tried only if the first one changed nothing.
      if (house.states !== before) return
      const next = { verb, input: { ...input, typedCase: attempt.case } }
      const asked = form === true ? house.formOf(next) : undefined
      if (asked === undefined) yield* send(attempt, house, next, deep - 1)
      else yield* fill(attempt, house, asked, deep - 1)
    }
  }
}

/** The buttons that answer what was shown. */
const answersIn = ({ actions }: Card, { verb: asked }: SentInput): readonly Action[] =>
  actions.filter(
    ({ verb, input }) =>
      verb === asked &&
      ['digest', 'blob', 'sure'].some((name) => name in input) &&
      !['change', 'part'].some((name) => name in input),
  )
