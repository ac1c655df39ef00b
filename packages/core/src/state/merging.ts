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
import { counted } from './world/signals.ts'
import { addresseeKey } from '../vocabulary/addressee.ts'
import type { CaseState, Report, TakenIn } from './state.ts'

/** What a merge does to secrecy: shown before it is meant (process, section 4). */
export type MergeTerms = {
  /** When the embargo ends for everybody: the earliest end that is in force. Absent: none is. */
  readonly end?: Instant
  /** The earliest end that was agreed on, where a reporter named an earlier one and it only counts until people agree. */
  readonly agreed?: Instant
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
  const { end, agreed } = endsOfBoth(from, into)
  if (end === undefined) return { binds: [] }
  const live = release?.is === 'planned' || release?.is === 'scheduled' || release?.is === 'prenotified'
  const outside =
    live && release.at !== undefined && release.at > end ? { release: release.id, at: release.at } : undefined
  const named = agreed === undefined || agreed === end ? {} : { agreed }
  return { end, ...named, binds, ...(free ? { free } : {}), ...(outside === undefined ? {} : { outside }) }
}

function endsOfBoth(from: CaseState, into: CaseState): Partial<Readonly<Record<'end' | 'agreed', Instant>>> {
  if (from.cs.public !== undefined || into.cs.public !== undefined || into.em.is === 'exited') return {}
  const both = [from.em, into.em].filter(embargoInForce)
  const [first, ...others] = both
  if (first === undefined) return {}
  return {
    end: others.reduce((end, one) => earliest(end, one.end), first.end),
    agreed: others.reduce((end, one) => earliest(end, agreedEnd(one)), agreedEnd(first)),
  }
}

/** Ends that came with a report, and what they are called in the case where they go. */
export type Carried = {
  readonly end: Instant
  readonly agreed: Instant
  /** What the end that was agreed on is called. */
  readonly proposal: string
  /** What an earlier one is called that a reporter named; `open` while the team has not answered it. */
  readonly named: { readonly proposal: string; readonly open: boolean; readonly report?: ReportId }
}

/**
 * Makes an end agreed that both sides had agreed to elsewhere: the reporters who bring it are kept to nothing longer, and
 * the team says yes. An open proposal falls, since it was about another end. An earlier end that a reporter named is a
 * proposal here as it was there: nobody agreed to it.
 */
export function carrying(em: CaseState['em'], { end, agreed, proposal, named }: Carried): readonly CaseEvent[] {
  if (em.is === 'exited') return []
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
  ...(automatic === undefined ? {} : { automatic }),
  ...(unread === true ? { unread } : {}),
  ...(report === undefined || as === undefined ? {} : { report: as }),
  ...(recipient === undefined ? {} : { recipient }),
  ...(vendor === undefined ? {} : { vendor }),
})
