import type { Mutant } from './mutants.ts'

/** Why mutants may live, by the line as it stands, so that a line that changes asks for its reason anew. */
type Reason = {
  readonly path: string
  readonly code: string
  /** `from → to`, as it is printed. */
  readonly changes: readonly string[]
  readonly because: string
}

const REASONS: readonly Reason[] = []

export const reasonOf = ({ path, code, from, to }: Mutant): string | undefined =>
  REASONS.find((one) => path.endsWith(one.path) && one.code === code && one.changes.includes(`${from} → ${to}`))
    ?.because
