import type { PersonRequest } from '@embargo/core'
import type { View } from '../view.ts'

/** For each verb the inputs that rules can tell apart, in one state of the exploration. */
export type InputsOf<R extends PersonRequest> = {
  readonly [V in R['verb']]: (view: View) => readonly Extract<R, { verb: V }>[]
}
