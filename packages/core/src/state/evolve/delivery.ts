import type { CaseEvent } from '../../events/case-events.ts'
import type { EffectId, ReportId } from '../../shared/ids.ts'
import { later } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import { statusInWords } from '../../text/mail-status.ts'
import { addresseeKey } from '../../vocabulary/addressee.ts'
import type { AskedByMail, Branch } from '../fix/state.ts'
import type { CaseState, Doubt, UndeliveredMail } from '../state.ts'

type JoinEvent = Extract<CaseEvent, { type: 'ReportJoined' }>
type LostMailEvent = Extract<CaseEvent, { type: 'MailFailed' | 'MailBounced' }>

/**
 * Records an undelivered mail of the case. Until somebody handles the mail, it is listed, and its addressee's silence
 * does not count as an answer.
 */
export function withLost(state: CaseState, event: LostMailEvent, at: Instant): CaseState {
  const lost = lostBy(event, at)
  if (lost === undefined) return state
  const others = (state.undelivered ?? []).filter(({ effect }) => effect !== lost.effect)
  return withoutSilence({ ...state, undelivered: [...others, lost] }, lost.effect)
}

function lostBy(event: LostMailEvent, at: Instant): UndeliveredMail | undefined {
  const { effect, letter, to } = event
  const base = { effect, letter, to, doubt: false, at }
  // A refusal by our own relay does not show that the address is wrong: the relay may be refusing all mail today.
  if (event.type === 'MailFailed') return { ...base, because: event.because, hard: false }
  const { kind, status } = event
  if (kind === undefined || kind === 'delayed') return undefined
  return { ...base, because: `It bounced: ${statusInWords(status, kind)}.`, hard: kind === 'hard' }
}

/** Stops the clock for an answer to this mail, which its recipient has not seen. */
export const withoutSilence = (state: CaseState, effect: EffectId): CaseState =>
  withAsked(state, effect, () => ({ undelivered: true }))

/** A mail that counted as lost has arrived, so the clock for its answer starts. */
export function withArrived(state: CaseState, effect: EffectId, at: Instant): CaseState {
  // A bounce may arrive before the relay's acceptance of the same mail is recorded. The acceptance then changes
  // nothing: the mail still counts as lost.
  if (state.undelivered?.some((one) => one.effect === effect) === true) return state
  return withAsked(state, effect, ({ undelivered, askedAt, dueAt }) =>
    undelivered === true ? { undelivered: false, askedAt: at, dueAt: later(at, dueAt - askedAt) } : {},
  )
}

/** Records that a mail was sent to one reporter. The mail does not count as an update for other reporters. */
export function withWritten(state: CaseState, to: string, at: Instant): CaseState {
  const written = state.reports.some(({ id }) => keyOf(id) === to)
  return written
    ? { ...state, reports: state.reports.map((one) => (keyOf(one.id) === to ? { ...one, writtenAt: at } : one)) }
    : state
}

const keyOf = (report: ReportId): string => addresseeKey({ kind: 'report', report })

/** Records that a person handled a lost mail. */
export function withSeenTo(state: CaseState, effect: EffectId): CaseState {
  if (state.undelivered === undefined) return state
  const { undelivered, ...rest } = state
  const remaining = undelivered.filter((one) => one.effect !== effect)
  return remaining.length === 0 ? rest : { ...state, undelivered: remaining }
}

/** Removes undelivered mails to a reporter whose report has moved to another case. That case lists them from now on. */
export function withoutMoved(state: CaseState, lost: readonly EffectId[] = []): CaseState {
  const parked = state.parked.filter(({ effect }) => !lost.includes(effect))
  return lost.reduce(withSeenTo, { ...state, parked })
}

export function withJoined(state: CaseState, { report, lost = [] }: JoinEvent): CaseState {
  const to = addresseeKey({ kind: 'report', report })
  return lost.reduce<CaseState>((before, { hard, ...doubt }) => {
    if (hard === undefined) return { ...before, parked: [...before.parked, { ...doubt, to }] }
    return { ...before, undelivered: [...(before.undelivered ?? []), { ...doubt, to, hard }] }
  }, state)
}

/** A reporter who writes can be reached, even if mail to them bounced before. */
export const withHeardFrom = ({ undelivered, ...state }: CaseState, to: string): CaseState => ({
  ...state,
  ...(undelivered === undefined
    ? {}
    : { undelivered: undelivered.map((one) => (one.to === to ? { ...one, hard: false } : one)) }),
})

/** An effect's id begins with the id of the event that asked for it. */
const isOf = ({ mail }: AskedByMail, effect: EffectId): boolean => mail !== undefined && effect.startsWith(`${mail}/`)

type Change = (question: AskedByMail) => Partial<AskedByMail>

function withAsked(state: CaseState, effect: EffectId, change: Change): CaseState {
  const { needsInfo, branches } = state
  if (needsInfo !== undefined && isOf(needsInfo, effect))
    return { ...state, needsInfo: { ...needsInfo, ...change(needsInfo) } }
  const changed = branches.map((branch) => withVerification(branch, effect, change))
  return changed.every((branch, index) => branch === branches[index]) ? state : { ...state, branches: changed }
}

/**
 * Whether the mail goes to the reporter who was asked. Every reporter gets the patch, but the case waits for the answer
 * of only one of them.
 */
const isToAsked = ({ report }: { readonly report?: ReportId }, effect: EffectId): boolean =>
  report === undefined || effect.endsWith(`>${keyOf(report)}`)

function withVerification(branch: Branch, effect: EffectId, change: Change): Branch {
  const { fix } = branch
  if (fix === undefined || fix.is === 'assigned' || fix.verification === undefined) return branch
  return isOf(fix.verification, effect) && isToAsked(fix.verification, effect)
    ? { ...branch, fix: { ...fix, verification: { ...fix.verification, ...change(fix.verification) } } }
    : branch
}

/**
 * The effects of a case and its release that a person must decide about, in the order in which the status numbers them.
 */
export const doubtsOf = (
  state: Pick<CaseState, 'parked' | 'undelivered'>,
  release: { readonly parked: readonly Doubt[] } | undefined,
): readonly Doubt[] => [...state.parked, ...(release?.parked ?? []), ...(state.undelivered ?? [])]
