import type { CaseState, Report } from '../state.ts'
import type { EmState, Proposal } from './state.ts'
import { after } from '../../policy/calendar.ts'
import { answerableReports, isReachable } from '../report/reachability.ts'
import type { Policy } from '../../policy/schema.ts'
import { DAY, later, MINUTE } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import type { ExitReason, SignalKind } from '../../shared/words.ts'
import { counted, secrecyFailed } from '../world/signals.ts'

export type OpenProposal = Proposal & { readonly end: Instant }

/** The proposal that waits for the other side’s answer. */
export function openProposal(em: EmState): OpenProposal | undefined {
  if (em.is === 'proposed') return em
  return em.is === 'revise' ? { ...em, end: em.proposedEnd } : undefined
}

/**
 * Whether the embargo in force binds a reporter. It does not bind a reporter who declined, or whose own embargo was
 * over before a merge.
 */
export const isBound = ({ consent, free }: Pick<Report, 'consent' | 'free'>): boolean =>
  consent !== 'declined' && free !== true

/** The reporters whom the embargo binds and who can be answered, each represented by one report. */
export const boundReporters = ({ reports }: Pick<CaseState, 'reports'>): readonly Report[] =>
  answerableReports({ reports: reports.filter(isBound) })

/** The bound reporters who have not agreed to continue in public. */
export const notInTheOpen = (state: Pick<CaseState, 'reports'>): readonly Report[] =>
  boundReporters(state).filter(({ openly }) => openly !== true)

/**
 * Whether the team has no reporter to ask about continuing in public. Either no reporter is bound, or all who have not
 * agreed are unreachable and never answered.
 */
export function hasNoReporterToAsk(state: Pick<CaseState, 'reports' | 'undelivered'>): boolean {
  const missing = notInTheOpen(state)
  if (missing.length === 0) return boundReporters(state).length === 0
  return missing.every((report) => report.openly === undefined && !isReachable(state, report))
}

/**
 * The latest end on which the reporter and the team may agree. The time counts from receipt. If negotiations began
 * again (after a reopening, an expired embargo or a corrected signal), the time counts from the new beginning. The end
 * is the last minute of a day in UTC, because dates are agreed as whole days.
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

/** Whether this reason for an embargo's end means that secrecy failed. */
export const failedSecrecy = (reason: ExitReason): boolean => ENDED_BY[reason] !== undefined

/**
 * Why a new embargo may be negotiated in this case: the last embargo expired, or it ended because of a signal that
 * turned out to be wrong.
 */
export function nextRound(state: CaseState): 'expired' | 'signal-corrected' | undefined {
  const { em } = state
  if (em.is !== 'exited' || secrecyFailed(state)) return undefined
  if (em.reason === 'expired') return 'expired'
  const verb = ENDED_BY[em.reason]
  return verb !== undefined && counted(state, verb).length === 0 ? 'signal-corrected' : undefined
}

/**
 * Whether correcting a signal makes the case secret again. If a signal ended the embargo, the case is secret again when
 * no signal of that kind counts any more and `secrecyFailed` is false. If the embargo expired, the case is secret again
 * when the vulnerability no longer counts as public.
 */
export const isSecretAgain = (before: CaseState, after: CaseState): boolean =>
  (nextRound(before) === undefined && nextRound(after) === 'signal-corrected') ||
  (before.em.is === 'exited' &&
    before.em.reason === 'expired' &&
    before.cs.public !== undefined &&
    after.cs.public === undefined)

/** Whether the signal that ended the embargo still counts. It does not if two people have corrected it since then. */
const stillCounts = (state: Pick<CaseState, 'signals'>, reason: ExitReason): boolean => {
  const verb = ENDED_BY[reason]
  return verb !== undefined && counted(state, verb).length > 0
}

/**
 * Whether the embargo ended early. If it did, no promised date has to be kept. If the signal that ended the embargo was
 * corrected, the embargo does not count as ended early, because recipients and reporters prepare for the promised date.
 */
export const endedEarly = ({ em, ...state }: Pick<CaseState, 'em' | 'signals'>): boolean =>
  em.is === 'exited' && (em.reason === 'opened' || stillCounts(state, em.reason))

/** Whether anybody may be asked to keep the secret: nothing is public, and nobody ended the embargo early. */
export function isSecret(state: Pick<CaseState, 'cs' | 'em' | 'signals'>): boolean {
  const wentPublic = state.em.is === 'exited' && state.em.reason === 'unreachable'
  return state.cs.public === undefined && !wentPublic && !endedEarly(state)
}

/** Whether the team ended the embargo because details leaked. */
export const endedByLeak = ({ em, ...state }: Pick<CaseState, 'em' | 'signals'>): boolean =>
  em.is === 'exited' && em.reason === 'leak' && stillCounts(state, 'leak')

/** Why an embargo until this end needs two admins. Undefined if the reporter and the team may agree on this end. */
export function needsTwoAdmins(
  policy: Policy,
  state: CaseState,
  end: Instant,
  at: Instant,
): 'cap' | 'silent' | undefined {
  const from = state.em.is === 'exited' ? { ...state, embargoFrom: at } : state
  if (end > latestAgreed(policy, from)) return 'cap'
  return silentAfterExpiry(state, at) ? 'silent' : undefined
}

/** If a proposed date has no answer after this time, people are reminded to ask again. */
export const CONSENT_SILENCE = 7 * DAY

/** Whether the last embargo expired and no reporter answers about a new one. */
export function silentAfterExpiry(state: CaseState, at: Instant): boolean {
  const { em } = state
  if (boundReporters(state).length === 0) return em.is === 'exited' && em.reason === 'expired'
  if (em.is !== 'proposed' || em.by !== 'team' || state.embargoFrom === undefined) return false
  return at >= later(em.proposedAt, CONSENT_SILENCE)
}
