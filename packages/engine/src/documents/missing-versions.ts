import { instant, policyFor, projectOf } from '@embargo/core'
import type { CaseId } from '@embargo/core'
import type { Deps } from '../deps.ts'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { OutsideError } from '../ports/chat-platform.ts'
import { arrange } from '../projections/world.ts'
import { approvedContentOf, versionInWords } from './step-documents.ts'

/**
 * Looks once for the fixed versions of a case, where a publication looks for them. Returns those that are not public;
 * undefined if it is not known, because Embargo cannot look there or gets no answer.
 */
export async function missingVersions(
  deps: Pick<Deps, 'policy' | 'loadWorld' | 'rehearsalTargets'>,
  theCase: CaseId,
): Promise<readonly string[] | undefined> {
  const target = deps.rehearsalTargets?.get('versions')
  const { case: state, release } = arrange(await deps.loadWorld(theCase), theCase)
  if (target?.hasVersion === undefined || state === undefined || state.practice === true) return undefined
  const { policy } = deps
  const project = projectOf(policyFor(policy.policy, state), state)
  try {
    const { versions } = approvedContentOf('fixed-versions', { policy, state, release }, instant(0))
    const seen = await Promise.all(versions.map((one) => target.hasVersion?.(one, project)))
    const missing = versions.filter((_one, index) => seen[index] === false)
    const isKnown = seen.length > 0 && !seen.includes(undefined)
    return isKnown || missing.length > 0 ? missing.map(versionInWords) : undefined
  } catch (error) {
    if (error instanceof CannotPerform || error instanceof OutsideError) return undefined
    throw error
  }
}
