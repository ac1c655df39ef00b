import type { CaseEvent } from '../../events/case-events.ts'
import type { DeliveredDocument } from '../../effects/publication/progress.ts'
import type { Append, World } from '../../vocabulary/decision.ts'
import type { ReleaseState } from '../../state/release/state.ts'
import type { CaseState } from '../../state/state.ts'

/**
 * When a document of a case is delivered, these events record the result in the case: for example, that its advisory is
 * public.
 */
export const factsOfDelivery = (
  { others, release }: Pick<World, 'others'> & { readonly release?: ReleaseState | undefined },
  documents: readonly DeliveredDocument[],
): readonly Append[] =>
  documents.flatMap((document): readonly Append[] => {
    const state = others.get(document.case)
    const events = state?.kind === 'case' ? factsOf(state, document, release) : []
    return events.length === 0 ? [] : [{ stream: document.case, events }]
  })

function factsOf(
  { cve, advisoryLink, corrections = [] }: CaseState,
  { step, link }: DeliveredDocument,
  release: ReleaseState | undefined,
): readonly CaseEvent[] {
  // The delivery of a withdrawn record publishes nothing.
  if (link === undefined || corrections.some(({ withdrawn }) => withdrawn === true)) return []
  if (step === 'github-advisory')
    return advisoryLink?.published?.link === link ? [] : [{ type: 'AdvisoryPublished', link }]
  // If the project publishes no advisory at GitHub, the file in the file tree is its advisory.
  const isAdvisory = step === 'file-tree' && release?.steps.every((one) => one.step !== 'github-advisory') === true
  if (isAdvisory) return advisoryLink?.published === undefined ? [{ type: 'AdvisoryPublished', link }] : []
  if (step === 'cve-record' && cve?.id !== undefined && cve.publishedAt === undefined)
    return [{ type: 'CvePublished', cve: cve.id, link }]
  return []
}
