import { keepsContentOut, mayKeepContentOut } from '@embargo/core'
import type { CaseState, Platform, Policy, World } from '@embargo/core'
import type { CaseInView } from '../chat-command.ts'

/** Where something will be shown, and the cases whose content it may contain. */
export type RedactionScope = {
  readonly platform: Platform
  readonly policy: Policy
  /** Every case that it may be about; empty if it is about many or not yet about any. */
  readonly cases: readonly CaseState[]
}

/** The terminal is the project's own machine; a chat platform is run by others, and keeps what it was shown. */
export const isRedacted = ({ platform, policy, cases }: RedactionScope): boolean =>
  platform !== 'terminal' &&
  (cases.length === 0 ? mayKeepContentOut(policy) : cases.some((one) => keepsContentOut(policy, one)))

/** The cases whose content an answer about a case may contain. */
export const casesInView = ({ state, world, before }: CaseInView): readonly CaseState[] => [
  ...relatedCases(state, world),
  ...before,
]

/** The given case and its relatives: a text about a release is about each of its cases. */
export const relatedCases = (state: CaseState | undefined, { others }: World): readonly CaseState[] => [
  ...(state === undefined ? [] : [state]),
  ...[...others.values()].flatMap((other) => (other.kind === 'case' && other.id !== state?.id ? [other] : [])),
]
