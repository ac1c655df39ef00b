import type { CaseInView } from '../chat-command.ts'
import type { Engine } from '@embargo/engine'
import type { Instant } from '@embargo/core'
import type { ChatCommand } from '../chat-command.ts'
import type { Choice, PersonActor, Place } from '../types.ts'

/** The context of a suggester: who asks, where, what they typed so far, and the case if they may see it. */
export type SuggestContext = {
  readonly engine: Engine
  readonly commands: readonly ChatCommand[]
  readonly actor: PersonActor & { readonly person: NonNullable<PersonActor['person']> }
  readonly place: Place
  readonly at: Instant
  readonly typed: string
  readonly case?: CaseInView
}

/** Lists everything that could be meant, the likeliest first. The caller filters the list by the typed text. */
export type Suggester = (context: SuggestContext) => Promise<readonly Choice[]> | readonly Choice[]

/** Makes a suggester for one case. It suggests nothing if there is no case, or if the caller may not see the case. */
export const ofCase =
  (list: (seen: CaseInView, context: SuggestContext) => readonly Choice[]): Suggester =>
  (context) =>
    context.case === undefined ? [] : list(context.case, context)
