import type { MessageId, ReportId } from '../../shared/ids.ts'
import type { Branch, CaseState } from '../state.ts'

/**
 * Mails that came after a reporter was asked to check a patch, until a person logs what they say or answers them. Whoever
 * wrote is not silent, whatever they wrote: it may be a no.
 */
export function withUnread(state: CaseState, message: MessageId, report: ReportId | undefined): CaseState {
  return withBranches(state, (asked, unread) =>
    (report === undefined || asked === report) && !unread.includes(message) ? [...unread, message] : unread,
  )
}

/** A person logged what this mail says. */
export const withRead = (state: CaseState, message: MessageId | undefined): CaseState =>
  withBranches(state, (_asked, unread) => unread.filter((one) => one !== message))

/** A person wrote to this reporter, so they read what came from there. */
export const withAnswered = (state: CaseState, report: ReportId): CaseState =>
  withBranches(state, (asked, unread) => (asked === report ? [] : unread))

type Change = (asked: ReportId | undefined, unread: readonly MessageId[]) => readonly MessageId[]

function withBranches(state: CaseState, change: Change): CaseState {
  const changed = state.branches.map((branch) => withVerification(branch, change))
  return changed.every((branch, index) => branch === state.branches[index]) ? state : { ...state, branches: changed }
}

function withVerification(branch: Branch, change: Change): Branch {
  const { fix } = branch
  if (fix?.is !== 'submitted' || fix.verification?.of !== 'reporter') return branch
  const { unread: before = [], ...verification } = fix.verification
  const unread = change(verification.report, before)
  if (unread.length === before.length) return branch
  return { ...branch, fix: { ...fix, verification: { ...verification, ...(unread.length === 0 ? {} : { unread }) } } }
}
