import { ApprovalId, later } from '@embargo/core'
import type { CaseState, Instant, ReleaseState, Signal, State, StreamId, TakenIn } from '@embargo/core'
import type { Scenario } from './scenario.ts'
import { CASE } from './scenario.ts'
import { priorReleases } from './state-key/prior-disclosures.ts'
import type { ModelState } from './state.ts'
import { MAILS } from './view.ts'

/**
 * Removes from a state what no rule reads, and limits what would grow without end. The state itself is changed and not
 * only its key, so further exploration cannot depend on anything that the key leaves out. The following is removed or
 * replaced:
 *
 * - the record of the reminders that were sent: a clock can then send a reminder again, which only adds paths;
 * - the reporter's mails: a fixed set of mails that a reporter may have sent replaces them;
 * - answered approval requests, except the approval that lets a publication begin automatically: rules read only this
 * approval and the open requests;
 * - a release that was cancelled after recipients were told: only the list of its recipients with patches is kept. The
 * list is removed too when a later release has reached each of these recipients, or when the publication begins;
 * - channels and their cards, mails that could not be read, and the number of unread mails: no rule reads them.
 */
export function normalise(scenario: Scenario, current: ModelState): ModelState {
  const state = current.states.get(CASE)
  if (state?.kind !== 'case') return current
  const states = new Map<StreamId, State>()
  const release = state.release === undefined ? undefined : current.states.get(state.release)
  const live = release?.kind === 'release' ? release : undefined
  const earlier = scenario.coarse === true || isBegun(release) ? [] : priorReleases(current, state)
  states.set(CASE, {
    ...normalisedCase(scenario, current, state, live),
    ...(earlier.length === 0 ? {} : { heldBefore: earlier }),
  })
  if (release !== undefined) states.set(release.id, release)
  const pending = current.pending.filter(({ stream }) => states.has(stream))
  const elsewhere = state.heldIn === undefined ? undefined : current.states.get(state.heldIn)
  if (elsewhere?.kind === 'release' && !states.has(elsewhere.id) && scenario.coarse !== true && !isBegun(release))
    states.set(elsewhere.id, holdersOnly(elsewhere))
  for (const id of earlier) {
    const release = current.states.get(id)
    if (release?.kind === 'release') states.set(id, holdersOnly(release))
  }
  return { ...current, states, pending }
}

const holdersOnly = (release: ReleaseState): ReleaseState => ({ ...release, approved: [], delivered: [], parked: [] })

const isBegun = (release: State | undefined): boolean => release?.kind === 'release' && release.startedAt !== undefined

function normalisedCase(
  scenario: Scenario,
  current: ModelState,
  state: CaseState,
  release: ReleaseState | undefined,
): CaseState {
  const { heldBefore: _earlier, ...rest } = withLiveApprovals(state, release?.ahead?.digest)
  return {
    ...rest,
    messages: mails(scenario, current, state),
    told: {},
    channels: {},
    quarantined: [],
    signals: lastOfEach(rest, release?.startedAt),
  }
}

/**
 * Of the signals that are open or counted, keeps only the last of each kind. Leaks with different suspects are
 * different kinds. A corrected signal is kept only if it was still counted when a publication began, because the signal
 * is the reason for that publication. The kept signals are renumbered from 1, because the next signal gets the number
 * after theirs.
 */
function lastOfEach({ id, signals }: CaseState, begun: Instant | undefined): CaseState['signals'] {
  const liveSignals = signals.filter(
    ({ is, countedAt, correctedAt }) =>
      is === 'raised' || is === 'counted' || wasBelieved(begun, countedAt, correctedAt),
  )
  const last = liveSignals.filter(
    (signal, index) =>
      liveSignals.findLastIndex((one) => ofOneKind(one, signal) && one.is !== 'corrected') === index ||
      signal.is === 'corrected',
  )
  if (last.length === signals.length) return signals
  return last.map((one, index) => ({ ...one, id: `${id}/s${index + 1}` }))
}

const ofOneKind = (one: Signal, other: Signal): boolean =>
  one.what === other.what && JSON.stringify(one.suspect) === JSON.stringify(other.suspect)

const wasBelieved = (at: Instant | undefined, from: Instant | undefined, to: Instant | undefined): boolean =>
  at !== undefined && from !== undefined && to !== undefined && from <= at && to >= at

/**
 * Keeps only the approvals that a rule still reads: the open ones, and the one that lets a publication begin
 * automatically. The kept approvals are renumbered from 1, because the next approval gets the number after theirs.
 */
export function withLiveApprovals(state: CaseState, ahead: string | undefined): CaseState {
  const { id, approvals } = state
  const given = approvals.findLast(({ status, digest }) => status === 'given' && digest === ahead)
  const read = approvals.filter((one) => one.status === 'open' || one === given)
  // Returns the same object if no approval is left out, so that an unchanged case is recognised.
  if (read.length === approvals.length) return state
  const renumbered = new Map(read.map((one, index) => [one.id, ApprovalId.parse(`${id}/a${index + 1}`)]))
  return {
    ...state,
    approvals: read.map((one) => ({ ...one, id: renumbered.get(one.id) ?? one.id })),
    signals: state.signals.map((one) => withApprovalId(one, renumbered)),
  }
}

function withApprovalId(signal: Signal, renumbered: ReadonlyMap<ApprovalId, ApprovalId>): Signal {
  const { approval, ...rest } = signal
  if (approval === undefined) return signal
  const id = renumbered.get(approval)
  return id === undefined ? rest : { ...rest, approval: id }
}

function mails({ reporter }: Scenario, { now }: ModelState, state: CaseState): readonly TakenIn[] {
  const report = state.reports[0]?.id
  if (report === undefined || reporter === 'silent') return []
  const one = (message: TakenIn['message'], from: TakenIn['from'], at: TakenIn['at']): TakenIn => ({
    message,
    from,
    at,
    report,
    trust: 'nothing-proven',
  })
  return [
    one(MAILS.early, 'reporter', later(state.openedAt, -1)),
    one(MAILS.fresh, 'reporter', now),
    one(MAILS.unproven, 'unverified', now),
  ]
}
