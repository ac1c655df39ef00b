import { CannotWrite, NothingToSay } from '@embargo/letters'
import { CannotPerform, NotNeeded } from '../dispatch/effect-errors.ts'

/** A letter that cannot be written is an effect that cannot be performed; one that says nothing is not needed. */
export function asEffectError(error: unknown): unknown {
  if (error instanceof CannotWrite) return new CannotPerform(error.message)
  return error instanceof NothingToSay ? new NotNeeded(error.message) : error
}
