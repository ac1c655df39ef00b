import type { CorrectionEvent, RecordChanges } from '../../events/case/correction.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { withBranch } from '../fix/evolve.ts'
import type { Branch } from '../fix/state.ts'
import type { CaseState, CorrectedPart } from '../state.ts'

/**
 * Applies a correction of the published record to the state of the case: changes the facts, and counts the new
 * revision.
 */
export function withCorrectionEvent(
  state: CaseState,
  event: CorrectionEvent,
  recorded: Pick<RecordedEvent, 'at'>,
): CaseState {
  const { reason, changes, withdrawn } = event
  const { unpublished = [], ...rest } = withChanges(state, event, recorded)
  return {
    ...withCve(rest),
    corrections: [
      ...(state.corrections ?? []),
      {
        at: recorded.at,
        reason,
        parts: [...new Set([...partsOf(changes), ...unpublished])],
        ...(withdrawn === undefined ? {} : { withdrawn }),
      },
    ],
  }
}

/**
 * The published record contains the CVE id from this correction on. So `kept`, which says that the published texts lack
 * the id, is removed. If the CNA has already published a CVE record, the CVE record is now outdated.
 */
function withCve<S extends Pick<CaseState, 'cve'>>(state: S): S {
  if (state.cve === undefined) return state
  const { kept: _out, ...cve } = state.cve
  return { ...state, cve: { ...cve, ...(cve.publishedAt === undefined ? {} : { outdated: true as const }) } }
}

/** The parts of the record that a person changed. */
export const partsOf = (changes: RecordChanges): readonly CorrectedPart[] => [
  ...(changes.branches === undefined ? [] : (['versions'] as const)),
  ...(changes.severity === undefined && changes.cvss3 === undefined && changes.cvss4 === undefined
    ? []
    : (['severity'] as const)),
  ...(changes.cwe === undefined ? [] : (['weakness'] as const)),
  ...(changes.component === undefined && changes.impact === undefined && changes.workaround === undefined
    ? []
    : (['text'] as const)),
  ...(changes.references === undefined ? [] : (['links'] as const)),
]

function withChanges(
  state: CaseState,
  { reason, changes }: CorrectionEvent,
  { at }: Pick<RecordedEvent, 'at'>,
): CaseState {
  const { branches = [], severity, cvss3, cvss4, cwe, component, impact, workaround, references } = changes
  const changed = branches.reduce(withBranch, state.branches)
  const named = new Set(branches.map(({ branch }) => branch))
  const { advisory } = state
  const text = { component: component ?? advisory?.component, impact: impact ?? advisory?.impact }
  // An empty text removes the workaround from the record.
  const advice = (workaround ?? advisory?.workaround) || undefined
  const links = references ?? advisory?.references ?? []
  return {
    ...state,
    branches: changed.map((branch) => (named.has(branch.name) ? withoutFix(branch, reason) : branch)),
    ...(severity === undefined ? {} : { severity, ratedAt: at }),
    ...(cvss3 === undefined ? {} : { cvss3 }),
    ...(cvss4 === undefined ? {} : { cvss4 }),
    ...(cwe === undefined ? {} : { cwe }),
    ...(text.component === undefined || text.impact === undefined
      ? {}
      : {
          advisory: {
            component: text.component,
            impact: text.impact,
            ...(advice === undefined ? {} : { workaround: advice }),
            ...(links.length === 0 ? {} : { references: links }),
          },
        }),
  }
}

/**
 * After the publication, a branch may turn out to be affected too. Such a branch does not count as fixed until somebody
 * names the fixed version.
 */
function withoutFix({ waived, ...branch }: Branch, reason: string): Branch {
  const isFixed =
    branch.fixedVersion !== undefined || branch.packages?.some(({ fixedVersion }) => fixedVersion !== undefined)
  if (isFixed === true) return waived?.kind === 'unverified' ? { ...branch, waived } : branch
  if (branch.affected && branch.fix === undefined) return { ...branch, waived: { kind: 'not-fixed', reason } }
  return waived === undefined ? branch : { ...branch, waived }
}
