import { announcesAhead, listsToldOf, policyFor } from '@embargo/core'
import type {
  Addressee,
  CaseId,
  CaseState,
  Event,
  HeadsUpCorrection,
  Instant,
  DateChange,
  Policy,
  ReportId,
  World,
} from '@embargo/core'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import type { Deps } from '../deps.ts'
import type { LetterMaterial } from '@embargo/letters'

export type LetterContext = {
  readonly deps: Pick<Deps, 'policy' | 'roots' | 'blobText' | 'readMail'>
  readonly world: World
  readonly to: Addressee
  readonly now: Instant
  readonly publishedAt: Instant
  readonly releaseAt?: Instant
  readonly moved?: DateChange
  readonly headsUp?: HeadsUpCorrection
  readonly because?: string
  readonly event?: Event
  /** The case that the mail is about; absent if the mail is about a release. */
  readonly about?: CaseId
}

/** Collects the material of a letter. @throws CannotPerform */
export function gatherMaterial({ deps, world, to, event, about, ...times }: LetterContext): LetterMaterial {
  const { policy: whole } = deps.policy
  const { case: viewpoint } = world
  if (viewpoint === undefined) throw new CannotPerform('The case of this mail is not in the log.')
  const alone = [viewpoint, ...world.others.values()].find((one) => one.kind === 'case' && one.id === about)
  const all = releaseCases(world, viewpoint)
  const cases = alone?.kind === 'case' ? [alone] : casesFor(to, { all, release: world.release, whole })
  const theCase = caseFor(to, { world, viewpoint, cases })
  const policy = policyFor(whole, theCase)
  const project = policy.projects.find(({ id }) => id === theCase.project)
  if (project === undefined) throw new CannotPerform(`The policy has no project "${theCase.project}" any more.`)
  const report = to.kind === 'report' || to.kind === 'former' ? pastOrPresentReport(theCase, to.report) : undefined
  const list = to.kind === 'recipient' ? whole.prenotification.lists.find(({ id }) => id === to.list) : undefined
  const recipient = to.kind === 'recipient' ? list?.recipients.find(({ id }) => id === to.recipient) : undefined
  return {
    policy,
    project,
    case: theCase,
    cases,
    to,
    roots: deps.roots ?? {},
    ...times,
    ...(world.release && { release: world.release }),
    ...(announcesAhead(whole, all) && { announced: all.length }),
    ...(report && { report }),
    ...(list && { list }),
    ...(recipient && { recipient }),
    ...(event && { event }),
  }
}

/**
 * The cases of a release that an addressee is told about: for a recipient, the cases that concern their list; for
 * everybody else, all cases.
 */
function casesFor(
  to: Addressee,
  {
    all,
    release,
    whole,
  }: { readonly all: readonly CaseState[]; readonly release: World['release']; readonly whole: Policy },
): readonly CaseState[] {
  if (to.kind !== 'recipient') return all
  const recipient = release?.prenotified.find((one) => one.list === to.list && one.recipient === to.recipient)
  const concerned =
    recipient === undefined
      ? listsToldOf(whole, all).find(({ list }) => list.id === to.list)?.cases
      : all.filter(({ id }) => recipient.cases === undefined || recipient.cases.includes(id))
  return concerned === undefined || concerned.length === 0 ? all : concerned
}

/**
 * The case that a mail is about. For a reporter, it is the case with their report. For recipients or the public, it is
 * the first of the release's cases that they are told about. The case that requested the mail does not matter, so the
 * same mail always has the same digest.
 */
function caseFor(
  to: Addressee,
  {
    world,
    viewpoint,
    cases,
  }: { readonly world: World; readonly viewpoint: CaseState; readonly cases: readonly CaseState[] },
): CaseState {
  if (to.kind === 'person' || to.kind === 'vendor' || to.kind === 'cna') return viewpoint
  if (to.kind !== 'report' && to.kind !== 'former') return cases[0] ?? viewpoint
  const known = [viewpoint, ...world.others.values()]
  return known.find((one): one is CaseState => one.kind === 'case' && hasReport(one, to.report)) ?? viewpoint
}

/** A report may move to another case before a mail about it is sent. The mail must still find the report. */
const pastOrPresentReport = ({ reports, moved }: CaseState, reportId: string) =>
  [...reports, ...moved.map(({ report }) => report)].find(({ id }) => id === reportId)

const hasReport = ({ reports }: CaseState, report: ReportId): boolean => reports.some(({ id }) => id === report)

/** The cases of the release, in order; without a release, the case alone. */
export function releaseCases({ release, others }: World, viewpoint: CaseState): readonly CaseState[] {
  if (release === undefined) return [viewpoint]
  const cases = release.cases.flatMap((id) => {
    const state = id === viewpoint.id ? viewpoint : others.get(id)
    return state?.kind === 'case' ? [state] : []
  })
  return cases.length === 0 ? [viewpoint] : cases
}
