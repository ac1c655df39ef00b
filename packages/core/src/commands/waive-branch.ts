import type { Refusal } from '../vocabulary/decision.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { refuse } from '../gates/gate.ts'
import type { WaiverSubject } from '../gates/gate.ts'
import { aloneInSolo } from '../gates/alone-in-solo.ts'
import { branchesToFix } from '../state/stage.ts'
import type { Branch } from '../state/fix/state.ts'
import type { PendingContext } from './approvals/two-person-rule.ts'
import { you } from './decisions.ts'

type Waive = Extract<PersonRequest, { verb: 'waive' }>

export type BranchWaiver = WaiverSubject & {
  readonly already: boolean
  readonly event: Extract<CaseEvent, { type: 'BranchWaived' }>
}

/**
 * The waiver of a missing fix, which always concerns one branch. If the branch has a patch that nobody except its
 * author can check, the branch is waived as unverified. Otherwise it is waived as not fixed, provided that at least one
 * other branch is fixed.
 */
export function branchWaiver(seen: PendingContext<Waive>): BranchWaiver | Refusal {
  const { state, policy, request } = seen
  const open = branchesToFix(state).filter(({ fix, waived }) => fix?.is !== 'verified' && waived === undefined)
  const [only] = open
  const branch =
    request.branch === undefined
      ? open.length === 1
        ? only
        : undefined
      : branchesToFix(state).find(({ name }) => name === request.branch)
  if (branch === undefined) return senseless(whyNone(request.branch, open.length), 'name one affected supported branch')
  if (branch.fix?.is === 'verified')
    return senseless(`The patch for ${branch.name} is verified.`, 'look at what is open')
  if (aloneInSolo(policy) && hasPatch(branch)) return made(branch, request.reason, 'unverified')
  const others = branchesToFix(state).filter((one) => one !== branch && one.waived?.kind !== 'not-fixed')
  if (others.length > 0) return made(branch, request.reason, 'not-fixed')
  return refuse(
    'fix',
    `${branch.name} is the last branch, and a release must fix at least one.`,
    [
      { who: 'the remediator', how: `submits a patch for ${branch.name}`, verb: 'patch', instead: true },
      {
        who: 'a team member who did not write it',
        how: `confirms the patch for ${branch.name}`,
        verb: 'confirm',
        instead: true,
      },
    ],
    { branch: branch.name },
  )
}

function whyNone(named: string | undefined, open: number): string {
  if (named !== undefined) return `${named} is not an affected and supported branch.`
  return open === 0 ? 'No branch waits for its fix.' : 'Several branches wait for their fix, so name one of them.'
}

const senseless = (because: string, instruction: string): Refusal =>
  refuse('makes-sense', because, you(instruction, 'waive'))

/** Whether a patch waits for verification. A patch for which changes were requested does not. */
const hasPatch = ({ fix }: Branch): boolean => fix?.is === 'submitted'

function made(branch: Branch, reason: string, kind: 'not-fixed' | 'unverified'): BranchWaiver {
  const { name, fix, waived } = branch
  const patch = fix === undefined || fix.is === 'assigned' || kind === 'not-fixed' ? {} : { sha256: fix.sha256 }
  return {
    key: `${name}/${patch.sha256 ?? kind}`,
    about: kind === 'not-fixed' ? `${name}, which stays without a fix` : `${name}, whose patch nobody else looked at`,
    already: waived !== undefined,
    event: { type: 'BranchWaived', branch: name, ...patch, kind, reason },
  }
}
