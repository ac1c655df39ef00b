import type { AffectedBranch } from '../events/case/fix.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { acknowledged } from '../gates/acknowledged.ts'
import { frozen } from '../gates/frozen.ts'
import type { Context } from '../gates/gate.ts'
import { refuse } from '../gates/gate.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { validityDecided } from '../gates/validity-decided.ts'
import type { Package } from '../policy/schema.ts'
import { rangeMistake, rangesInWords, versionRanges } from '../shared/version-range.ts'
import { packageKey } from '../state/fix/package-versions.ts'
import { projectOf } from '../state/project.ts'
import { hasLivePatch } from '../state/stage.ts'
import type { Branch, PackageVersions } from '../state/fix/state.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import type { Decision, Refusal } from '../vocabulary/decision.ts'
import { readiness } from './readiness.ts'
import { nothingToDo, onCase, refused, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/** Records whether a branch is affected. The project's list of branches says which branches are supported. */
export const triageAffects = defineRequest({
  verb: 'triage.affects',
  gates: [acknowledged, validityDecided, publicationNotBegun, frozen],
  decide: (context) => {
    const { request } = context
    const { branch } = request
    if ('remove' in request) return removing(context, request)
    const recorded = branchRecorded(context, request)
    if (recorded === undefined) return nothingToDo(`That is recorded for ${branch} already.`)
    return 'gate' in recorded ? refused(recorded) : onCase(context, [recorded, ...readiness(context, [recorded])])
  },
  inputs: ({ id, branches }) =>
    branches.flatMap((branch) =>
      [true, false].map((affected) => ({ verb: 'triage.affects', case: id, branch, affected }) as const),
    ),
})

/** Removes what is recorded about the branch, or about one of the branch's packages. */
function removing(context: Context, { branch, package: named }: Pick<AffectedBranch, 'branch' | 'package'>): Decision {
  const { state, policy } = context
  const recorded = state.branches.find(({ name }) => name === branch)
  if (recorded === undefined) return nothingToDo(`Nothing is recorded about ${branch}.`)
  const { range, fixedVersion, packages = [] } = recorded
  const keys = packagesCalled(projectOf(policy, state).packages ?? [], named ?? '').map(packageKey)
  const [known, ...others] = packages.filter((one) => one.package === named || keys.includes(one.package))
  if (named !== undefined && known === undefined) return nothingToDo(`Nothing is recorded about ${named} in ${branch}.`)
  if (others.length > 0)
    return refused(
      refuse(
        'makes-sense',
        `Several packages are called "${named}".`,
        you(`name one of ${keys.join(', ')}`, 'triage.affects'),
      ),
    )
  const hasVersions = range !== undefined || fixedVersion !== undefined || packages.length > 0
  if (known === undefined && hasLivePatch(recorded) && !hasVersions)
    return nothingToDo(
      `There is nothing to remove: no versions are recorded for ${branch}, and it stays in the case because it has a patch.`,
    )
  const removed: CaseEvent = {
    type: 'AffectedBranchRemoved',
    branch,
    ...(known === undefined ? {} : { package: known.package }),
  }
  return onCase(context, [removed, ...readiness(context, [removed])])
}

type BranchSet = Extract<CaseEvent, { type: 'AffectedBranchSet' }>

/** The event that records whether a branch is affected, or a refusal. Undefined if the same is recorded already. */
export function branchRecorded(
  {
    state,
    policy,
    request: { verb },
  }: Pick<Context, 'state' | 'policy'> & {
    readonly request: Pick<PersonRequest, 'verb'>
  },
  { branch, affected, package: named, range: written, fixedVersion }: AffectedBranch,
): BranchSet | Refusal | undefined {
  const { branches, packages = [] } = projectOf(policy, state)
  const senseless = (because: string, instruction: string): Refusal =>
    refuse('makes-sense', because, you(instruction, verb))
  const known = branches.find((one) => one.name === branch)
  if (known === undefined) {
    const names = branches.map((one) => one.name).join(', ')
    return senseless(`The project has no branch "${branch}".`, `name one of ${names}, or add ${branch} to the policy`)
  }
  const recorded = state.branches.find(({ name }) => name === branch)
  const [meant, ...others] = named === undefined ? [] : packagesCalled(packages, named)
  if (named !== undefined && (meant === undefined || others.length > 0)) {
    const keys = (meant === undefined ? packages : [meant, ...others]).map(packageKey)
    return senseless(
      meant === undefined ? `The project has no package "${named}".` : `Several packages are called "${named}".`,
      keys.length === 0 ? 'add the package to the policy' : `name one of ${keys.join(', ')}`,
    )
  }
  if (meant !== undefined && !affected && recorded?.affected !== true)
    return senseless(`${branch} is not recorded as affected.`, 'record first that the branch is affected')
  const ranges = written === undefined ? undefined : versionRanges(written)
  const range = ranges === undefined ? written : rangesInWords(ranges)
  const details = {
    branch,
    affected,
    supported: known.supported,
    ...(meant === undefined ? {} : { package: packageKey(meant) }),
    ...(range === undefined ? {} : { range }),
    ...(fixedVersion === undefined ? {} : { fixedVersion }),
  }
  if (isSame(recorded, details)) return undefined
  const mistake = mistakeIn(recorded, details)
  return mistake === undefined ? { type: 'AffectedBranchSet', ...details } : senseless(mistake, 'correct the versions')
}

const packagesCalled = (packages: readonly Package[], named: string): readonly Package[] =>
  packages.filter((one) => packageKey(one) === named || one.name === named)

type BranchDetails = AffectedBranch & { readonly supported: boolean }

/** What is recorded about the branch or, if the request names a package, about this package. */
const recordedOf = (
  recorded: Branch | undefined,
  { package: named }: BranchDetails,
): PackageVersions | Branch | undefined =>
  named === undefined ? recorded : recorded?.packages?.find((one) => one.package === named)

/** Whether the request changes nothing. A value that the request leaves out stays as it is. */
function isSame(recorded: Branch | undefined, details: BranchDetails): boolean {
  const before = recordedOf(recorded, details)
  return (
    before?.affected === details.affected &&
    recorded?.supported === details.supported &&
    (details.range === undefined || details.range === before.range) &&
    (details.fixedVersion === undefined || details.fixedVersion === before.fixedVersion)
  )
}

/** What would be wrong with the recorded range and fixed version after this request. */
function mistakeIn(recorded: Branch | undefined, details: BranchDetails): string | undefined {
  if (!details.affected) return undefined
  const before = recordedOf(recorded, details)
  const ranges = versionRanges(details.range ?? before?.range ?? '') ?? []
  return rangeMistake(ranges, details.fixedVersion ?? before?.fixedVersion)
}
