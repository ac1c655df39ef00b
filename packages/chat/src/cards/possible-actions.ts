import { isPossibleNow } from '@embargo/core'
import type { PersonVerb } from '@embargo/core'
import type { Action } from '@embargo/engine'
import type { CaseCall } from '../chat-command.ts'

/** `typed`: the chat command, if several chat commands make the same request to core. */
type Offer = { readonly verb: PersonVerb; readonly typed?: string; readonly label: string }

/** Buttons for those offers that somebody can use now. A button opens a form if its command needs values. */
export function possibleActions(call: CaseCall<unknown>, offers: readonly Offer[]): readonly Action[] {
  const { case: seen, engine, invocation, commands } = call
  return offers
    .filter(({ verb }) => isPossibleNow(engine.policy.policy, seen.world, verb, invocation.at))
    .map(({ verb, typed = verb, label }) => {
      const asks = commands.find((one) => one.verb === typed)?.options.some(({ needed, hidden }) => needed && !hidden)
      return { label, verb: typed, input: { case: seen.id }, ...(asks === true ? { form: true } : {}) }
    })
}
