import type { Engine } from '@embargo/engine'
import { CASE_FIELD } from '../case-field.ts'
import type { ChatCommand } from '../chat-command.ts'
import { findCase } from '../find-case.ts'
import { isCommandOffered } from '../command-availability.ts'
import type { Choice, PersonActor, Place } from '../types.ts'
import { kindOf, suggestionsFor } from './suggest.ts'

export type SuggestRequest = {
  readonly verb: string
  /**
   * The name of the option to suggest values for. The option for the case is named `case`, or `CASE_FIELD` in a form.
   */
  readonly option: string
  readonly typed: string
  readonly actor: PersonActor
  readonly place: Place
  /** The values of the other options so far, with `case` if the place does not say which case is meant. */
  readonly values?: Readonly<Record<string, string>>
}

/** A text longer than this is not the beginning of a name. */
const TYPED_MAX = 200

/** The option for the case. Case numbers are suggested for it where it is unclear which case is meant. */
const THE_CASE = { takes: 'word', suggests: 'case' } as const

/** Suggests values for an option. Values that the caller may not see are never suggested. */
export async function suggest(
  engine: Engine,
  commands: readonly ChatCommand[],
  { verb, option: name, typed, actor, place, values = {} }: SuggestRequest,
): Promise<readonly Choice[]> {
  const { person } = actor
  const setting = { platform: place.platform, profile: engine.policy.policy.profile }
  const offered = commands.filter((candidate) => isCommandOffered(candidate, setting))
  const command = offered.find((candidate) => candidate.verb === verb)
  const isCase = name === 'case' || name === CASE_FIELD
  const option = command?.options.find((candidate) => candidate.name === name) ?? (isCase ? THE_CASE : undefined)
  const kind = option === undefined ? undefined : kindOf(option, values)
  if (person === undefined || command === undefined || option === undefined || kind === undefined) return []
  const at = engine.now()
  const invocation = { verb, input: values, actor, place, deliveryId: 'suggest', at }
  const found = await findCase({ engine, invocation, command })
  const seen = 'refusal' in found ? undefined : found.seen
  return suggestionsFor(
    option,
    kind,
    {
      engine,
      commands: offered,
      actor: { ...actor, person },
      place,
      at,
      typed: typed.slice(0, TYPED_MAX),
      ...(seen === undefined ? {} : { case: seen }),
    },
    (value) => command.fits(name, value),
  )
}
