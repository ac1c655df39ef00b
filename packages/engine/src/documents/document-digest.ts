import { createHash } from 'node:crypto'
import { canonicalJson, instant, Sha256 } from '@embargo/core'
import type { ApprovedDocument, CaseState, PlannedDocument, PolicyInForce, ReleaseState } from '@embargo/core'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { approvedContentOf } from './step-documents.ts'

/** The documents contain this time when their digest is computed, so the digest does not depend on the clock. */
const FIXED_TIME = instant(0)

/**
 * Computes the digest of what a step publishes for a case. If a document cannot be written, the reason counts as its
 * content. So the digest changes when somebody enters what is missing.
 */
export function documentDigest(
  planned: PlannedDocument,
  source: { readonly policy: PolicyInForce; readonly state: CaseState; readonly release: ReleaseState | undefined },
): ApprovedDocument {
  const content = contentOrReason(planned, source)
  return { ...planned, words: Sha256.parse(createHash('sha256').update(canonicalJson(content)).digest('hex')) }
}

function contentOrReason({ step }: PlannedDocument, source: Parameters<typeof documentDigest>[1]) {
  try {
    return approvedContentOf(step, source, FIXED_TIME)
  } catch (error) {
    if (error instanceof CannotPerform) return error.message
    throw error
  }
}
