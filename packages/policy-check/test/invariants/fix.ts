import { alone, caseAfter, caseBefore, cases, eventsOf, has, person } from './invariant.ts'
import type { Invariant } from './invariant.ts'
import { addresseeKey, isEmergency } from '@embargo/core'
import type { CaseState, Report, Sha256 } from '@embargo/core'
import { lettersOf } from './vultron.ts'

type Patch = { readonly branch: string; readonly sha256: Sha256 }

/**
 * Whether a reporter must check this patch: the case is still secret, a reporter can be reached, and the check is not
 * waived.
 */
const awaitsReporter = (state: CaseState, { branch, sha256 }: Patch): boolean =>
  !lettersOf(state.cs).has('P') &&
  !lettersOf(state.cs).has('A') &&
  state.reports.some((report) => isReached(state, report)) &&
  !state.waivers.some(
    ({ gate, key, round }) => gate === 'reporter-check' && key === `${branch}/${sha256}` && round === state.round,
  )

const isReached = ({ undelivered = [] }: CaseState, { id, answerable }: Report): boolean =>
  answerable && !undelivered.some(({ hard, to }) => hard && to === addresseeKey({ kind: 'report', report: id }))

export const FIX: readonly Invariant[] = [
  {
    name: 'somebody confirmed their own patch, or one that they submitted in another’s name',
    broken: (execution) =>
      cases(execution).some(({ one, before }) => {
        const { event } = one.recorded
        if (event.type !== 'FixVerified') return false
        const fix = before.branches.find((branch) => branch.name === event.branch)?.fix
        if (fix === undefined || fix.is === 'assigned') return true
        const who = person(execution)
        const wrote = fix.author.kind === 'person' && fix.author.person === who
        return wrote || (fix.submitter === who && !alone(execution.policy))
      }),
  },
  {
    name: 'the reporter was passed over though they can answer in time',
    broken: (execution) =>
      cases(execution).some(({ one, before }) => {
        const { event, at } = one.recorded
        if (event.type !== 'FixVerified' || event.by.kind !== 'person') return false
        const fix = before.branches.find((branch) => branch.name === event.branch)?.fix
        if (fix === undefined || fix.is === 'assigned' || fix.verification?.of !== 'reporter') return false
        return awaitsReporter(before, event) && (at < fix.verification.dueAt || event.note === undefined)
      }),
  },
  {
    name: 'the reporter was passed over as silent though they had written',
    broken: (execution) =>
      cases(execution).some(({ one, before }) => {
        const { event } = one.recorded
        if (event.type !== 'FixVerified' || event.by.kind !== 'person') return false
        const fix = before.branches.find((branch) => branch.name === event.branch)?.fix
        const asked = fix === undefined || fix.is === 'assigned' ? undefined : fix.verification
        const wrote = asked?.of === 'reporter' && (asked.unread ?? []).length > 0
        return wrote && awaitsReporter(before, event)
      }),
  },
  {
    name: 'a reporter’s yes without a mail of theirs that came after the question',
    broken: (execution) =>
      cases(execution).some(({ one, before }) => {
        const { event } = one.recorded
        if (event.type !== 'FixVerified' || event.by.kind !== 'reporter') return false
        const mail = before.messages.find((message) => message.message === event.message)
        const fix = before.branches.find((branch) => branch.name === event.branch)?.fix
        const askedAt = fix !== undefined && fix.is !== 'assigned' ? fix.verification?.askedAt : undefined
        return mail?.from !== 'reporter' || askedAt === undefined || mail.at < askedAt
      }),
  },
  {
    name: 'a branch was waived as unverified where somebody else could look',
    broken: (execution) =>
      !alone(execution.policy) &&
      cases(execution).some(
        ({ one, before }) =>
          one.recorded.event.type === 'BranchWaived' &&
          one.recorded.event.kind === 'unverified' &&
          // In an emergency, the publication goes ahead with the patches that are finished.
          !(isEmergency(before) && has(execution, 'DisclosureStarted')),
      ),
  },
  {
    name: 'the reporter was made to write the patch without a yes',
    broken: (execution) =>
      eventsOf(execution, 'PatchAssigned').some(
        ({ remediator }) =>
          remediator.kind === 'reporter' &&
          caseBefore(execution)?.reports.find((report) => report.id === remediator.report)?.willing !== true,
      ),
  },
  {
    name: 'F without an accepted case, an affected branch, or with one that is neither verified nor waived',
    broken: (execution) =>
      has(execution, 'FixReady') &&
      !(
        caseAfter(execution)?.rm === 'accepted' &&
        (caseAfter(execution)?.branches ?? []).some(({ affected }) => affected)
      ),
  },
]
