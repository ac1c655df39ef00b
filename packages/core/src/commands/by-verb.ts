/** Turns a list of definitions into a table that is indexed by verb. */
export function byVerb<D extends { readonly verb: string }>(
  definitions: readonly D[],
): { readonly [V in D['verb']]: Extract<D, { verb: V }> }
// TypeScript cannot type this loop, so the implementation is typed more loosely than the signature above.
export function byVerb(definitions: readonly { readonly verb: string }[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(definitions.map((definition) => [definition.verb, definition]))
}
