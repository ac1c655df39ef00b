/** One value for each name. */
export function byName<N extends string, T>(names: readonly N[], of: (name: N) => T): Readonly<Record<N, T>>
// The compiler cannot follow the loop; the signature above says what it makes.
export function byName<T>(names: readonly string[], of: (name: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(names.map((name) => [name, of(name)]))
}
