import type { Branch, Fix, PackageVersions } from './state.ts'
import type { CaseState } from '../state.ts'
import type { Remediator } from '../../events/answers.ts'
import { embargoInForce } from '../embargo/evolve.ts'
import type { FixEvent } from '../../events/case/fix.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { hasLivePatch } from '../stage.ts'
import { assertNever } from '../../shared/assert-never.ts'

export function withFixEvent(state: CaseState, event: FixEvent, recorded: RecordedEvent): CaseState {
  switch (event.type) {
    case 'AffectedBranchSet':
      return { ...state, branches: withBranch(state.branches, event) }
    case 'AffectedBranchRemoved':
      return { ...state, branches: withoutVersions(state.branches, event) }
    case 'FixReady':
      return { ...withFixBefore(withoutWithdrawal(state)), cs: { ...state.cs, fixReady: recorded.at } }
    case 'FixWithdrawn': {
      // Nobody can deploy a fix that is withdrawn, so D (fix deployed) no longer holds either.
      const { fixReady: _withdrawn, fixDeployed: _gone, ...cs } = state.cs
      const branches = state.branches.map(({ deployed: _old, ...branch }) => branch)
      // If the fix was withdrawn only because the case was deferred or reopened, nothing is wrong with the fix. No time
      // of withdrawal is recorded then.
      const withdrawn = event.because === undefined ? { fixWithdrawnAt: recorded.at } : {}
      return { ...withoutFixBefore(state), cs, branches, ...withdrawn }
    }
    case 'PatchAssigned':
      return {
        ...state,
        branches: state.branches.map((branch) =>
          event.branches.includes(branch.name) ? { ...branch, fix: reassigned(branch.fix, event.remediator) } : branch,
        ),
      }
    case 'FixDeployed':
      return withDeployed(state, event, recorded)
    case 'PatchSubmitted':
    case 'VerificationRequested':
    case 'FixVerified':
    case 'ChangesRequested':
    case 'BranchWaived':
      return {
        ...state,
        branches: state.branches.map((branch) =>
          branch.name === event.branch ? branchAfter(branch, event, recorded) : branch,
        ),
      }
    default:
      return assertNever(event)
  }
}

/**
 * Clears the withdrawal of the fix, because there is a fix again, or because the case was reopened and earlier patches
 * no longer count.
 */
export function withoutWithdrawal(state: CaseState): CaseState {
  const { fixWithdrawnAt: _over, ...rest } = state
  return rest
}

/**
 * Records the time at which the embargo ends. The fix had to be ready before this time. Later changes of the end do not
 * affect this fix.
 */
export const withFixBefore = (state: CaseState): CaseState =>
  embargoInForce(state.em) ? { ...state, fixBefore: state.em.end } : state

/**
 * Clears the end that `withFixBefore` recorded. If a fix must be made again, it is due before the end of the embargo
 * that is in force then.
 */
export function withoutFixBefore(state: CaseState): CaseState {
  const { fixBefore: _old, ...rest } = state
  return rest
}

export function withBranch(
  branches: readonly Branch[],
  event: Omit<Extract<FixEvent, { type: 'AffectedBranchSet' }>, 'type'>,
): readonly Branch[] {
  const known = branches.find((branch) => branch.name === event.branch)
  const { affected, supported, range, fixedVersion } = event
  const versions = {
    ...(range === undefined ? {} : { range }),
    ...(fixedVersion === undefined ? {} : { fixedVersion }),
  }
  const branch: Branch =
    event.package === undefined
      ? { ...known, name: event.branch, affected, supported, ...versions }
      : {
          ...known,
          name: event.branch,
          affected: affected || known?.affected === true,
          supported,
          packages: withPackage(known?.packages ?? [], { package: event.package, affected, ...versions }),
        }
  return known === undefined ? [...branches, branch] : branches.map((one) => (one === known ? branch : one))
}

function withPackage(packages: readonly PackageVersions[], changed: PackageVersions): readonly PackageVersions[] {
  const known = packages.find((one) => one.package === changed.package)
  if (known === undefined) return [...packages, changed]
  return packages.map((one) => (one === known ? { ...known, ...changed } : one))
}

/**
 * If the event names a package, removes the package from its branch. Otherwise removes the branch. But a branch that
 * has a patch stays, and loses its versions and packages.
 */
function withoutVersions(
  branches: readonly Branch[],
  { branch: name, package: named }: Omit<Extract<FixEvent, { type: 'AffectedBranchRemoved' }>, 'type'>,
): readonly Branch[] {
  return branches.flatMap((branch) => {
    if (branch.name !== name) return [branch]
    const { packages = [], ...others } = branch
    const kept = packages.filter((one) => named !== undefined && one.package !== named)
    if (named !== undefined) return [kept.length === 0 ? others : { ...others, packages: kept }]
    const { range: _range, fixedVersion: _fixed, ...bare } = others
    return hasLivePatch(branch) ? [bare] : []
  })
}

function withDeployed(
  state: CaseState,
  { branch: name, link, whole }: Extract<FixEvent, { type: 'FixDeployed' }>,
  { at }: RecordedEvent,
): CaseState {
  const deployed = { at, ...(link === undefined ? {} : { link }) }
  return {
    ...state,
    branches: state.branches.map((branch) => (branch.name === name ? { ...branch, deployed } : branch)),
    cs: whole ? { ...state.cs, fixDeployed: state.cs.fixDeployed ?? at } : state.cs,
  }
}

type BranchEvent = Exclude<
  FixEvent,
  {
    type: 'AffectedBranchSet' | 'AffectedBranchRemoved' | 'PatchAssigned' | 'FixReady' | 'FixWithdrawn' | 'FixDeployed'
  }
>

function branchAfter(branch: Branch, event: BranchEvent, recorded: RecordedEvent): Branch {
  switch (event.type) {
    case 'PatchSubmitted': {
      const { waived: _void, ...rest } = branch
      const { sha256, blob, fileName, author } = event
      const remediator = branch.fix?.remediator ?? author
      const { actor, at: submittedAt } = recorded
      const submitter = actor.kind === 'person' && actor.person !== undefined ? { submitter: actor.person } : {}
      return {
        ...rest,
        fix: { is: 'submitted', remediator, author, ...submitter, sha256, blob, fileName, submittedAt },
      }
    }
    case 'VerificationRequested':
      return withLive(branch, event.sha256, (fix) => ({
        ...fix,
        verification: {
          of: event.of,
          askedAt: recorded.at,
          dueAt: event.dueAt,
          mail: recorded.eventId,
          ...(event.report === undefined ? {} : { report: event.report }),
        },
      }))
    case 'FixVerified':
      return verified(branch, event)
    case 'ChangesRequested':
      return withLive(branch, event.sha256, (fix) => ({ ...fix, is: 'changes-requested', reason: event.reason }))
    case 'BranchWaived':
      return {
        ...branch,
        waived: {
          kind: event.kind,
          reason: event.reason,
          ...(recorded.actor.kind === 'person' && recorded.actor.person !== undefined
            ? { by: recorded.actor.person }
            : {}),
        },
      }
    default:
      return assertNever(event)
  }
}

/** Records the verification of a patch and removes the branch's waiver, which is no longer needed. */
function verified(branch: Branch, { sha256, by }: Extract<BranchEvent, { type: 'FixVerified' }>): Branch {
  const after = withLive(branch, sha256, (fix) => ({ ...fix, is: 'verified', verifier: by }))
  const { waived: _done, ...rest } = after
  return after.fix?.is === 'verified' ? rest : after
}

function reassigned(fix: Fix | undefined, remediator: Remediator): Fix {
  return fix === undefined || fix.is === 'assigned' ? { is: 'assigned', remediator } : { ...fix, remediator }
}

/**
 * Changes the branch's present patch. A verification is valid for one hash only, so an event about an older patch
 * changes nothing.
 */
function withLive(branch: Branch, sha256: string, change: (fix: Exclude<Fix, { is: 'assigned' }>) => Fix): Branch {
  if (branch.fix === undefined || branch.fix.is === 'assigned' || branch.fix.sha256 !== sha256) return branch
  return { ...branch, fix: change(branch.fix) }
}
