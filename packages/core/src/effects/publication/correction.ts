import type { CorrectionAudience } from '../../events/case/correction.ts'
import type { World } from '../../vocabulary/decision.ts'
import type { Policy } from '../../policy/schema.ts'
import { affectedPackages } from '../../state/fix/package-versions.ts'
import { projectOf } from '../../state/project.ts'
import type { ReleaseState } from '../../state/release/state.ts'
import type { CaseState } from '../../state/state.ts'
import { correctionMail } from './correction-mail.ts'
import { documentsOf } from './planned-documents.ts'
import type { PlannedDocument } from './planned-documents.ts'
import { publicationContext } from './planned-mails.ts'
import type { PlannedMail } from './planned-mails.ts'

type ReleaseContext = { readonly release?: ReleaseState | undefined; readonly others: World['others'] }

/** The mails about a correction of this case. */
export function correctionMails(
  whole: Policy,
  state: CaseState,
  { tell, ...seen }: ReleaseContext & { readonly tell: CorrectionAudience },
): readonly PlannedMail[] {
  const context = publicationContext(whole, [state], seen)
  if (context === undefined) return []
  const { title, letter } = correctionMail
  return correctionMail.addressees({ ...context, tell }).map((to) => ({ title, letter, to }))
}

/**
 * Every document of the case, to be published again. The step that waits for fixed versions is included only if the
 * correction changes these versions.
 */
export function correctionDocuments(
  whole: Policy,
  { before, after }: { readonly before: CaseState; readonly after: CaseState },
  { tell, ...seen }: ReleaseContext & { readonly tell: CorrectionAudience },
): readonly PlannedDocument[] {
  const context = publicationContext(whole, [after], seen)
  if (context === undefined) return []
  const sameVersions = versionsOf(whole, before) === versionsOf(whole, after)
  return documentsOf({ ...context, tell }).filter(({ step }) => step !== 'fixed-versions' || !sameVersions)
}

const versionsOf = (whole: Policy, state: CaseState): string =>
  JSON.stringify(
    state.branches
      .filter(({ affected, waived }) => affected && waived?.kind !== 'not-fixed')
      .flatMap((branch) => affectedPackages(branch, projectOf(whole, state).packages))
      .map(({ package: own, fixedVersion }) => [own?.ecosystem, own?.name, fixedVersion]),
  )
