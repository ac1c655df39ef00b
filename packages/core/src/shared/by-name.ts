/** Builds an object with one value for each name. */
export function byName<N extends string, T>(names: readonly N[], of: (name: N) => T): Readonly<Record<N, T>>
// TypeScript cannot type this loop, so the implementation is typed more loosely than the signature above.
export function byName<T>(names: readonly string[], of: (name: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(names.map((name) => [name, of(name)]))
}
