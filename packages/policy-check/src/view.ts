import { BlobId, HOUR, later, MessageId, ReportId } from '@embargo/core'
import type {
  Approval,
  CaseState,
  Instant,
  PersonId,
  Project,
  ReleaseState,
  Rendering,
  PendingCommand,
  World,
} from '@embargo/core'
import { CASE } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { hashOf, previewOf } from './preview.ts'
import { legalRelease, soonRelease } from './legal-release.ts'

/** The values that inputs of a command are chosen from. */
export type View = {
  readonly scenario: Scenario
  readonly project: Project
  readonly now: Instant
  readonly world: World
  readonly state: CaseState
  readonly release: ReleaseState | undefined
  readonly people: readonly PersonId[]
  readonly report: ReportId | undefined
}

export const REPORT = ReportId.parse(`${CASE}/r1`)
export const BLOB = BlobId.parse('shown')

/**
 * Three mails that a reporter may have sent before somebody reads the channel: one from before everything, one from
 * this moment, and one without proof. No rule distinguishes two mails that came between the same two requests.
 */
export const MAILS = {
  early: MessageId.parse('mail-early'),
  fresh: MessageId.parse('mail-fresh'),
  unproven: MessageId.parse('mail-unproven'),
} as const

export function viewOf(scenario: Scenario, now: Instant, world: World, state: CaseState): View {
  const project = scenario.policy.projects.find((one) => one.id === state.project)
  if (project === undefined) throw new Error(`the policy has no project "${state.project}"`)
  return {
    scenario,
    project,
    now,
    world,
    state,
    release: world.release,
    people: scenario.people,
    report: state.reports[0]?.id,
  }
}

/** The preview that the engine would render for a command now. */
export const previewFor = ({ scenario, world, now }: View, request: PendingCommand): Required<Rendering> =>
  previewOf(scenario.policy, world, request, now)

/** An outdated preview, rendered before something changed. */
export const stalePreviewFor = (view: View, request: PendingCommand): Rendering => {
  const shown = previewFor(view, request)
  return { ...shown, digest: hashOf(shown.digest) }
}

export const openApprovals = (state: CaseState): readonly Approval[] =>
  state.approvals.filter((one) => one.status === 'open')

/**
 * The first date that the lead and the window allow, and two that they do not: one that is too soon (or the present
 * moment if none is), and one outside the window.
 */
export function datesOf({ scenario, state, now }: View): {
  readonly legal?: Instant
  readonly others: readonly Instant[]
} {
  const legal = legalRelease(scenario.policy, state, now)
  if (legal === undefined) return { others: [] }
  return { legal, others: [soonRelease(scenario.policy, state, now), later(legal, 12 * HOUR)] }
}
