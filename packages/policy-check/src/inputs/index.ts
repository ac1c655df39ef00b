import type { PersonRequest } from '@embargo/core'
import type { View } from '../view.ts'
import { EMBARGO } from './embargo.ts'
import { CLOCKS } from './clocks.ts'
import type { InputsOf } from './inputs-by-verb.ts'
import { MAIN_LINE } from './main-line.ts'
import { RELEASES } from './releases.ts'
import { PEOPLE } from './people.ts'
import { THE_CASE } from './the-case.ts'
import { WORLD } from './world.ts'
import { TWO_PEOPLE } from './two-people.ts'

/** Every command of people with the inputs that matter. The compiler demands an entry for a new verb. */
export const INPUTS: InputsOf<PersonRequest> = {
  ...CLOCKS,
  ...EMBARGO,
  ...MAIN_LINE,
  ...PEOPLE,
  ...RELEASES,
  ...THE_CASE,
  ...TWO_PEOPLE,
  ...WORLD,
}

const INPUTS_IN_TURN: readonly ((view: View) => readonly PersonRequest[])[] = Object.values(INPUTS)

/** Everything that a person can request in this state. */
export const requestsAt = (view: View): readonly PersonRequest[] => INPUTS_IN_TURN.flatMap((inputs) => inputs(view))
