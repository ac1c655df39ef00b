import { policyFor, missingFactsOf } from '@embargo/core'
import type { CaseState, Policy, PendingCommand } from '@embargo/core'
import type { FactSource, FormatGap } from '@embargo/engine'
import type { Place } from '../types.ts'
import { typedAt } from '../usage.ts'

/**
 * The commands whose texts name the version with the fix. An interim advisory promises no fixed version, so its command
 * is not among them.
 */
const NAMES_FIX: ReadonlySet<PendingCommand['verb']> = new Set<PendingCommand['verb']>([
  'prenotify',
  'prenotify.update',
  'disclose',
])

export type MissingFactsContext = {
  readonly verb: PendingCommand['verb']
  readonly policy: Policy
  readonly where: Pick<Place, 'platform' | 'root'>
  /** Missing facts without which some documents are left out. The caller shows these facts in lines of their own. */
  readonly gaps?: readonly FormatGap[]
}

/** Facts that the texts of a command leave out because nobody entered them, each with the command that enters it. */
export function missingFacts(
  state: CaseState,
  { verb, policy, where, gaps = [] }: MissingFactsContext,
): readonly string[] {
  if (verb !== 'disclose.interim' && !NAMES_FIX.has(verb)) return []
  const { rangesOf, versionsOf, workaround, cve } = missingFactsOf(state, policyFor(policy, state))
  const isGap = (name: string, wanted: FactSource): boolean =>
    gaps.some(({ source, branch }) => source === wanted && branch === name)
  const type = (usage: string): string => typedAt({ ...where, case: state.id }, usage)
  return [
    ...rangesOf
      .filter((branch) => !isGap(branch, 'range'))
      .map(
        (branch) =>
          `Nobody has named the affected versions of ${branch}: ${type(`triage affects ${branch} yes VERSIONS`)}`,
      ),
    ...(verb === 'disclose.interim' ? [] : versionsOf)
      .filter((branch) => !isGap(branch, 'fixed-version'))
      .map(
        (branch) =>
          `Nobody has named the version that fixes ${branch}: ${type(`triage affects ${branch} yes --fixed-version VERSION`)}`,
      ),
    ...(workaround
      ? [`Nobody has written a workaround, or said that none is known: ${type('advisory --workaround "TEXT"')}`]
      : []),
    ...(cve ? [`Nobody has requested a CVE id: ${type('cve request')}`] : []),
  ]
}
