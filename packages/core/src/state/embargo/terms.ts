import type { CaseState, EmState, Proposal, Report } from '../state.ts'
import { after } from '../../policy/calendar.ts'
import { answerableReports, isReachable } from '../report/reachable.ts'
import type { Policy } from '../../policy/schema.ts'
import { DAY, later, MINUTE } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import type { ExitReason, SignalKind } from '../../shared/words.ts'
import { counted, secrecyFailed } from '../world/signals.ts'

export type OpenProposal = Proposal & { readonly end: Instant }

/** What waits for the other side’s answer. */
export function openProposal(em: EmState): OpenProposal | undefined {
  if (em.is === 'proposed') return em
  return em.is === 'revise' ? { ...em, end: em.proposedEnd } : undefined
}

/** Whether an embargo that is in force binds a reporter: not who declined, nor whose own was over before. */
export const isBound = ({ consent, free }: Pick<Report, 'consent' | 'free'>): boolean =>
  consent !== 'declined' && free !== true

/** Whom an answer about the embargo can come from. Who is not bound is not asked again. */
export const boundReporters = ({ reports }: Pick<CaseState, 'reports'>): readonly Report[] =>
  answerableReports({ reports: reports.filter(isBound) })

/** Those of them who have not said that they would go on in public. */
export const notInTheOpen = (state: Pick<CaseState, 'reports'>): readonly Report[] =>
  boundReporters(state).filter(({ openly }) => openly !== true)

/** Whether no reporter can be asked to go on in public: none is bound, or mail reaches none of those who have not answered. */
export function noneToAsk(state: Pick<CaseState, 'reports' | 'undelivered'>): boolean {
  const missing = notInTheOpen(state)
  if (missing.length === 0) return boundReporters(state).length === 0
  return missing.every((report) => report.openly === undefined && !isReachable(state, report))
}

/**
 * The latest end that reporter and team may agree on: counted from receipt, and in a later round from its beginning. Its
 * day counts whole, since dates are agreed on as days: the last minute of it, in UTC as dates are typed.
 */
export function latestAgreed(policy: Policy, { openedAt, embargoFrom }: CaseState): Instant {
  const end = after(policy.calendar, embargoFrom ?? openedAt, policy.embargo.agreedMost)
  return later(end, DAY - (end % DAY) - MINUTE)
}

const ENDED_BY: Readonly<Partial<Record<ExitReason, SignalKind>>> = {
  public: 'public',
  exploit: 'exploit',
  attacks: 'attack',
  leak: 'leak',
}

/** Whether an embargo that ended so left no secret. */
export const failedSecrecy = (reason: ExitReason): boolean => ENDED_BY[reason] !== undefined

/** Why a new round of the embargo may begin in this case now: its last one expired, or what ended it was wrong. */
export function nextRound(state: CaseState): 'expired' | 'signal-corrected' | undefined {
  const { em } = state
  if (em.is !== 'exited' || secrecyFailed(state)) return undefined
  if (em.reason === 'expired') return 'expired'
  const what = ENDED_BY[em.reason]
  return what !== undefined && counted(state, what).length === 0 ? 'signal-corrected' : undefined
}

/**
 * What ended the embargo, or kept a new one from beginning, was the last of it that two people called wrong; or what was
 * said to be public after it had ended at its date.
 */
export const isSecretAgain = (before: CaseState, after: CaseState): boolean =>
  (nextRound(before) === undefined && nextRound(after) === 'signal-corrected') ||
  (before.em.is === 'exited' &&
    before.em.reason === 'expired' &&
    before.cs.public !== undefined &&
    after.cs.public === undefined)

/** Whether what ended the embargo is a fact still: two people may have said since that it was wrong. */
const stillCounts = (state: Pick<CaseState, 'signals'>, reason: ExitReason): boolean => {
  const what = ENDED_BY[reason]
  return what !== undefined && counted(state, what).length > 0
}

/**
 * Ended with a reason before its time: then no promised date holds anybody back (process, section 3). A reason that was
 * wrong opens no date: recipients and reporters prepare for the one that they were told.
 */
export const endedEarly = ({ em, ...state }: Pick<CaseState, 'em' | 'signals'>): boolean =>
  em.is === 'exited' && (em.reason === 'opened' || stillCounts(state, em.reason))

/** Whether anybody may be asked to keep it: nothing is public, and nobody ended the secret before its time. */
export function isSecret(state: Pick<CaseState, 'cs' | 'em' | 'signals'>): boolean {
  const wentPublic = state.em.is === 'exited' && state.em.reason === 'unreachable'
  return state.cs.public === undefined && !wentPublic && !endedEarly(state)
}

/** Details got out, and the team ended the embargo for it. */
export const endedByLeak = ({ em, ...state }: Pick<CaseState, 'em' | 'signals'>): boolean =>
  em.is === 'exited' && em.reason === 'leak' && stillCounts(state, 'leak')

/** Why the agreement of reporter and team is not enough for this end. */
export function needsTwoAdmins(
  policy: Policy,
  state: CaseState,
  end: Instant,
  at: Instant,
): 'cap' | 'silent' | undefined {
  const from = state.em.is === 'exited' ? { ...state, embargoFrom: at } : state
  if (end > latestAgreed(policy, from)) return 'cap'
  return silentAfterExpiry(policy, state, at) ? 'silent' : undefined
}

/** The last embargo expired, and nobody answers about a new one. */
export function silentAfterExpiry(policy: Policy, state: CaseState, at: Instant): boolean {
  const { em } = state
  if (boundReporters(state).length === 0) return em.is === 'exited' && em.reason === 'expired'
  if (em.is !== 'proposed' || em.by !== 'team' || state.embargoFrom === undefined) return false
  return at >= after(policy.calendar, em.proposedAt, policy.clocks.consentSilence)
}
