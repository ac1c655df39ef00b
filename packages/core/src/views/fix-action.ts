import type { StepId } from '../events/step-id.ts'
import { aloneInSolo } from '../gates/alone-in-solo.ts'
import { isOfTheReporter } from '../gates/reporter-check.ts'
import { mayVerify } from '../gates/verifier-is-not-author.ts'
import type { WaivableGate } from '../shared/gate-id.ts'
import type { PersonVerb } from '../vocabulary/command.ts'
import { branchesToFix, hasLivePatch } from '../state/stage.ts'
import type { Branch, Fix } from '../state/fix/state.ts'
import type { CaseState } from '../state/state.ts'
import { maySee } from '../state/people/need-to-know.ts'
import { returnTime, isAway } from '../state/people/access.ts'
import { embargoInForce } from '../state/embargo/evolve.ts'
import { reachableReports } from '../state/report/reachability.ts'
import { reporterName } from '../state/report/reporter-name.ts'
import { dateOf, localAt } from '../policy/local-time.ts'
import type { Instant } from '../shared/instant.ts'
import type { Person, Policy } from '../policy/schema.ts'

export type NextAction = {
  readonly action: string
  readonly owner: string
  /** The people who may do the task besides its owner, if there are any. */
  readonly others?: string
  readonly verb?: PersonVerb
  /** The rule to waive, if the verb is `waive`. */
  readonly waives?: WaivableGate
  /** The branch of the patch, if the verb is `patch`, `confirm` or `waive`. */
  readonly branch?: string
  /** The step of a publication that a person does, if the verb is `done.step`. */
  readonly step?: StepId
  readonly due?: Instant
}

/**
 * The first person owns the action. If there are more people, `anybody` may do it too. If there is nobody, `anybody`
 * owns the action.
 */
export function firstOf([first, another]: readonly Person[], anybody: string): Pick<NextAction, 'owner' | 'others'> {
  if (first === undefined) return { owner: anybody }
  return { owner: first.name, ...(another === undefined ? {} : { others: anybody }) }
}

/** Whether the reporter was asked to check the patch, and still has time to answer. */
function isWithReporter(state: CaseState, { fix }: Branch, at: Instant): boolean {
  if (fix?.is !== 'submitted') return false
  const { of, undelivered, unread, dueAt } = fix.verification ?? {}
  return (
    of === 'reporter' &&
    reachableReports(state).length > 0 &&
    unread === undefined &&
    undelivered !== true &&
    dueAt !== undefined &&
    at < dueAt
  )
}

/** Whether the assigned author is no longer on the case and so has no task here. */
const hasLeft = (state: CaseState, { remediator }: Fix): boolean =>
  remediator.kind === 'person' && !maySee(state, remediator.person)

/**
 * The next step of the work on the fix: rate the severity, name the affected branches, assign, submit and check the
 * patches, publish.
 */
export function fixAction(
  policy: Policy,
  state: CaseState,
  { coordinator, line, at }: { readonly coordinator: string; readonly line: readonly Person[]; readonly at: Instant },
): NextAction {
  const name = (id: string) => policy.people.find((person) => person.id === id)?.name
  if (state.severity === undefined) return { action: 'rate the severity', owner: coordinator, verb: 'triage' }
  const branches = branchesToFix(state)
  const isUnassigned = ({ fix, waived }: Branch): boolean => fix === undefined && waived === undefined
  // A maintainer who is alone need not assign the patch: submitting it records which branch is affected and who wrote
  // the patch.
  if (aloneInSolo(policy) && (branches.length === 0 || branches.some(isUnassigned))) {
    const open = branches.find(isUnassigned)
    return {
      action: open === undefined ? 'submit the patch' : `submit the patch for ${open.name}`,
      owner: coordinator,
      verb: 'patch',
      ...(open !== undefined && { branch: open.name }),
    }
  }
  if (branches.length === 0) return { action: 'name the affected branches', owner: coordinator, verb: 'triage.affects' }
  const unassigned = branches.find(isUnassigned)
  if (unassigned !== undefined)
    return { action: `assign the patch for ${unassigned.name}`, owner: coordinator, verb: 'assign-patch' }
  const writerOf = ({ remediator }: Fix): string =>
    remediator.kind === 'person' ? (name(remediator.person) ?? coordinator) : reporterName(state, remediator.report)
  const waited = (branch: string, fix: Fix): NextAction | undefined => {
    const { remediator } = fix
    const writer = policy.people.find(({ id }) => remediator.kind === 'person' && id === remediator.person)
    if (writer === undefined || !isAway(state, writer, at)) return undefined
    const until = dateOf(localAt(returnTime(state, writer, at), writer.zone).day)
    const action = `wait for ${writer.name} until ${until}, or assign the patch for ${branch} to somebody else`
    return { action, owner: coordinator, verb: 'assign-patch' }
  }
  const unsubmitted = branches.find((branch) => branch.waived === undefined && !hasLivePatch(branch))
  if (unsubmitted?.fix !== undefined)
    return (
      waited(unsubmitted.name, unsubmitted.fix) ?? {
        action: `submit the patch for ${unsubmitted.name}`,
        owner: writerOf(unsubmitted.fix),
        verb: 'patch',
        branch: unsubmitted.name,
      }
    )
  const again = branches.find((branch) => branch.fix?.is === 'changes-requested')
  if (again?.fix !== undefined && hasLeft(state, again.fix))
    return {
      action: `assign a better patch for ${again.name} to somebody who is on the case`,
      owner: coordinator,
      verb: 'assign-patch',
    }
  if (again?.fix !== undefined)
    return (
      waited(again.name, again.fix) ?? {
        action: `submit a better patch for ${again.name}`,
        owner: writerOf(again.fix),
        verb: 'patch',
        branch: again.name,
      }
    )
  const submitted = branches.filter((branch) => branch.fix?.is === 'submitted' && branch.waived === undefined)
  // While the reporter checks one patch, somebody here can confirm another.
  const [first] = submitted
  const unverified = aloneInSolo(policy) ? first : (submitted.find((one) => !isWithReporter(state, one, at)) ?? first)
  if (unverified?.fix?.is === 'submitted') {
    const written = unverified.fix
    const { of, report, undelivered, unread, dueAt } = written.verification ?? {}
    const name = reporterName(state, report)
    const ofReporter = of === 'reporter' && reachableReports(state).length > 0
    const theirTime =
      ofReporter && (unread !== undefined || (undelivered !== true && dueAt !== undefined && at < dueAt))
    const alone = aloneInSolo(policy) && written.author.kind === 'person'
    if (alone && !theirTime)
      return {
        action: `go on without a check of the patch for ${unverified.name}: nobody else is here to confirm it`,
        owner: coordinator,
        verb: 'waive',
        waives: 'fix',
        branch: unverified.name,
      }
    if (ofReporter && undelivered === true)
      return {
        action: `reach ${name}: the request to check the patch for ${unverified.name} did not arrive`,
        owner: coordinator,
        verb: 'settle',
      }
    if (ofReporter && unread !== undefined && !isOfTheReporter(state, unread))
      return {
        action: `write to ${name}: nothing proves that the mail about the patch for ${unverified.name} is theirs`,
        owner: coordinator,
        verb: 'reply',
      }
    if (ofReporter && unread !== undefined)
      return {
        action: `read what ${name} wrote about the patch for ${unverified.name}`,
        ...firstOf(
          line.filter((person) => alone || mayVerify(written, person, policy)),
          'any team member who did not write it',
        ),
        verb: 'log-answer',
      }
    return ofReporter
      ? { action: `verify the patch for ${unverified.name}, by mail`, owner: name, verb: 'log-answer' }
      : {
          action: `confirm the patch for ${unverified.name}`,
          ...firstOf(
            line.filter((person) => mayVerify(written, person, policy)),
            'any team member who did not write it',
          ),
          verb: 'confirm',
          branch: unverified.name,
        }
  }
  if (state.publication === 'none')
    return { action: 'close the case, because nothing will be published', owner: coordinator, verb: 'close' }
  if (state.advisory === undefined) return { action: 'write the advisory', owner: coordinator, verb: 'advisory' }
  if (state.cs.public !== undefined || !embargoInForce(state.em))
    return { action: 'disclose', owner: coordinator, verb: 'disclose' }
  return { action: 'pre-notify', owner: coordinator, verb: 'prenotify' }
}
