/**
 * Ends every switch over a union. If a member of the union has no case, the code does not compile; at run time, the
 * function throws.
 */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`)
}
