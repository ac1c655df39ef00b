import type { CaseState } from '../state/state.ts'
import type { ReleaseState } from '../state/release/state.ts'
import { isPublished } from '../state/release/text-freeze.ts'
import { projectOf } from '../state/project.ts'
import { targetModes } from '../policy/target-modes.ts'
import { deadlineOf } from '../deadlines/index.ts'
import { clocks, dutiesAfter } from '../deadlines/running-clocks.ts'
import type { Policy, Project } from '../policy/schema.ts'
import type { NextAction } from './fix-action.ts'

type PublishedCase = {
  readonly policy: Policy
  readonly state: CaseState
  readonly release: ReleaseState | undefined
  readonly coordinator: string
}

/** The next action if a fact became known too late for the publication and no record contains it yet. */
export function correctionAction({
  policy,
  state,
  release,
  coordinator: owner,
}: PublishedCase): NextAction | undefined {
  const { unpublished = [] } = state
  if (!isPublished(release) || !hasRecords(projectOf(policy, state))) return undefined
  if (unpublished.includes('cve')) return { action: 'put the CVE id into the records', owner, verb: 'correct.cve' }
  if (unpublished.includes('credit')) return { action: 'correct the credit in the records', owner, verb: 'correct' }
  return unpublished.includes('links')
    ? { action: 'put the link of the advisory into the records', owner, verb: 'correct' }
    : undefined
}

/** If a correction made another CNA's record outdated, the action to ask that CNA for an update. */
export function updateAction({ policy, state, coordinator: owner }: PublishedCase): NextAction | undefined {
  if (state.cve?.outdated !== true || projectOf(policy, state).cve === 'own') return undefined
  const isWithdrawn = state.corrections?.at(-1)?.withdrawn === true
  const action = isWithdrawn ? 'ask the CNA to reject the CVE id' : 'ask the CNA to update the CVE record'
  return { action, owner, verb: 'cve.update' }
}

/**
 * Whether a publication of the project has records besides the mails. At the target `versions` there is no record: it
 * is only checked that the fixed versions are public.
 */
const hasRecords = (project: Project): boolean =>
  Object.entries(targetModes(project)).some(([target, mode]) => target !== 'versions' && mode !== 'off')

/** What is still owed after the publication or the end of the case, including the retrospective. */
export function dutyAfter({ policy, state, release, coordinator: owner }: PublishedCase): NextAction | undefined {
  const world = { case: state, ...(release === undefined ? {} : { release }), others: new Map() }
  // A missing CVE id does not stop people from closing the case, so closing the case comes before it. The
  // deadline `publish-cve` is left out until the case is closed or an id is requested.
  const [first] = dutiesAfter(clocks(policy, world)).filter(
    ({ clock }) => state.rm === 'closed' || state.cve !== undefined || clock !== 'publish-cve',
  )
  if (first === undefined) return undefined
  const { clock, about: action, due } = first
  const [verb] = deadlineOf(clock)?.verbs ?? []
  return { action, owner, due, ...(verb === undefined ? {} : { verb }) }
}
