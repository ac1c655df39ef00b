import { OutsideError } from '@embargo/engine'

/**
 * Waits for a call to an external service to fail, and returns its error.
 * @throws if the call succeeded, or failed with an error that no port promises
 */
export async function endingOf(call: Promise<unknown>): Promise<OutsideError> {
  const error: unknown = await call.then(
    () => undefined,
    (why: unknown) => why,
  )
  if (error instanceof OutsideError) return error
  throw new Error('the call did not end with an OutsideError', { cause: error })
}
