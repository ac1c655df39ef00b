/** The part of dependency-cruiser's modules that is used here. */
type Module = { readonly source: string; readonly dependencies: readonly { readonly resolved: string }[] }

type Import = { readonly from: string; readonly to: string }

/**
 * The imports that are part of a cycle, or on a path from one cycle to another. dependency-cruiser could find cycles
 * too, but its search of the whole graph for each import takes longer than all its other work.
 */
export function cyclicImports(modules: readonly Module[]): readonly Import[] {
  let left: readonly Import[] = modules.flatMap(({ source: from, dependencies }) =>
    dependencies.map(({ resolved: to }) => ({ from, to })),
  )
  for (;;) {
    const importing = new Set(left.map(({ from }) => from))
    const imported = new Set(left.map(({ to }) => to))
    const kept = left.filter(({ from, to }) => imported.has(from) && importing.has(to))
    if (kept.length === left.length) return kept
    left = kept
  }
}
