import { branchesToFix } from '../state/stage.ts'
import type { Lift, Refusal } from '../vocabulary/decision.ts'
import type { Branch } from '../state/fix/state.ts'
import type { CaseState } from '../state/state.ts'
import type { Policy } from '../policy/schema.ts'
import { finishedFix, unverifiedFix } from '../state/release/unverified-fix.ts'
import { isoInstant, later } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { listAnd } from '../text/name-list.ts'
import { timeoutLifts } from './no-signal-pending.ts'
import { defineGate, refuse } from './gate.ts'
import { handsOn, mayVerify, somebodyWithoutHand } from './verifier-is-not-author.ts'
import { freeTeam } from '../state/people/access.ts'
import { aloneInSolo, asksReporter, soloCheckLifts } from './alone-in-solo.ts'
import { branchFact, since } from './facts.ts'

/** Every affected supported branch needs a verified patch or a recorded waiver. */
export const fix = defineGate({
  id: 'fix',
  rule: 'Each affected supported branch needs a patch that somebody other than its author has checked.',
  check: ({ state, policy, whole, request, at }) => {
    if (state.cs.fixReady !== undefined) return undefined
    // `request.unfixed` is the reason why the case that the command names has no fix. The reason does not apply to the
    // other cases of the release.
    const unfixed = request.verb === 'disclose' && request.unfixed !== undefined && request.case === state.id
    const unchecked = request.verb === 'disclose' ? unverifiedFix(state) : []
    if (unfixed && unchecked.length > 0) return thereIsAFix(unchecked)
    if (unfixed || unchecked.length > 0) return undefined
    const open = branchesToFix(state).filter((branch) => branch.fix?.is !== 'verified' && branch.waived === undefined)
    if (open.length === 0) {
      return refuse('fix', 'No affected supported branch is named yet.', [
        { who: 'any team member', how: 'names the affected branches', verb: 'triage.affects' },
      ])
    }
    const name = (id: string) => policy.people.find((person) => person.id === id)?.name ?? id
    return refuse(
      'fix',
      `${open.map(whatIsMissing).join(' ')}`,
      [
        ...open.flatMap((branch) => whatLifts(branch, { state, policy, whole, name, at })),
        ...(request.verb === 'disclose' && finishedFix(state).length > 0
          ? timeoutLifts(state, 'this command is allowed, and the patch need not be checked')
          : []),
      ],
      { branches: open.map((branch) => branch.name).join(', ') },
    )
  },
  passes: (context) => {
    const { state } = context
    const all = branchesToFix(state).map((one) => branchFact(context, one))
    if (all.length === 0) return 'No affected supported branch is named.'
    const ready = state.cs.fixReady === undefined ? [] : [`The fix is ready${since(state.cs.fixReady)}.`]
    return [...all, ...ready].join(' ')
  },
  // A missing fix is waived branch by branch: see commands/waive-branch.ts.
  waiverSubject: () => undefined,
  means:
    'At least one affected supported branch must be named, and each named branch needs a patch that somebody other than its author verified.',
  instead:
    'Name the branches with `triage affects` and verify their patches with `confirm`; or waive a single branch with `waive` and a second person. At least one branch must have a fix; to publish without any fix, run `disclose unfixed` with the reason.',
})

/** A case with a finished fix must not be published as unfixed, because readers would wait for a patch that exists. */
const thereIsAFix = (branches: readonly Branch[]): Refusal =>
  refuse(
    'fix',
    `There is a patch for ${listAnd(branches.map(({ name }) => name))}, and nobody asked for changes to it.`,
    [
      {
        who: 'the team',
        how: 'publishes the unchecked patch as the fix, by the same command without the word “unfixed”; the texts say that nobody checked it',
      },
      { who: 'a team member who did not write it', how: 'says what is wrong with it', verb: 'confirm' },
    ],
  )

type FixContext = {
  readonly state: CaseState
  readonly policy: Policy
  readonly whole: Policy
  readonly name: (id: string) => string
  readonly at: Instant
}

function whatLifts(branch: Branch, { state, policy, whole, name, at }: FixContext): readonly Lift[] {
  const { fix } = branch
  const [alone] = policy.people
  if (alone !== undefined && aloneInSolo(policy) && fix?.is === 'submitted' && fix.author.kind === 'person')
    return soloCheckLifts(alone.name, asksReporter(state, fix))
  const none = fix === undefined || fix.is === 'assigned'
  if (none || fix.is === 'changes-requested') return [whoWrites(branch, name)]
  if (!freeTeam(policy, state).some((one) => mayVerify(fix, one, policy)))
    return [somebodyWithoutHand({ whole, state })]
  const own = new Set(handsOn(fix).filter((id) => id !== fix.submitter || !aloneInSolo(policy)))
  const verifiers = own.size === 0 ? 'any team member' : `any team member but ${[...own].map(name).join(' and ')}`
  const { verification } = fix
  if (verification === undefined || !asksReporter(state, fix))
    return [{ who: verifiers, how: `confirms ${branch.name}`, verb: 'confirm' }]
  const { dueAt } = verification
  return [
    { who: verifiers, how: `logs what the reporter answers about ${branch.name}`, verb: 'log-answer' },
    at < dueAt
      ? {
          who: verifiers,
          how: `confirms ${branch.name}, if the reporter is silent until ${isoInstant(dueAt)}`,
          verb: 'confirm',
          from: later(dueAt, 1),
        }
      : { who: verifiers, how: `confirms ${branch.name} for the reporter, who is silent`, verb: 'confirm' },
  ]
}

function whatIsMissing(branch: Branch): string {
  if (branch.fix === undefined) return `Nobody is assigned to ${branch.name}.`
  if (branch.fix.is === 'assigned') return `${branch.name} has no patch.`
  if (branch.fix.is === 'changes-requested') return `Changes to the patch for ${branch.name} were requested.`
  return `The patch for ${branch.name} has no verification.`
}

/** What must happen first if the branch has no patch to confirm. */
function whoWrites({ name: branch, fix }: Branch, name: (id: string) => string): Lift {
  if (fix === undefined) return { who: 'any team member', how: `assigns the patch for ${branch}`, verb: 'assign-patch' }
  const { remediator } = fix
  const better = fix.is === 'changes-requested' ? 'a better patch' : 'a patch'
  return {
    who: remediator.kind === 'person' ? name(remediator.person) : 'the reporter',
    how: `submits ${better} for ${branch}; then somebody who did not write it confirms it`,
    verb: 'patch',
    then: [{ who: 'somebody who did not write it', how: 'confirms it', verb: 'confirm' }],
  }
}
