import { setTimeout as pause } from 'node:timers/promises'
import { contentUse, instant, pendingCommand, policyFor, previewCommand, projectOf, releaseCases } from '@embargo/core'
import type { CaseState, ContentFinding, Instant, ShownCommand, World } from '@embargo/core'
import { crossCheck } from '@embargo/documents'
import type { IrreversibleRequest } from '../commands/command.ts'
import type { Deps } from '../deps.ts'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { arrange } from '../projections/world.ts'
import { existingVersions } from './existing-versions.ts'
import { approvedRecord } from './step-documents.ts'

/** How long a preview waits for the registries. Nobody should wait longer to read what they approve. */
const PATIENCE_MS = 2000

type Asked = Pick<Deps, 'policy' | 'rehearsalTargets'>

/** The versions that a record names but that do not exist. */
export async function absentVersions(
  { policy, rehearsalTargets }: Asked,
  cases: readonly CaseState[],
  release: World['release'],
): Promise<readonly ContentFinding[]> {
  const found: ContentFinding[] = []
  for (const state of cases) {
    const record = approvedRecord('records', { policy, state, release }, instant(0))
    const project = projectOf(policyFor(policy.policy, state), state)
    const versions = await existingVersions(rehearsalTargets?.get('versions'), [record], project)
    const absent = crossCheck({ records: [record], documents: [], texts: [], versions })
    found.push(...absent.map(({ where, because }) => ({ case: state.id, where, because })))
  }
  return found
}

/**
 * Warnings for those who approve a command: version ranges that name a version missing from the package registry. The
 * warnings stop nothing, because an approval must not depend on the network. They are not part of what is approved.
 */
export async function versionWarnings(
  deps: Asked & Pick<Deps, 'loadWorld'>,
  request: IrreversibleRequest,
  { at, patienceMs = PATIENCE_MS }: { readonly at: Instant; readonly patienceMs?: number },
): Promise<readonly string[]> {
  const world = arrange(await deps.loadWorld(request.case), request.case)
  const { case: state, release, others } = world
  const command = state && commandIn(state, request)
  if (state === undefined || command === undefined || contentUse(command.verb) !== 'sent') return []
  const planned = previewCommand(deps.policy.policy, world, command, at)
  const after = planned === undefined || 'gate' in planned ? undefined : planned.after
  const cases = after === undefined ? releaseCases({ state, release, others }) : [after]
  const looking = absentVersions(deps, cases, release)
  // If the time runs out before `looking` is done, nobody waits for `looking` any longer. If it fails after that, the
  // failure is ignored.
  looking.catch(() => undefined)
  const ended = new AbortController()
  const late = pause(patienceMs, 'late', { signal: ended.signal }).catch(() => 'late')
  try {
    const found = await Promise.race([looking, late])
    if (typeof found === 'string')
      return ['The registry has not answered in time, so it is not known whether all versions in the ranges exist.']
    return found.map(({ case: id, because }) => `⚠ A range of ${id} may be wrong: ${because}`)
  } catch (error) {
    if (error instanceof CannotPerform) return []
    throw error
  } finally {
    ended.abort()
  }
}

/** The command that is previewed. For `approve`, this is the command that waits for the approval. */
function commandIn(state: CaseState, request: IrreversibleRequest): ShownCommand | undefined {
  if (request.verb !== 'approve') return request
  const waiting = state.approvals.find(
    ({ id, status }) => status === 'open' && (request.approval === undefined || id === request.approval),
  )
  return waiting && pendingCommand(waiting)
}
