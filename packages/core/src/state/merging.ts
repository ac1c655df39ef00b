import type { CaseEvent } from '../events/case-events.ts'
import { fallingProposal } from './embargo/ending.ts'
import { agreedEnd, embargoInForce } from './embargo/evolve.ts'
import { isBound } from './embargo/terms.ts'
import type { ReleaseState } from './release/state.ts'
import { ReportId } from '../shared/ids.ts'
import type { CaseId } from '../shared/ids.ts'
import { earliest } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { Duty } from '../shared/words.ts'
import { counted, secrecyFailed } from './world/signals.ts'
import { addresseeKey } from '../vocabulary/addressee.ts'
import type { CaseState, Report, TakenIn } from './state.ts'

/** What a merge changes about the embargo. People see this before they confirm the merge. */
export type MergeTerms = {
  /** The end of the embargo for everybody: the earliest end in force. Absent if there is no end in force. */
  readonly end?: Instant
  /**
   * Set only if `end` is a date that a reporter proposed and nobody has accepted. Then `agreed` is the earliest end
   * that was agreed on, which is later than `end`.
   */
  readonly agreed?: Instant
  /**
   * The reports, from both cases, whose reporters are bound by the embargo. A reporter is not bound if they declined,
   * or were told that no embargo binds them.
   */
  readonly binds: readonly ReportId[]
  /**
   * Set if the reporters of the later case are asked to keep the secret but are not bound by the embargo. This happens
   * if the embargo of the later case is over. It also happens if that embargo would have ended first, and the end of
   * the earlier case's embargo can no longer be changed.
   */
  readonly free?: true
  /** A planned release of the earlier case, if its date is after `end`. */
  readonly outside?: { readonly release: ReleaseState['id']; readonly at: Instant }
}

export function mergeTerms(from: CaseState, into: CaseState, release: ReleaseState | undefined): MergeTerms {
  const free = from.em.is === 'exited' || (secrecyFailed(into) && endsSooner(from.em, into.em))
  const binds = [...into.reports, ...(free ? [] : from.reports)].filter(isBound).map(({ id }) => id)
  const { end, agreed } = endsOfBoth(from, into)
  if (end === undefined) return { binds: [] }
  const live = release?.is === 'planned' || release?.is === 'scheduled' || release?.is === 'prenotified'
  const outside =
    live && release.at !== undefined && release.at > end ? { release: release.id, at: release.at } : undefined
  const named = agreed === undefined || agreed === end ? {} : { agreed }
  return { end, ...named, binds, ...(free ? { free } : {}), ...(outside === undefined ? {} : { outside }) }
}

const endsSooner = (one: CaseState['em'], other: CaseState['em']): boolean =>
  embargoInForce(one) && embargoInForce(other) && one.end < other.end

function endsOfBoth(from: CaseState, into: CaseState): Partial<Readonly<Record<'end' | 'agreed', Instant>>> {
  if (from.cs.public !== undefined || into.cs.public !== undefined || into.em.is === 'exited') return {}
  // Once secrecy has failed in the earlier case, nobody can agree on another date, so only that case's embargo counts.
  const both = (secrecyFailed(into) ? [into.em] : [from.em, into.em]).filter(embargoInForce)
  const [first, ...others] = both
  if (first === undefined) return {}
  return {
    end: others.reduce((end, one) => earliest(end, one.end), first.end),
    agreed: others.reduce((end, one) => earliest(end, agreedEnd(one)), agreedEnd(first)),
  }
}

/**
 * When a report moves, the end of the embargo in its former case comes along. The receiving case takes over this end by
 * proposals. `proposal` and `named` contain the ids of these proposals.
 */
export type CarriedEnds = {
  readonly end: Instant
  readonly agreed: Instant
  /** The proposal id of the agreed end. */
  readonly proposal: string
  /** An earlier end that a reporter proposed. `open`: the team has not answered the proposal yet. */
  readonly named: { readonly proposal: string; readonly open: boolean; readonly report?: ReportId }
}

/**
 * Takes over the end that both sides agreed on in the other case, because the reporters of that case must not be bound
 * for longer. This case keeps its own agreed end if that end is earlier or the same. If the end of the other case is
 * taken over, an open proposal of this case is rejected. An earlier end that a reporter proposed is brought along as a
 * proposal. Nothing is taken over if the embargo of this case is over, or if the vulnerability is public or attacked
 * (Vultron EM).
 */
export function carrying(
  { em, cs }: Pick<CaseState, 'em' | 'cs'>,
  { end, agreed, proposal, named }: CarriedEnds,
): readonly CaseEvent[] {
  if (em.is === 'exited' || secrecyFailed({ cs })) return []
  const isAgreed = embargoInForce(em) && agreedEnd(em) <= agreed
  const settled: readonly CaseEvent[] = isAgreed
    ? []
    : [
        ...fallingProposal(em),
        { type: 'EmbargoProposed', proposal, by: 'reporter', end: agreed },
        { type: 'EmbargoAccepted', proposal, by: 'team', end: agreed },
      ]
  if (end >= (isAgreed ? em.end : agreed)) return settled
  const { report } = named
  return [
    ...settled,
    {
      type: 'EmbargoProposed',
      proposal: named.proposal,
      by: 'reporter',
      end,
      ...(report === undefined ? {} : { report }),
    },
    ...(named.open ? [] : [{ type: 'EmbargoRejected', proposal: named.proposal } as const]),
  ]
}

/**
 * Whether a proposal came into this case with a report that moved. The letter about the move already names the proposed
 * date.
 */
export const isMovedProposal = (proposal: string): boolean => /^(?:merge|split)-/.test(proposal)

/** When attacks were first reported. Undefined if no signal of an attack counts. */
export function attackedSince(from: CaseState): Instant | undefined {
  const [first] = counted(from, 'attack')
    .map(({ raisedAt }) => raisedAt)
    .toSorted((a, b) => a - b)
  return first
}

/**
 * Reports to authorities that were made for one case also count for the other, because both cases are about the same
 * vulnerability.
 */
export const dutiesDone = (from: CaseState, into: CaseState): readonly CaseEvent[] =>
  Duty.options.flatMap((duty): readonly CaseEvent[] => {
    const done = into.duties?.[duty] === undefined ? from.duties?.[duty] : undefined
    return done === undefined ? [] : [{ type: 'DutyDone', duty, evidence: done.evidence }]
  })

/** Report numbers are never used twice in a case, even after reports have moved. */
export function nextReportIds(state: CaseState, count: number): readonly ReportId[] {
  const used = [...state.reports.map(({ id }) => id), ...state.moved.map(({ report }) => report.id)]
  const last = Math.max(0, ...used.map((id) => Number(/\/r(\d+)$/.exec(id)?.[1] ?? 0)))
  return Array.from({ length: count }, (_, index) => ReportId.parse(`${state.id}/r${last + index + 1}`))
}

export type ReportTransfer = {
  readonly report: Report
  readonly as: ReportId
  readonly from: CaseState
  /** `project`: the report moves to another project. */
  readonly by: 'merge' | 'split' | 'division' | 'project'
  /** Whether the receiving case's embargo does not bind this reporter. */
  readonly free: boolean
}

/** The event that records that a report left its case. It lists the undelivered mails to the reporter. */
export function leaving(from: CaseState, { report, to, as }: Departure): CaseEvent {
  const lost = lostOf(from, report).map(({ effect }) => effect)
  return { type: 'ReportMoved', report, to, as, ...(lost.length === 0 ? {} : { lost }) }
}

type Departure = { readonly report: ReportId; readonly to: CaseId; readonly as: ReportId }

type LostMails = NonNullable<Extract<CaseEvent, { type: 'ReportJoined' }>['lost']>

function lostOf({ parked, undelivered = [] }: CaseState, report: ReportId): LostMails {
  const key = addresseeKey({ kind: 'report', report })
  return [
    ...parked.flatMap(({ effect, letter, to, because, doubt, at }) =>
      to === key && letter !== undefined ? [{ effect, letter, because, doubt, at }] : [],
    ),
    ...undelivered.flatMap(({ effect, letter, to, because, doubt, at, hard }) =>
      to === key && letter !== undefined ? [{ effect, letter, because, doubt, at, hard }] : [],
    ),
  ]
}

/**
 * The events that record that a report came into another case. These events include the mails of the report and all
 * answers of the reporter.
 */
export function joining({ report, as, from, by, free }: ReportTransfer): readonly CaseEvent[] {
  const {
    id: was,
    agreedTo: _agreed,
    joined: _joined,
    named: _named,
    writtenAt: _written,
    free: _free,
    earlier: _earlier,
    receipt: _receipt,
    ...rest
  } = report
  const { aiUse, ...kept } = rest
  const unbound = free ? { free } : {}
  const answered = aiUse === undefined ? {} : { aiUse: { used: aiUse.used, checkedByPerson: aiUse.checkedByPerson } }
  // After a division, the report is in both cases, so its undelivered mails stay in the case `from`.
  const lost = by === 'division' ? [] : lostOf(from, was)
  const waiting = lost.length === 0 ? {} : { lost }
  const mails = from.messages.filter((one) => one.report === was || one.message === report.message)
  return [
    { type: 'ReportJoined', ...kept, ...answered, ...unbound, report: as, by, from: from.id, was, ...waiting },
    ...mails.map((mail) => movedMail(by === 'division' ? { ...mail, unread: false } : mail, as, from.id)),
  ]
}

/**
 * When the case `from` is merged, its unanswered mails from unknown senders go to the other case. Returns the events
 * that record these mails there.
 */
export const ofNobodyKnown = (from: CaseState): readonly CaseEvent[] =>
  from.messages
    .filter(
      ({ unread, report, message }) =>
        unread === true && report === undefined && from.reports.every((one) => one.message !== message),
    )
    .map((mail) => movedMail(mail, undefined, from.id))

const movedMail = (
  {
    message,
    from,
    trust,
    checks,
    at,
    report,
    recipient,
    vendor,
    automatic,
    unread,
  }: Omit<TakenIn, 'unread'> & { readonly unread?: boolean },
  as: ReportId | undefined,
  home: CaseId,
): CaseEvent => ({
  type: 'MessageMoved',
  message,
  case: home,
  from,
  trust,
  takenAt: at,
  ...(checks === undefined ? {} : { checks }),
  ...(automatic === undefined ? {} : { automatic }),
  ...(unread === true ? { unread } : {}),
  ...(report === undefined || as === undefined ? {} : { report: as }),
  ...(recipient === undefined ? {} : { recipient }),
  ...(vendor === undefined ? {} : { vendor }),
})
