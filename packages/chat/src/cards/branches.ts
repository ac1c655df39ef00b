import { assertNever } from '@embargo/core'
import type { Branch, CaseState, Fix, Policy } from '@embargo/core'
import { remediatorName } from '../people/names.ts'

type BranchContext = { readonly policy: Policy; readonly state: CaseState }

/** `main ✓ verified (Ben)`, `4.2 patch missing (Ana)`, `3.9 not affected` */
export function branchLine({ policy, state }: BranchContext, branch: Branch, { authors = false } = {}): string {
  if (!branch.affected) return `${branch.name} not affected`
  if (branch.waived !== undefined)
    return `${branch.name} waived, ${branch.waived.kind === 'unverified' ? 'not verified' : 'not fixed'}`
  if (branch.fix === undefined) return `${branch.name} ${branch.supported ? 'nobody assigned' : 'not supported'}`
  const author =
    authors && branch.fix.is === 'verified' ? `, patch by ${remediatorName(policy, branch.fix.author, state)}` : ''
  return `${branch.name} ${fixInWords({ policy, state }, branch.fix)}${author}`
}

function fixInWords({ policy, state }: BranchContext, fix: Fix): string {
  switch (fix.is) {
    case 'assigned':
      return `patch missing (${remediatorName(policy, fix.remediator, state)})`
    case 'submitted':
      return `waits for verification (patch by ${remediatorName(policy, fix.author, state)})`
    case 'verified':
      return `✓ verified (${remediatorName(policy, fix.verifier, state)})`
    case 'changes-requested':
      return `changes asked for (${remediatorName(policy, fix.remediator, state)})`
    default:
      return assertNever(fix)
  }
}
