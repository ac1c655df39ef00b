/**
 * Ends every switch over a union: a new member without a case does not compile, and throws if it is reached at run
 * time.
 */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`)
}
