/** One mistake of the operator: where it is, what was found, why that is wrong, and what to write instead. */
export type Problem = {
  /** A variable such as `EMBARGO_DATABASE`, a position in a file, or a path alone. Lines and columns count from 1. */
  readonly at:
    | { readonly is: 'variable'; readonly name: string }
    | { readonly is: 'file'; readonly path: string; readonly line: number; readonly column: number }
    | { readonly is: 'path'; readonly path: string }
  /** The wrong text as it was written. Absent if nothing was written, or if the text may contain a secret. */
  readonly found?: string
  readonly because: string
  readonly instead: string
}

/** The configuration can't be used. The error lists all mistakes at once, so they can be corrected together. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly code: 'invalid-configuration' | 'unusable-master-key'
  readonly problems: readonly Problem[]
  constructor(code: ConfigError['code'], problems: readonly Problem[], options: { readonly cause?: unknown } = {}) {
    super(describeProblems(problems), options)
    this.code = code
    this.problems = problems
  }
}

/**
 * Writes the problems for a person at a terminal: first how many there are, then each problem with its place, the wrong
 * text and what to write instead.
 */
export function describeProblems(problems: readonly Problem[]): string {
  const count = problems.length === 1 ? 'one thing' : `${problems.length} things`
  const entries = problems.map((problem) => {
    const found = problem.found === undefined ? [] : [`    found    ${problem.found}`]
    return [placeOf(problem), ...found, `    problem  ${problem.because}`, `    instead  ${problem.instead}`].join('\n')
  })
  return [
    `Embargo can't go on: ${count} in the configuration must be corrected first. Nothing was changed.`,
    ...entries,
  ].join('\n\n')
}

/** Writes a place such as `embargo.policy.yaml:12:5`, a form that editors and terminals make clickable. */
export function placeOf({ at }: Problem): string {
  if (at.is === 'variable') return at.name
  return at.is === 'path' ? at.path : `${at.path}:${at.line}:${at.column}`
}
