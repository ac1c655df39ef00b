import type { PersonRequest } from '../vocabulary/command.ts'
import type { Refusal } from '../vocabulary/decision.ts'
import type { Remediator } from '../events/answers.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { acknowledged } from '../gates/acknowledged.ts'
import { onlyIf } from '../gates/for-each-case.ts'
import { frozen } from '../gates/frozen.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { remediatorWilling } from '../gates/remediator-willing.ts'
import { refuse } from '../gates/gate.ts'
import { severityRated } from '../gates/severity-rated.ts'
import { validityDecided } from '../gates/validity-decided.ts'
import { rolesFor } from '../policy/roles.ts'
import type { Person } from '../policy/schema.ts'
import { projectOf } from '../state/project.ts'
import { affectedPackages } from '../state/fix/package-versions.ts'
import { textsFrozen } from '../state/release/text-freeze.ts'
import type { ReleaseState } from '../state/release/state.ts'
import { branchesToFix } from '../state/stage.ts'
import type { CaseState } from '../state/state.ts'
import { foreseen, readiness } from './readiness.ts'
import { nothingToDo, onCase, refused, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { invitedFirst } from './people-invite.ts'
import { verificationRequest } from './verification-request.ts'
import { Sha256 } from '../shared/ids.ts'
import { rangeMistake, versionRanges } from '../shared/version-range.ts'

const ATTACHED = 'This patch is attached already.'

type PatchSubmit = Extract<PersonRequest, { verb: 'patch' }>

/**
 * A gate for the first patch only. The first patch also accepts the case, so it must pass the gates of `assign-patch`
 * too.
 */
const toAccept = (gate: Gate): Gate => onlyIf(({ state }) => state.rm !== 'accepted', gate)

/** Whether the gates of `patch` would let a patch pass now. If not, buttons that submit a patch are hidden. */
export const takesPatches = (
  { rm, acknowledgedAt, severity }: Pick<CaseState, 'rm' | 'acknowledgedAt' | 'severity'>,
  release: ReleaseState | undefined,
): boolean =>
  (rm === 'accepted' || (rm === 'valid' && acknowledgedAt !== undefined && severity !== undefined)) &&
  !textsFrozen(release)

/**
 * Attaches a patch by its hash and asks for its verification. Submitting the same hash again changes nothing. If the
 * patch was not assigned, it is assigned to its author, and the case becomes accepted.
 */
export const patch = defineRequest({
  verb: 'patch',
  gates: [toAccept(acknowledged), toAccept(validityDecided), toAccept(severityRated), publicationNotBegun, frozen],
  decide: (context) => {
    const { request, person } = context
    const branch = branchMeant(context)
    if (typeof branch !== 'string') return refused(branch)
    const mistake = fixedVersionMistake(context, branch)
    if (mistake !== undefined) return refused(senseless(mistake, 'name the version that contains the fix', 'patch'))
    if (person === undefined) return onCase(context, [])
    const author: Remediator = request.author ?? { kind: 'person', person: person.id }
    const facts = [...affecting(context, branch), ...drafted(context)]
    const fix = context.state.branches.find(({ name }) => name === branch)?.fix
    if (fix !== undefined && fix.is !== 'assigned' && fix.sha256 === request.sha256)
      return facts.length === 0 ? nothingToDo(ATTACHED) : onCase(context, facts, ATTACHED)
    const cannot = fix === undefined ? notAssignable(context, author, person) : undefined
    if (cannot !== undefined) return refused(cannot)

    const { sha256, blob, fileName, link } = request
    const seen = { ...context, state: foreseen(context, facts) }
    const question = verificationRequest(seen, { branch, sha256, author })
    const before = fix === undefined ? accepting(context, { branch, author, isAsked: isOfReporter(question) }) : []
    const submitted: CaseEvent = {
      type: 'PatchSubmitted',
      branch,
      sha256,
      blob,
      fileName,
      author,
      ...(link === undefined ? {} : { link }),
    }
    const events = [...facts, ...before, submitted]
    return onCase(context, [...events, ...readiness(context, events), question])
  },
  inputs: ({ id, state, branches, people, text }) => {
    // A hash that no patch of the case has. The value does not matter, because rules only ask whether two hashes are
    // equal.
    const sha256 = Sha256.parse(state.version.toString(16).padStart(64, '0'))
    const base = { verb: 'patch', case: id, sha256, blob: text.text, fileName: 'fix.patch' } as const
    const authors: readonly Remediator[] = [
      ...people.map((person) => ({ kind: 'person', person }) as const),
      ...state.reports.slice(0, 1).map(({ id: report }) => ({ kind: 'reporter', report }) as const),
    ]
    return branches.flatMap((branch) => [
      { ...base, branch },
      ...authors.map((author) => ({ ...base, branch, author })),
    ])
  },
})

/** The branch that the request names or, if it names none, the only branch that the patch can be for. */
function branchMeant({ state, policy, request: { branch } }: Context<PatchSubmit>): string | Refusal {
  const affected = branchesToFix(state)
  const known = state.branches.map(({ name }) => name)
  // Supported branches about which nothing is recorded. The patch may be for one of them, because a patch for a branch
  // implies that the branch is affected.
  const open = projectOf(policy, state).branches.filter(({ name, supported }) => supported && !known.includes(name))
  if (branch !== undefined)
    return affected.some(({ name }) => name === branch) || open.some(({ name }) => name === branch)
      ? branch
      : senseless(
          `${branch} is not an affected and supported branch.`,
          'name the affected branches first',
          'triage.affects',
        )
  const assigned = affected.filter(({ fix }) => fix !== undefined)
  const [few] = [assigned, affected, open].filter((branches) => branches.length > 0)
  const names = few?.map(({ name }) => name) ?? []
  const [only] = names
  if (only === undefined)
    return senseless('No affected supported branch is named yet.', 'name the affected branches first', 'triage.affects')
  if (names.length === 1) return only
  const are = few === assigned ? 'assigned' : few === affected ? 'affected' : 'supported'
  return senseless(`Several branches are ${are}, so name one of them.`, `name one of ${names.join(', ')}`, 'patch')
}

const senseless = (because: string, instruction: string, verb: string): Refusal =>
  refuse('makes-sense', because, you(instruction, verb))

/** The reason why the named version cannot contain the fix: it is in the range that is recorded as affected. */
function fixedVersionMistake({ state, policy, request }: Context<PatchSubmit>, branch: string): string | undefined {
  const { fixedVersion } = request
  const known = state.branches.find(({ name }) => name === branch)
  if (fixedVersion === undefined || known === undefined) return undefined
  return affectedPackages({ ...known, fixedVersion }, projectOf(policy, state).packages)
    .map((one) => rangeMistake(versionRanges(one.range ?? '') ?? [], one.fixedVersion))
    .find((mistake) => mistake !== undefined)
}

/** Records that the branch is affected and which version fixes it, unless that is recorded already. */
function affecting({ state, policy, request }: Context<PatchSubmit>, branch: string): readonly CaseEvent[] {
  const { fixedVersion } = request
  const known = state.branches.find(({ name }) => name === branch)
  if (known?.affected === true && (fixedVersion === undefined || fixedVersion === known.fixedVersion)) return []
  const supported = projectOf(policy, state).branches.some((one) => one.name === branch && one.supported)
  const fixed = fixedVersion === undefined ? {} : { fixedVersion }
  return [{ type: 'AffectedBranchSet', branch, affected: true, supported, ...fixed }]
}

/** Records the texts for the public that came with the patch. */
function drafted({ state, request: { advisory } }: Context<PatchSubmit>): readonly CaseEvent[] {
  const known = state.advisory
  const isSame =
    known?.component === advisory?.component &&
    known?.impact === advisory?.impact &&
    known?.workaround === advisory?.workaround
  if (advisory === undefined || isSame) return []
  // A patch has no links for the advisory, so the advisory keeps the links that it has.
  const links = known?.references === undefined ? {} : { references: known.references }
  return [{ type: 'AdvisoryDrafted', ...advisory, ...links }]
}

/**
 * Why the author of this patch cannot be assigned to its branch, by the rules of `assign-patch`. This is checked only
 * if nobody is assigned to the branch yet.
 */
function notAssignable(context: Context<PatchSubmit>, author: Remediator, person: Person): Refusal | undefined {
  const { state, policy } = context
  const allowed = rolesFor(policy, 'assign-patch')
  if (!person.roles.some((one) => allowed.includes(one)))
    return refuse('makes-sense', 'Nobody is assigned to write a patch.', [
      { who: `somebody who is ${allowed.join(' or ')}`, how: 'assigns it first', verb: 'assign-patch' },
    ])
  const to = author.kind === 'person' ? author.person : 'reporter'
  if (to !== 'reporter' && state.people[to] === undefined)
    return refuse('makes-sense', 'That person is not on this case.', [invitedFirst(context, to)])
  return remediatorWilling.check({ ...context, request: { verb: 'assign-patch', case: state.id, to, branches: [] } })
}

type Assignment = { readonly branch: string; readonly author: Remediator; readonly isAsked: boolean }

function accepting({ state }: Context, { branch, author, isAsked }: Assignment): readonly CaseEvent[] {
  const quiet = isAsked ? ({ quiet: true } as const) : {}
  return [
    ...(state.rm === 'accepted' ? [] : [{ type: 'CaseAccepted' } as const]),
    { type: 'PatchAssigned', branches: [branch], remediator: author, ...quiet },
  ]
}

const isOfReporter = (event: CaseEvent): boolean => event.type === 'VerificationRequested' && event.of === 'reporter'
