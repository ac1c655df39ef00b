/** Definitions by their verb. */
export function byVerb<D extends { readonly verb: string }>(
  definitions: readonly D[],
): { readonly [V in D['verb']]: Extract<D, { verb: V }> }
// The compiler cannot follow the loop; the signature above says what it builds.
export function byVerb(definitions: readonly { readonly verb: string }[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(definitions.map((definition) => [definition.verb, definition]))
}
