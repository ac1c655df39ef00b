import { OutsideError } from '@embargo/engine'

/**
 * Waits for a call to an external service to fail, and returns its error.
 * @throws if the call succeeds, or fails with anything but an `OutsideError`
 */
export async function endingOf(call: Promise<unknown>): Promise<OutsideError> {
  const error: unknown = await call.then(
    () => undefined,
    (why: unknown) => why,
  )
  if (error instanceof OutsideError) return error
  throw new Error('the call did not end with an OutsideError', { cause: error })
}
