import type { CaseId } from '../../shared/ids.ts'
import { listAnd } from '../../text/name-list.ts'
import { isLive } from './release-cases.ts'
import type { ReleaseState } from './state.ts'

/**
 * The cases that the releaser's notes describe although they are not in `cases`, the cases to be published. Empty after
 * the publication, when the notes no longer matter.
 */
export const casesOnlyInNotes = (
  release: ReleaseState | undefined,
  cases: readonly CaseId[] = release?.cases ?? [],
): readonly CaseId[] =>
  !isLive(release) || release.disclosedAt !== undefined
    ? []
    : (release.notes ?? []).map((one) => one.case).filter((id) => !cases.includes(id))

/**
 * Warns that the releaser's notes describe a case that is not published. A build that contains them would end the
 * embargo of that case.
 */
export function outdatedNotesWarning(release: ReleaseState | undefined, cases?: readonly CaseId[]): string | undefined {
  const others = casesOnlyInNotes(release, cases)
  return others.length === 0
    ? undefined
    : `The releaser has release notes that describe ${listAnd(others)}: do not publish any build that contains these notes.`
}
