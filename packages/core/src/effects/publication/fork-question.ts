import type { Policy } from '../../policy/schema.ts'
import { targetModes } from '../../policy/target-modes.ts'
import { policyFor } from '../../state/policy-for.ts'
import { projectOf } from '../../state/project.ts'
import type { CaseState } from '../../state/state.ts'

/**
 * Asked before a publication that ends with an advisory at GitHub: no program can look into the private fork of an
 * advisory, and GitHub deletes the fork when the advisory is published. An advisory that Embargo opens on the day has no
 * fork.
 */
export const forkQuestion = (whole: Policy, cases: readonly CaseState[]): string | undefined =>
  cases.some((one) => mayHaveFork(whole, one))
    ? 'Is all work in the private fork at GitHub merged? Publishing the advisory deletes the fork.'
    : undefined

function mayHaveFork(whole: Policy, state: CaseState): boolean {
  const { opened, published } = state.advisoryLink ?? {}
  const mode = targetModes(projectOf(policyFor(whole, state), state)).github
  if (mode === 'off' || published !== undefined) return false
  return mode === 'prepare' || opened !== undefined
}
