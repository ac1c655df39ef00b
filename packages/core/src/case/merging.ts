import type { CaseEvent } from '../events/case-events.ts'
import { fallingProposal } from '../embargo/ending.ts'
import { embargoInForce } from '../embargo/evolve.ts'
import { isBound } from '../embargo/terms.ts'
import type { ReleaseState } from '../release/state.ts'
import { ReportId } from '../shared/ids.ts'
import type { CaseId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import { Duty } from '../shared/words.ts'
import { counted } from '../world/signals.ts'
import { addresseeKey } from './addressee.ts'
import type { CaseState, Report, TakenIn } from './state.ts'

/** What a merge does to secrecy: shown before it is meant (process, section 4). */
export type MergeTerms = {
  /** When the embargo ends for everybody: the earliest end that was accepted. Absent: none is in force. */
  readonly end?: Instant
  /** Whom it binds: every report of both cases whose reporter did not decline, and was not told that they are free. */
  readonly binds: readonly ReportId[]
  /** The embargo of the later case was over: its reporters are asked to keep the secret, and bound by nothing. */
  readonly free?: true
  /** A release of the earlier case that would come after that end. */
  readonly outside?: { readonly release: ReleaseState['id']; readonly at: Instant }
}

export function mergeTerms(from: CaseState, into: CaseState, release: ReleaseState | undefined): MergeTerms {
  const free = from.em.is === 'exited'
  const binds = [...into.reports, ...(free ? [] : from.reports)].filter(isBound).map(({ id }) => id)
  const end = endOfBoth(from, into)
  if (end === undefined) return { binds: [] }
  const live = release?.is === 'planned' || release?.is === 'scheduled' || release?.is === 'prenotified'
  const outside =
    live && release.at !== undefined && release.at > end ? { release: release.id, at: release.at } : undefined
  return { end, binds, ...(free ? { free } : {}), ...(outside === undefined ? {} : { outside }) }
}

function endOfBoth(from: CaseState, into: CaseState): Instant | undefined {
  if (from.cs.public !== undefined || into.cs.public !== undefined || into.em.is === 'exited') return undefined
  const ends = [from.em, into.em].filter(embargoInForce).map(({ end }) => end)
  return ends.toSorted((a, b) => a - b)[0]
}

/**
 * Makes an end agreed that both sides had agreed to elsewhere: the reporters who bring it are kept to nothing longer, and
 * the team says yes. An open proposal falls, since it was about another end.
 */
export function agreeingOn(em: CaseState['em'], end: Instant, proposal: string): readonly CaseEvent[] {
  if (em.is === 'exited' || (embargoInForce(em) && em.end <= end)) return []
  return [
    ...fallingProposal(em),
    { type: 'EmbargoProposed', proposal, by: 'reporter', end },
    { type: 'EmbargoAccepted', proposal, by: 'team', end },
  ]
}

/** Whether an end came along with a report: the letter about the report tells it. */
export const cameAlong = (proposal: string): boolean => /^(?:merge|split)-/.test(proposal)

/** When somebody said first that it is attacked, where that counts. */
export function attackedSince(from: CaseState): Instant | undefined {
  const [first] = counted(from, 'attack')
    .map(({ raisedAt }) => raisedAt)
    .toSorted((a, b) => a - b)
  return first
}

/** What authorities were told of the one they know of the other: it is the same vulnerability. */
export const dutiesDone = (from: CaseState, into: CaseState): readonly CaseEvent[] =>
  Duty.options.flatMap((duty): readonly CaseEvent[] => {
    const done = into.duties?.[duty] === undefined ? from.duties?.[duty] : undefined
    return done === undefined ? [] : [{ type: 'DutyDone', duty, evidence: done.evidence }]
  })

/** The numbers of reports in a case are never given twice, whatever came and went. */
export function nextReportIds(state: CaseState, count: number): readonly ReportId[] {
  const used = [...state.reports.map(({ id }) => id), ...state.moved.map(({ report }) => report.id)]
  const last = Math.max(0, ...used.map((id) => Number(/\/r(\d+)$/.exec(id)?.[1] ?? 0)))
  return Array.from({ length: count }, (_, index) => ReportId.parse(`${state.id}/r${last + index + 1}`))
}

export type Moving = {
  readonly report: Report
  readonly as: ReportId
  readonly from: CaseState
  /** `project`: it is for another project. */
  readonly by: 'merge' | 'split' | 'division' | 'project'
  /** The embargo that is in force where it comes does not bind its reporter. */
  readonly free: boolean
}

/** A report as it leaves its case, with the mails to its reporter that wait for somebody to see to them. */
export function leaving(from: CaseState, { report, to, as }: Left): CaseEvent {
  const lost = lostOf(from, report).map(({ effect }) => effect)
  return { type: 'ReportMoved', report, to, as, ...(lost.length === 0 ? {} : { lost }) }
}

type Left = { readonly report: ReportId; readonly to: CaseId; readonly as: ReportId }

type Lost = NonNullable<Extract<CaseEvent, { type: 'ReportJoined' }>['lost']>

function lostOf({ parked, undelivered = [] }: CaseState, report: ReportId): Lost {
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

/** A report as it arrives in another case, with its mails and all that its reporter answered. */
export function joining({ report, as, from, by, free }: Moving): readonly CaseEvent[] {
  const {
    id: was,
    agreedTo: _agreed,
    joined: _joined,
    named: _named,
    writtenAt: _written,
    free: _free,
    ...rest
  } = report
  const { aiUse, ...kept } = rest
  const unbound = free ? { free } : {}
  const answered = aiUse === undefined ? {} : { aiUse: { used: aiUse.used, checkedByPerson: aiUse.checkedByPerson } }
  // A division leaves the report where it was, and what waits for it too.
  const lost = by === 'division' ? [] : lostOf(from, was)
  const waiting = lost.length === 0 ? {} : { lost }
  const mails = from.messages.filter((one) => one.report === was || one.message === report.message)
  return [
    { type: 'ReportJoined', ...kept, ...answered, ...unbound, report: as, by, from: from.id, was, ...waiting },
    ...mails.map((mail) => movedMail(by === 'division' ? { ...mail, unread: false } : mail, as, from.id)),
  ]
}

/** What waits for an answer and is from who nobody can say: it goes with the case that is merged. */
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
    at,
    report,
    recipient,
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
  ...(automatic === undefined ? {} : { automatic }),
  ...(unread === true ? { unread } : {}),
  ...(report === undefined || as === undefined ? {} : { report: as }),
  ...(recipient === undefined ? {} : { recipient }),
})
