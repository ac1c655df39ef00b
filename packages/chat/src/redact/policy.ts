import { keepsContentOut, mayKeepContentOut } from '@embargo/core'
import type { CaseState, Platform, Policy, World } from '@embargo/core'
import type { CaseInView } from '../chat-command.ts'

/** Where something will be shown, and the cases whose content it may contain. */
export type RedactionScope = {
  readonly platform: Platform
  readonly policy: Policy
  /**
   * The cases whose content may be shown. Left empty for a list of many cases, and while the case is not known yet. If
   * it is empty, the strictest rule applies.
   */
  readonly cases: readonly CaseState[]
}

/**
 * Whether content must be kept out of what is shown at a place. The terminal may show all content, because it runs on
 * the project's own machine. A chat platform is run by others, who keep what was shown there.
 */
export const isRedacted = ({ platform, policy, cases }: RedactionScope): boolean =>
  platform !== 'terminal' &&
  (cases.length === 0 ? mayKeepContentOut(policy) : cases.some((one) => keepsContentOut(policy, one)))

/**
 * The cases that can contribute content to an answer about a case: the case itself, its related cases, and the cases
 * from which these got reports.
 */
export const casesInView = ({ state, world, before }: CaseInView): readonly CaseState[] => [
  ...relatedCases(state, world),
  ...before,
]

/** The given case and its related cases, because a text about a release is about each of its cases. */
export const relatedCases = (state: CaseState | undefined, { others }: World): readonly CaseState[] => [
  ...(state === undefined ? [] : [state]),
  ...[...others.values()].flatMap((other) => (other.kind === 'case' && other.id !== state?.id ? [other] : [])),
]
