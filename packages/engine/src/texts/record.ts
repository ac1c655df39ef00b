import { projectOf, policyFor } from '@embargo/core'
import type { World } from '@embargo/core'
import { recordDocument } from '@embargo/documents'
import type { RecordFormat, Written } from '@embargo/documents'
import { caseRecord } from '@embargo/letters'
import type { Deps } from '../deps.ts'

/** The record of a case in one format, and whether it is published: until then, it is a draft. */
export type CaseDocument = Written<string> & { readonly isPublished: boolean }

/** The record of a case as it is now. Undefined if the case does not exist. */
export function caseDocument(
  deps: Pick<Deps, 'policy' | 'clock'>,
  world: World,
  format: RecordFormat,
): CaseDocument | undefined {
  const { case: theCase, release } = world
  if (theCase === undefined) return undefined
  const policy = policyFor(deps.policy.policy, theCase)
  const publishedAt = theCase.publishedAt ?? release?.startedAt ?? deps.clock.now()
  const record = caseRecord({ policy, project: projectOf(policy, theCase), publishedAt, release }, theCase)
  return { ...recordDocument(format, record), isPublished: record.isPublished }
}
