import { BlobId, CaseId, DAY, HOUR, later, MessageId, ReportId, Sha256 } from '@embargo/core'
import type { Approval, CaseState, Instant, SampleView, World } from '@embargo/core'
import { CASE } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { hashOf, previewOf } from './preview.ts'
import { legalRelease, soonRelease } from './legal-release.ts'
import { requestableEnds } from './state-key/embargo.ts'

export const REPORT = ReportId.parse(`${CASE}/r1`)
const NEXT = CaseId.parse('SEC-2026-0002')
const TEXT = { text: BlobId.parse('shown'), sha256: Sha256.parse('4'.repeat(64)) }

/**
 * Three mails that a reporter may have sent: one before everything else, one just now, and one that may be from
 * somebody else. Three are enough, because no rule distinguishes two mails that came between the same two requests.
 */
export const MAILS = {
  early: MessageId.parse('mail-early'),
  fresh: MessageId.parse('mail-fresh'),
  unproven: MessageId.parse('mail-unproven'),
} as const

export const openApprovals = (state: CaseState): readonly Approval[] =>
  state.approvals.filter((one) => one.status === 'open')

/** Describes a state of the exploration, so that sample inputs for each request can be chosen from it. */
export function viewOf(scenario: Scenario, now: Instant, world: World, state: CaseState): SampleView {
  const { policy, people, late, reporter } = scenario
  const project = policy.projects.find((one) => one.id === state.project)
  if (project === undefined) throw new Error(`the policy has no project "${state.project}"`)
  const preview: SampleView['preview'] = (request) => previewOf(policy, world, request, now)
  return {
    id: CASE,
    nextId: NEXT,
    policy,
    project,
    branches: project.branches.map(({ name }) => name),
    now,
    state,
    release: world.release,
    people,
    late: late === undefined ? [] : [late],
    report: REPORT,
    mails: reporter === 'reachable' || reporter === 'unreachable' ? MAILS : undefined,
    text: TEXT,
    dates: () => datesOf(scenario, state, now),
    ends: () => requestableEnds(policy, state, now),
    preview,
    stalePreview: (request) => {
      const shown = preview(request)
      return { ...shown, digest: hashOf(shown.digest) }
    },
  }
}

/**
 * The first release date that the lead and the window allow, and two that they do not allow: one that is too soon
 * (perhaps the present moment), and one outside the window.
 */
function datesOf(scenario: Scenario, state: CaseState, now: Instant): ReturnType<SampleView['dates']> {
  const legal = legalRelease(scenario.policy, state, now)
  if (legal === undefined) return { others: [], moved: [] }
  return {
    legal,
    others: [soonRelease(scenario.policy, state, now), later(legal, 12 * HOUR)],
    // The second date is not tried if `unmoved` is set, because the state key then does not contain how dates compare
    // with it.
    moved: scenario.unmoved === true ? [legal] : [legal, later(legal, 7 * DAY)],
  }
}
