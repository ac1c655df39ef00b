/** Ends every switch over a union: a new member without a case fails to compile, and throws if it is ever reached. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`)
}
