import type { Policy } from '../../policy/schema.ts'
import { targetModes } from '../../policy/target-modes.ts'
import { policyFor } from '../../state/policy-for.ts'
import { projectOf } from '../../state/project.ts'
import type { CaseState } from '../../state/state.ts'

/**
 * The question whether all work in the private fork of an advisory at GitHub is merged. People are asked before the
 * publication, because no program can look into the fork, and GitHub deletes it when the advisory is published. An
 * advisory that Embargo opens only for the publication has no fork.
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
