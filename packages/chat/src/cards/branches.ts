import { assertNever } from '@embargo/core'
import type { Branch, Fix, Policy } from '@embargo/core'
import { remediatorName } from '../people/names.ts'

/** `main ✓ verified (Ben)`, `4.2 patch missing (Ana)`, `3.9 not affected` */
export function branchLine(policy: Policy, branch: Branch, { authors = false } = {}): string {
  if (!branch.affected) return `${branch.name} not affected`
  if (branch.waived !== undefined)
    return `${branch.name} waived, ${branch.waived.kind === 'unverified' ? 'not verified' : 'not fixed'}`
  if (branch.fix === undefined) return `${branch.name} ${branch.supported ? 'nobody assigned' : 'not supported'}`
  const author =
    authors && branch.fix.is === 'verified' ? `, patch by ${remediatorName(policy, branch.fix.author)}` : ''
  return `${branch.name} ${fixInWords(policy, branch.fix)}${author}`
}

function fixInWords(policy: Policy, fix: Fix): string {
  switch (fix.is) {
    case 'assigned':
      return `patch missing (${remediatorName(policy, fix.remediator)})`
    case 'submitted':
      return `waits for verification (patch by ${remediatorName(policy, fix.author)})`
    case 'verified':
      return `✓ verified (${remediatorName(policy, fix.verifier)})`
    case 'changes-requested':
      return `changes asked for (${remediatorName(policy, fix.remediator)})`
    default:
      return assertNever(fix)
  }
}
