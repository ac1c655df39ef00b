import type { PersonId, PersonRequest } from '@embargo/core'
import type { Action, Card } from '@embargo/engine'
import type { Form, Input, Reply } from '../../packages/chat/src/index.ts'
import type { SmallHouse } from '../../packages/chat/test/fixtures/small-house.ts'
import { fillings } from './fill.ts'
import type { Values } from './fill.ts'
import { actorOf, copyOf, placeOf } from './situation.ts'
import type { Situation } from './situation.ts'

/** One person who tries one way out of a refusal. `read`: what the person read. `refused`: why the way failed. */
export type Attempt = {
  readonly situation: Situation
  readonly who: PersonId
  readonly case: PersonRequest['case']
  readonly read: string
  /** How many more replies the person waits for. */
  left: number
  readonly refused: Set<string>
  /**
   * For each state, the forms that were already filled in there. Each form, as JSON, is stored with the number of steps
   * that were left at that time.
   */
  readonly forms: WeakMap<SmallHouse['states'], Map<string, number>>
  readonly nothingToName: () => void
}

/** A state after the person has typed and pressed everything. `done`: whether the case has changed. */
export type EndState = { readonly house: SmallHouse; readonly done: boolean }

/**
 * The most steps from a command to its effect. Such steps are a form, a preview, or a second form for what is missing.
 */
const DEEPEST = 5

/** Presses a button, fills in the forms in each possible way, and confirms the previews. */
export async function* press(
  attempt: Attempt,
  house: SmallHouse,
  { verb, input, form }: Action,
): AsyncGenerator<EndState> {
  const asked = form === true ? house.formOf({ verb, input }) : undefined
  if (asked === undefined) yield* send(attempt, house, { verb, input })
  else yield* fill(attempt, house, asked, DEEPEST)
}

async function* fill(attempt: Attempt, house: SmallHouse, form: Form, deep: number): AsyncGenerator<EndState> {
  const { situation, who, case: id, read, forms, nothingToName } = attempt
  // The answer to a form that lacks a value is often the same form again. A form is skipped if it was filled in before,
  // in the same state and when at least as many steps were left.
  const known = forms.get(house.states) ?? new Map<string, number>()
  const shown = JSON.stringify(form)
  if ((known.get(shown) ?? 0) >= deep) return
  forms.set(house.states, known.set(shown, deep))
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
  // Ways with few steps are tried first. So if an answer is another form, that form is filled in only after all values
  // of the present form were tried.
  const next: NextForm[] = []
  for await (const values of fillings(form.fields, request)) {
    const input = { ...given, ...values }
    yield* send(attempt, copyOf(situation, house), { verb: form.verb, input }, { deep: deep - 1, next })
  }
  for (const one of next) yield* fill(attempt, one.house, one.form, deep - 1)
}

/** A form that came as an answer, and the state in which it came. */
type NextForm = { readonly house: SmallHouse; readonly form: Form }

type SentInput = { readonly verb: string; readonly input: Input }

let deliveries = 0

export async function* send(
  attempt: Attempt,
  house: SmallHouse,
  sent: SentInput,
  { deep = DEEPEST, next }: { readonly deep?: number; readonly next?: NextForm[] } = {},
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
  else if ('form' in reply) {
    if (next === undefined) yield* fill(attempt, house, reply.form, deep)
    else next.push({ house, form: reply.form })
  } else if (house.states !== before) yield { house, done: true }
  else {
    const answers = answersIn(reply.card, sent)
    if (answers.length === 0) yield { house, done: false }
    for (const { verb, input, form } of answers) {
      // Another button is tried only if the first button changed nothing.
      if (house.states !== before) return
      const answer = { verb, input: { ...input, typedCase: attempt.case } }
      const asked = form === true ? house.formOf(answer) : undefined
      if (asked === undefined) yield* send(attempt, house, answer, { deep: deep - 1 })
      else yield* fill(attempt, house, asked, deep - 1)
    }
  }
}

/** The buttons of a card that continue the same command. */
const answersIn = ({ actions }: Card, { verb: asked }: SentInput): readonly Action[] =>
  actions.filter(
    ({ verb, input }) =>
      verb === asked &&
      ['digest', 'blob', 'sure'].some((name) => name in input) &&
      !['change', 'part'].some((name) => name in input),
  )
